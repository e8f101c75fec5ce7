"""The texts that benchmarks read: the invented pages and reports of `samples/`, dense with facts as real ones are."""

from pathlib import Path

from nhiemky.sources import load

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "samples"


def texts() -> list[str]:
    """Every sample page and report, decoded; about five kilobytes each."""
    files = sorted(p for p in PAGES.rglob("*") if p.suffix in (".txt", ".html"))
    return [load(path).text for path in files]
