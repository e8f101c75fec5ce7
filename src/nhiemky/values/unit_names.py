"""Units of measure in English, and a figure with its unit: what a sentence in English says of a Vietnamese figure."""

from nhiemky.values.figures import Number, figure_english

_ENGLISH = {
    "hộ": "households",
    "hộ nghèo": "poor households",
    "người": "people",
    "đảng viên": "Party members",
    "đồng chí": "members",
    "triệu đồng": "million đồng",
    "tỷ đồng": "billion đồng",
    "% kế hoạch": "% of plan",
    "điểm %": "percentage points",
    "điểm phần trăm": "percentage points",
    "chi bộ": "Party cells",
    "tuyến": "lanes",
    "tiêu chí": "criteria",
    "vụ": "cases",
    "trường": "schools",
    "lớp": "classes",
    "điểm": "points",
    "mô hình": "models",
    "tấn": "tonnes",
}
_MONEY = ((10**9, "billion"), (10**6, "million"))


def unit_english(unit: str) -> str:
    """`hộ/năm` → `households/year`; a unit without an English name stays as it is written."""
    bare, yearly = unit.strip().removesuffix("/năm"), "/year" if unit.strip().endswith("/năm") else ""
    return _ENGLISH.get(bare, bare) + yearly


def with_unit_english(value: Number, unit: str) -> str:
    """`91.8%`, `314 Party members`, `36.412 billion đồng`."""
    unit = unit.strip()
    if unit == "đồng":
        for size, name in _MONEY:
            if abs(float(value)) >= size:
                return f"{figure_english(float(value) / size)} {name} đồng"
    gap = "" if not unit or unit.startswith(("%", "‰")) else " "
    return f"{figure_english(value)}{gap}{unit_english(unit)}"
