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


def crawl(others: int = 3) -> list[str]:
    """A crawl of many sites: one page of a ward to `others` of other things (sport, weather, goods…)."""
    news = elsewhere()
    mixed: list[str] = []
    for index, page in enumerate(wards()):
        mixed.append(page)
        mixed += [news[(others * index + step) % len(news)] for step in range(others)] if news else []
    return mixed


def elsewhere() -> list[str]:
    """Pages about other things, with nothing to be found."""
    return [load(path).text for path in sorted(NEWS.glob("*.txt"))]


def real() -> list[str]:
    """The real pages of a `shared/` folder beside the project; none elsewhere."""
    folder = ROOT.parent / "shared" / "reading"
    return [load(p).text for name in ("pages", "dev/pages") for p in sorted((folder / name).glob("*.txt"))]
