"""How many of a group may be rated excellent, by both readings of the base, and whether a target asks for more.

Called by the register and by reports; the share and the reading that is used are law.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from nhiemky.assess.rating.facts import Cap, Group, Reading, Reason
from nhiemky.law import Law
from nhiemky.law.ratings import Base, CapRule, Subject, cap_rule
from nhiemky.values.figures import figure, figure_english

_BASES: dict[Base, tuple[str, str]] = {
    "good": ("số hoàn thành tốt nhiệm vụ", "those rated good"),
    "good_and_above": ("số hoàn thành tốt nhiệm vụ trở lên", "those rated good or excellent"),
}


def cap(group: Group, on: date, law: Law, subject: Subject = "party", *, raised: bool = False) -> Cap:
    """How many may be excellent. `raised`: the competent level has decided on the higher share (an outstanding unit);
    where the regulation knows none, the usual share stays."""
    rule = cap_rule(law, subject, on)
    share = rule.raised if raised and rule.raised is not None else rule.share
    other: Base = "good_and_above" if rule.base == "good" else "good"
    used, beside = _reading(group, rule.base, share), _reading(group, other, share)
    small = group.rated < rule.small_group
    reasons = tuple(_cap_reasons(group, rule, share, used, beside, small, raised))
    return Cap(share, used, beside, small, rule.source.reference, reasons, f"rating.{subject}.cap")


def goal_over_cap(goal: float, on: date, law: Law, subject: Subject = "party") -> Reason | None:
    """A target that asks for `goal` percent of all to be excellent, where even with all others good the cap allows
    less; None where it fits."""
    rule = cap_rule(law, subject, on)
    share = Fraction(rule.share, 100)
    most = 100 * (share / (1 + share) if rule.base == "good" else share)
    if Fraction(str(goal)) <= most:
        return None
    vi, en = _BASES[rule.base]
    said = round(float(most), 2)
    return Reason(
        f"Chỉ tiêu {figure(goal)}% xuất sắc vượt trần {rule.share}% của {vi}: "
        f"nhiều nhất chỉ được {figure(said)}% tổng số",
        f"A target of {figure_english(goal)}% excellent is over the cap of {rule.share}% of {en}: "
        f"{figure_english(said)}% of all at most",
    )


def _reading(group: Group, base: Base, share: int) -> Reading:
    of = group.good + (group.excellent if base == "good_and_above" else 0)
    allowed = share * of // 100  # whole bodies: half a cell cannot be excellent
    return Reading(base, of, allowed, max(0, group.excellent - allowed))


def _cap_reasons(
    group: Group, rule: CapRule, share: int, used: Reading, other: Reading, small: bool, raised: bool
) -> Iterator[Reason]:
    yield _reading_said(group, share, used, "Cách tính đã dùng", "The reading used")
    yield _reading_said(group, share, other, "Cách tính kia", "The other reading")
    if (used.over == 0) != (other.over == 0):
        yield Reason(
            "Hai cách tính cho kết quả khác nhau; cần hỏi cấp trên dùng cách nào",
            "The two readings disagree; ask the level above which one holds",
        )
    if raised and rule.raised is None:
        yield Reason("Văn bản không có tỷ lệ cao hơn", "The regulation knows no higher share")
    if small:
        yield Reason(
            f"Nhóm chỉ có {group.rated}, dưới {rule.small_group}: {share}% chưa được một, nên ghép nhóm tương đồng",
            f"The group is only {group.rated}, below {rule.small_group}: {share}% is less than one; join like groups",
        )
    if group.exempt:
        yield Reason(
            f"{group.exempt} thuộc diện miễn hoặc chưa xếp loại, không tính vào mẫu số",
            f"{group.exempt} exempt or not rated, not in the base",
        )


def _reading_said(group: Group, share: int, found: Reading, vi: str, en: str) -> Reason:
    base = _BASES[found.base]
    rate = figure(100 * group.excellent / found.of, 1) if found.of else "—"
    rate_en = figure_english(100 * group.excellent / found.of, 1) if found.of else "—"
    over = (f", vượt {found.over}", f", {found.over} over") if found.over else (", trong trần", ", within the cap")
    return Reason(
        f"{vi}, {share}% của {base[0]} ({found.of}): được {found.allowed}, đang có {group.excellent} "
        f"({rate}%){over[0]}",
        f"{en}, {share}% of {base[1]} ({found.of}): {found.allowed} allowed, {group.excellent} given "
        f"({rate_en}%){over[1]}",
    )
