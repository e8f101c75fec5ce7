"""The texts that benchmarks read: invented pages of wards, dense with facts, and of a crawl, where few are."""

from pathlib import Path

from nhiemky.sources import load

ROOT = Path(__file__).resolve().parent.parent
WARDS = (ROOT / "samples", ROOT / "tests" / "reading" / "dev" / "pages", ROOT / "tests" / "reading" / "aside" / "pages")
NEWS = ROOT / "benchmarks" / "news"


def wards() -> list[str]:
    """Pages and reports of wards, districts and communes: a fact in every two lines."""
    files = sorted(p for folder in WARDS for p in folder.rglob("*") if p.suffix in (".txt", ".html"))
    return [load(path).text for path in files]


def crawl() -> list[str]:
    """A crawl of many sites: one page of a ward to three of other things (sport, weather, goods…)."""
    news = [load(path).text for path in sorted(NEWS.glob("*.txt"))]
    mixed: list[str] = []
    for index, page in enumerate(wards()):
        mixed.append(page)
        mixed += [news[(3 * index + step) % len(news)] for step in range(3)] if news else []
    return mixed


def real() -> list[str]:
    """The real pages of a `shared/` folder beside the project; none elsewhere."""
    folder = ROOT.parent / "shared" / "reading"
    return [load(p).text for name in ("pages", "dev/pages") for p in sorted((folder / name).glob("*.txt"))]
