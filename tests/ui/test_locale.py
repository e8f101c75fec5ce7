"""Every Vietnamese word of the web has its English, and the compiled catalogue is the one in the source."""

import ast
import gettext
import re
from pathlib import Path

import nhiemky
from nhiemky.reading.read import WHY

PACKAGE = Path(nhiemky.__file__).parent
FOLDER = PACKAGE / "locale/en/LC_MESSAGES"
TRANSLATE = re.compile(r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
BLOCK = re.compile(r"{%\s*blocktranslate\b(.*?)%}(.*?){%\s*(?:plural|endblocktranslate)\s*%}", re.S)
NAMES = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}


def entries() -> dict[str, list[str]]:
    """msgid → its translations, as the source file has them."""
    found: dict[str, list[str]] = {}
    for block in (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n")[1:]:
        parts = {
            key: ast.literal_eval(text) for key, text in re.findall(r'^(msgid|msgstr(?:\[\d\])?) (".*")$', block, re.M)
        }
        source = parts.pop("msgid")
        found[source] = list(parts.values())
    return found


def used_in_templates() -> set[str]:
    used: set[str] = set()
    for path in PACKAGE.glob("*/templates/**/*.html"):
        html = path.read_text(encoding="utf-8")
        used |= {one or other for one, other in TRANSLATE.findall(html)}
        for _, text in BLOCK.findall(html):
            used.add(re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", text.replace("%", "%%")))
    return used


def used_in_code() -> set[str]:
    used: set[str] = set()
    for room in ("desk", "ui", "register"):
        for path in (PACKAGE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in NAMES
                    and node.args
                ):
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        used.add(first.value)
    return used


def test_every_word_used_has_its_english_and_no_other_is_kept() -> None:
    known, used = entries(), used_in_templates() | used_in_code() | set(WHY.values())
    assert len(used) > 300
    assert sorted(used - known.keys()) == []
    assert sorted(known.keys() - used) == []


def test_no_translation_is_empty_or_vietnamese() -> None:
    same = {"TT"}
    for source, translated in entries().items():
        assert translated, source
        assert all(translated), source
        assert source in same or source not in translated, source


def test_placeholders_are_kept() -> None:
    for source, translated in entries().items():
        wanted = sorted(re.findall(r"%\(\w+\)s|%s", source))
        for text in translated:
            assert sorted(re.findall(r"%\(\w+\)s|%s", text)) == wanted, source


def test_the_compiled_catalogue_is_current() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for source, translated in entries().items():
        if len(translated) == 1:
            assert compiled.gettext(source) == translated[0]
        else:
            assert compiled.ngettext(source, source, 1) == translated[0]
            assert compiled.ngettext(source, source, 2) == translated[1]
