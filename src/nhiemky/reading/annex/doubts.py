"""What does not add up inside one annex: parts larger than their whole, ratios that the figures beside contradict."""

from collections.abc import Iterable, Mapping, Sequence

from nhiemky.reading.annex.figure import Figure
from nhiemky.reading.annex.records import Role
from nhiemky.reading.annex.rows import Line
from nhiemky.reading.facts import Result, Warning, WarningCode
from nhiemky.values.figures import figure as written
from nhiemky.values.figures import with_unit

_OWNER = "bộ phận lập số liệu"
_NEAR = 0.6  # points that rounding may take
_HIGHEST, _LOWEST = 300, 10  # percent of a plan: beyond them the plan itself is to be asked about
_STRUCTURE = (80, 120)  # a sum of shares outside it is no list of all parts


def warnings_of(
    lines: Mapping[int, Line], figures: Sequence[Figure], told: Iterable[tuple[Figure, Result]]
) -> list[Warning]:
    """All doubts about one table, in the order of its columns; `lines` by row."""
    goals: dict[int, list[Figure]] = {}
    for one in figures:
        if one.column.role is Role.TARGET and one.amount.change is None and one.amount.low > 0:
            goals.setdefault(one.line.row, []).append(one)
    found = [*_structures(lines, figures), *_parts(figures)]
    for figure, result in told:
        found += _ratio(figure, result, goals.get(figure.line.row, ()))
    return found


def _structures(lines: Mapping[int, Line], figures: Sequence[Figure]) -> list[Warning]:
    """The shares of one structure make 100."""
    shares: dict[tuple[int, int], list[Figure]] = {}
    for one in figures:
        parent = lines.get(one.line.parent) if one.line.parent is not None else None
        if parent is not None and parent.name.startswith("cơ cấu") and one.unit == "%" and one.amount.high is None:
            shares.setdefault((one.column.column, parent.row), []).append(one)
    found = []
    for parts in shares.values():
        total = sum(part.amount.low for part in parts)
        if len(parts) >= 2 and _STRUCTURE[0] <= total <= _STRUCTURE[1] and abs(total - 100) > 0.5:
            listed = " + ".join(written(part.amount.low) for part in parts)
            message = f"Cơ cấu {listed} = {written(total)}%, không bằng 100%."
            found.append(_warning("parts_do_not_sum", message, parts, "annex.parts"))
    return found


def _parts(figures: Sequence[Figure]) -> list[Warning]:
    """A part larger than its whole, or sums of money that make more than it."""
    by_spot = {(one.line.row, one.column.column): one for one in figures}
    children: dict[tuple[int, int], list[Figure]] = {}
    for one in figures:
        if one.line.parent is not None:
            children.setdefault((one.line.parent, one.column.column), []).append(one)
    found = []
    for spot, parts in children.items():
        whole = by_spot.get(spot)
        if whole is None or whole.unit in ("%", "‰", "điểm %", "") or whole.amount.high is not None:
            continue
        parts = [p for p in parts if p.unit == whole.unit and p.amount.high is None]
        larger = [p for p in parts if p.amount.low > whole.amount.low]
        total = sum(p.amount.low for p in parts)
        if larger:
            said = f"{larger[0].line.own}: {with_unit(larger[0].amount.low, whole.unit)}"
            message = f"{said} lớn hơn {whole.line.name}: {with_unit(whole.amount.low, whole.unit)}."
            found.append(_warning("parts_do_not_sum", message, [whole, larger[0]], "annex.parts"))
        elif whole.unit == "đồng" and len(parts) > 1 and total > 1.005 * whole.amount.low:
            message = f"Các phần cộng lại {with_unit(total, 'đồng')}, lớn hơn {whole.line.name}: "
            message += f"{with_unit(whole.amount.low, 'đồng')}."
            found.append(_warning("parts_do_not_sum", message, [whole, parts[-1]], "annex.parts"))
    return found


def _ratio(figure: Figure, result: Result, goals: Sequence[Figure]) -> list[Warning]:
    ratio = result.ratio
    if ratio is None:
        return []
    if not _LOWEST <= ratio <= _HIGHEST:
        message = (
            f"{result.indicator}: tỷ lệ {written(ratio)}% so với kế hoạch là bất thường; cần nêu rõ so với số nào."
        )
        return [_warning("implausible_ratio", message, [figure], "annex.ratio")]
    plans = [one.amount.low for one in goals if one.unit == figure.unit]
    if result.unit == "%" or not plans or result.value <= 0:
        return []
    # of what should be few, offices divide the plan by the result
    said = [100 * result.value / plan for plan in plans] + [100 * plan / result.value for plan in plans]
    if any(abs(value - ratio) <= _NEAR for value in said):
        return []
    told = with_unit(result.value, result.unit)
    message = f"{result.indicator}: {told} là {written(said[0], 2)}% kế hoạch, bảng ghi {written(ratio)}%."
    return [_warning("ratio_mismatch", message, [figure], "annex.ratio")]


def _warning(code: WarningCode, message: str, figures: Sequence[Figure], rule: str) -> Warning:
    span = (min(one.start for one in figures), max(one.end for one in figures))
    return Warning(code, message, _OWNER, span, 0.9, rule)
