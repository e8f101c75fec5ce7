"""What a person should know about recognised pages, in words; for the notes of `scan` and `pdf`."""

from collections.abc import Iterable, Mapping
from itertools import groupby

HARD = 0.8  # sureness under which a page needs a person's eye; clear scans have 0.9 and more
FINE = 110.0  # dots to the inch; under them tesseract takes ổ for ố, and is sure of it


def recognition_notes(
    confidences: Mapping[int, float], reasons: Mapping[int, str], dots: Mapping[int, float]
) -> list[str]:
    """Which pages were recognised, why and how sure, and which of them are hard to read.

    `confidences` is each recognised page's sureness, 0 to 1; `reasons` says what stood on it instead of text; `dots`
    how many to the inch a page's picture has.
    """
    notes = []
    for reason, pages in _by_reason(reasons).items():
        known = [page for page in pages if page in confidences]
        if known:
            sure = sum(confidences[page] for page in known) / len(known)
            notes.append(f"{numbers(known)} là {reason}, chữ do máy nhận dạng (độ chắc {sure:.0%})")
    empty = [page for page, sure in confidences.items() if not sure]
    if empty:
        notes.append(f"{numbers(empty)} không nhận ra chữ nào, cần người xem lại")
    for page, sure in confidences.items():
        if 0 < sure < HARD:
            notes.append(f"trang {page} khó đọc (độ chắc {sure:.0%}), cần người xem lại")
    coarse = [page for page in confidences if 0 < dots.get(page, FINE) < FINE]
    if coarse:
        least = min(dots[page] for page in coarse)
        notes.append(f"{numbers(coarse)} chỉ có {least:.0f} điểm trên inch, dấu dễ nhận sai; nên quét lại ở 300 điểm")
    return notes


def numbers(pages: Iterable[int]) -> str:
    """`trang 2, 4–6`."""
    runs = []
    for _, group in groupby(enumerate(sorted(pages)), key=lambda pair: pair[1] - pair[0]):
        run = [page for _, page in group]
        runs.append(f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return f"trang {', '.join(runs)}"


def _by_reason(reasons: Mapping[int, str]) -> dict[str, list[int]]:
    grouped: dict[str, list[int]] = {}
    for page, reason in sorted(reasons.items()):
        grouped.setdefault(reason, []).append(page)
    return grouped
