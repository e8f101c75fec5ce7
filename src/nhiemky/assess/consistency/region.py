"""A whole against what makes it elsewhere: shares against amounts, a region against its wards. Rules for check.py."""

import re
from collections.abc import Iterator

from nhiemky.assess.consistency.facts import Figure, Key, Said, Severity
from nhiemky.assess.consistency.ledger import Ledger
from nhiemky.assess.consistency.rule import Rule
from nhiemky.assess.consistency.words import amount, bare_name, en, near, plain, slack, subject, vi, when, where
from nhiemky.values.figures import decimals
from nhiemky.values.kinds import PeriodMeaning

_SHARE = re.compile(r"(?:cơ cấu|tỷ trọng|tỉ trọng)\s+")
_LEAD = re.compile(r"(?:cơ cấu|tỷ trọng|tỉ trọng|giá trị sản xuất|giá trị|doanh thu|ngành|khu vực|kinh tế)\s+")
_NEVER_ADDED = ("bình quân", "trung bình", "tốc độ", "chỉ số")
_WHOLE_ROOM = 1.0  # shares that make 99 or 101 are still all shares


def structure(ledger: Ledger) -> Iterator[Said]:
    """`52 – 43 – 5%` beside `349,2 – 271 – 28,3 tỷ đồng`: the shares that the amounts make are others."""
    for figures in ledger.by_body_and_period.values():
        shares = {_core(one): one for one in figures if one.is_percent and _SHARE.match(bare_name(one)) and one.exact}
        pairs = [(shares[core], one) for one in figures if not one.is_percent and (core := _core(one)) in shares]
        told = sum(share.value for share in shares.values())
        if (
            len(pairs) < max(2, len(shares))
            or len({one.unit for _, one in pairs}) > 1
            or not near(told, 100, _WHOLE_ROOM)
        ):
            continue
        whole = sum(one.value for _, one in pairs)
        if whole > 0 and any(not _fits(share, one, pairs, whole) for share, one in pairs):
            first = pairs[0][0]
            source = where(first)
            said, said_en = (" – ".join(spoken(share) for share, _ in pairs) for spoken in (vi, en))
            true = [amount(100 * one.value / whole, "%", 1) for _, one in pairs]
            yield Said(
                f"Cơ cấu {when(first)[0]} ghi {said}{source[0]}, nhưng theo số tiền là "
                f"{' – '.join(one for one, _ in true)}",
                f"The structure of {when(first)[1]} is told as {said_en}{source[1]}, but its amounts make "
                f"{' – '.join(one for _, one in true)}",
                tuple(one for pair in pairs for one in pair),
            )


def amounts(ledger: Ledger) -> Iterator[Said]:
    """What its bodies add up to, against what the body above tells; less is asked about only where all are held."""
    for above, parts, every in _regions(ledger):
        if not _adds_up(above) or any(part.unit != above.unit for part in parts):
            continue
        total = sum(part.value for part in parts)
        room = sum(slack(one.value, one.unit) for one in (above, *parts))
        over = total > above.value
        if near(total, above.value, room) or not (over or (every and len(parts) > 1)):
            continue
        said, count, sums = _of(above), plain(len(parts)), amount(total, above.unit)
        yield Said(
            f"{said[0]}, {count[0]} đơn vị trực thuộc cộng lại là {sums[0]}",
            f"{said[1]}, but the bodies below ({count[1]}) add up to {sums[1]}",
            (above, *parts),
        )


def rates(ledger: Ledger) -> Iterator[Said]:
    """A region's rate lies between its wards' lowest and highest; where their denominators are known, at the mean that
    these weigh. Only where all bodies are held: one that is missing may be the highest."""
    for above, parts, every in _regions(ledger):
        plan = PeriodMeaning.AGAINST_PLAN in (above.meaning, parts[0].meaning)
        if not above.is_percent or not every or len(parts) < 2 or plan or not all(part.is_percent for part in parts):
            continue
        low, high = min(part.value for part in parts), max(part.value for part in parts)
        room = max(0.5 * 10.0 ** -decimals(one.value) for one in (above, *parts))
        weighted = _weighted(ledger, parts)
        inside = low - room <= above.value <= high + room
        if inside and (weighted is None or near(weighted, above.value, 2 * room)):
            continue
        said = _of(above)
        if inside:
            mean = amount(weighted or 0, "%")
            fits = (f"bình quân theo mẫu số của chúng là {mean[0]}", f"their weighted mean is {mean[1]}")
        else:
            ends = amount(low, "%", 4), amount(high, "%", 4)
            fits = (
                f"thấp nhất {ends[0][0]}, cao nhất {ends[1][0]}",
                f"{ends[0][1]} is the lowest, {ends[1][1]} the highest",
            )
        yield Said(
            f"{said[0]}, mà trong {len(parts)} đơn vị trực thuộc {fits[0]}",
            f"{said[1]}, but of {len(parts)} bodies below {fits[1]}",
            (above, *parts),
        )


def _adds_up(one: Figure) -> bool:
    """Counts and sums; neither a rate, an average, something per head nor a level that is reached or not."""
    level = one.nature in ("rate", "status") or one.meaning is PeriodMeaning.MILESTONE
    per_head = "/" in one.unit.removesuffix("/năm") or any(word in bare_name(one) for word in _NEVER_ADDED)
    return not (level or per_head or one.is_percent)


def _of(above: Figure) -> tuple[str, str]:
    """The figure with the body that tells it: two bodies stand in one sentence."""
    said = subject(above)
    return f"{above.body_name}, {said[0]}", f"{above.body_name}, {said[1]}"


def _regions(ledger: Ledger) -> Iterator[tuple[Figure, tuple[Figure, ...], bool]]:
    """A body's figure, those of the bodies below it for the same thing, and whether that is all of them."""
    for figures in ledger.peers.values():
        held = {one.body: one for one in figures if one.exact}
        for above in held.values():
            below = ledger.below.get(above.body, set())
            parts = tuple(held[key] for key in sorted(below, key=str) if key in held)
            if parts and all(part.running_total == above.running_total for part in parts):
                yield above, parts, above.body in ledger.complete and len(parts) == len(below)


def _weighted(ledger: Ledger, parts: tuple[Figure, ...]) -> float | None:
    weights = [_weight(ledger, part.body, part) for part in parts]
    known = [weight for weight in weights if weight]
    if len(known) < len(parts):
        return None
    return sum(part.value * weight for part, weight in zip(parts, known, strict=True)) / sum(known)


def _weight(ledger: Ledger, body: Key, part: Figure) -> float | None:
    if part.denominator is None:
        return None
    found = ledger.current.get((body, part.denominator, part.period))
    return found.value if found is not None and found.value > 0 else None


def _core(one: Figure) -> str:
    """`Tỷ trọng ngành dịch vụ` and `Giá trị sản xuất dịch vụ` are of one branch."""
    said, before = bare_name(one), ""
    while said != before:
        before, said = said, _LEAD.sub("", said, count=1) if _LEAD.match(said) else said
    return said


def _fits(share: Figure, one: Figure, pairs: list[tuple[Figure, Figure]], whole: float) -> bool:
    room = 0.5 * 10.0 ** -decimals(share.value) + 100 * sum(slack(a.value, a.unit) for _, a in pairs) / whole
    return near(share.value, 100 * one.value / whole, room)


RULES = (
    Rule(
        "structure.amounts", 1, Severity.ERROR,
        "Cơ cấu không khớp với số tiền", "Shares that their own amounts deny",
        "52 – 43 – 5% mà số tiền là 349,2 – 271 – 28,3 tỷ đồng.", structure,
    ),
    Rule(
        "region.sum", 1, Severity.WARNING,
        "Số của cấp trên không bằng các đơn vị cộng lại", "A region's figure is not the sum of its bodies",
        "Xã A 60 hộ, xã B 50 hộ, vùng ghi 100 hộ.", amounts,
    ),
    Rule(
        "region.rate", 1, Severity.WARNING,
        "Tỷ lệ của cấp trên không thể từ các đơn vị mà ra", "A region's rate that its bodies cannot make",
        "Hai xã 91% và 93%, vùng ghi 94%.", rates,
    ),
)  # fmt: skip
