"""Changes that deny their own ends: `từ 46 hộ xuống còn 31 hộ, giảm 17 hộ`, `50 tỷ, tăng 5 tỷ (tăng 20%)`."""

import re

from nhiemky.reading.checks.told import FIGURES, Told, is_amount, is_share, said, warning
from nhiemky.reading.facts import Warning
from nhiemky.reading.text import Number

WHY = {
    "checks.growth": "Mức tăng, giảm trái với số đầu và số cuối: «từ 46 hộ xuống còn 31 hộ, giảm 17 hộ».",
}
_FROM = ("từ ", "từ mức ")
_TO = re.compile(r"[^.;\n]{0,24}?(?:xuống|lên|còn|đến|tới)\s(?:còn\s|đến\s|tới\s|mức\s)?")
_THAT_IS = r"[\s,(]{1,3}(?:tức |tương ứng |tương đương |hay |bằng |đã )?"
_BY = re.compile(rf"{_THAT_IS}(tăng|giảm)\s(?:thêm |được )?(?:trên |gần |khoảng |hơn )?")
_HOW = re.compile(r"(?<![^\W_])(tăng|giảm)\s(?:thêm |được )?(?:trên |gần |khoảng |hơn )?$")
_APART = re.compile(r"[.;\n]\s")
_BY_SHARE = re.compile(rf"{_THAT_IS}(?:(tăng|giảm)\s)?(?:trên |gần |khoảng |hơn )?")


def denied(told: Told) -> list[Warning]:
    """Every change whose ends or whose amount stand beside it."""
    return [*_from_to(told), *_by_amount(told)]


def _from_to(told: Told) -> list[Warning]:
    """`từ A xuống B, giảm C`: C is B less A, or that share of A."""
    found = []
    low = told.page.low
    for first in told.numbers:
        if first.value is None or not low.endswith(_FROM, 0, first.start):
            continue
        following = told.between(first.end, first.end + 90)
        if len(following) < 2 or not _is_step(told, first, following[0]):
            continue
        last, by = following[0], following[1]
        way = _BY.fullmatch(low, last.end, by.start)
        if way and by.kind == "amount" and by.value and by.high is None:
            found += _held(told, first, last, by, way.group(1))
    return found


def _is_step(told: Told, first: Number, last: Number) -> bool:
    same = first.unit == last.unit or not first.unit or not last.unit
    return bool(same and last.value is not None and _TO.fullmatch(told.page.low, first.end, last.start))


def _held(told: Told, first: Number, last: Number, by: Number, way: str) -> list[Warning]:
    start, end, written = first.value or 0, last.value or 0, by.value or 0
    if start <= 0 or any(told.is_weighed(n) for n in (first, last, by)):
        return []
    change = end - start if way == "tăng" else start - end
    share = 100 * change / start
    fits = []
    if is_share(by):
        ends = 100 * (told.slack(first) + told.slack(last)) / start
        fits.append(abs(share - written) <= told.slack(by) + ends + 0.02 * abs(share))
    if by.unit == last.unit:
        fits.append(abs(change - written) <= sum(told.slack(n) for n in (first, last, by)) + 1e-6)
    if not fits or any(fits):
        return []
    unit = last.unit or by.unit
    true = said(round(change, 4), "điểm %" if unit == "%" else unit)
    in_shares = f" (hay {said(round(share, 2), '%')})" if is_share(by) else ""
    message = (
        f"Từ {said(start, unit)} đến {said(end, unit)} là {way} {true}{in_shares}, "
        f"văn bản ghi {way} {said(written, by.unit)}."
    )
    return [warning("ratio_mismatch", "checks.growth", (first.start, by.end), message, FIGURES)]


def _by_amount(told: Told) -> list[Warning]:
    """`đạt 50 tỷ đồng, tăng 5 tỷ đồng (tăng 20%)`: the share is that of the change in what was before."""
    found = []
    low = told.page.low
    for share in told.shares:
        near = told.before(share.start, 4)
        if len(near) < 2 or not is_amount(near[0]):
            continue
        change = near[0]
        by = _HOW.search(low, max(0, change.start - 24), change.start)
        again = _BY_SHARE.fullmatch(low, change.end, share.start)
        now = next((n for n in near[1:] if n.unit == change.unit and is_amount(n)), None)
        if by is None or again is None or now is None or again.group(1) not in (None, by.group(1)):
            continue
        if change.start - now.end < 90 and not told.is_change(now) and not _APART.search(low, now.end, change.start):
            found += _share_of_change(told, now, change, share, by.group(1))
    return found


def _share_of_change(told: Told, now: Number, change: Number, share: Number, way: str) -> list[Warning]:
    moved, written = change.value or 0, share.value or 0
    before = (now.value or 0) + (-moved if way == "tăng" else moved)
    loose = 0.15 if told.is_weighed(share) or told.is_weighed(change) else 0.05
    bases = [before, now.value or 0]  # the share of what is now is told as well, and hard to blame
    # `3.838 xã (43%), tăng 769 xã (8,6%)`: both are shares of all
    bases += [100 * bases[1] / n.value for n in told.between(now.end, change.start) if is_share(n) and n.value]
    for base in bases:
        true = 100 * moved / base if base > 0 else written
        if abs(true - written) <= loose * true + told.slack(share) + 100 * told.slack(change) / max(base, 1):
            return []
    message = (
        f"{said(now.value or 0, now.unit)} sau khi {way} {said(moved, change.unit)} là {way} "
        f"{said(round(100 * moved / before, 2), '%')}, văn bản ghi {said(written, '%')}."
    )
    return [warning("ratio_mismatch", "checks.growth", (now.start, share.end), message, FIGURES, 0.8)]
