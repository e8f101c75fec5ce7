"""Frozen packs to print: an invented ward with twelve targets, and its odd cousins (empty, one, forty, long names)."""

from copy import deepcopy
from typing import Any

Pack = dict[str, Any]
_NAME = "Đảng bộ phường An Bình"

_DOCUMENTS: list[Pack] = [
    {"id": 1, "kind": "resolution", "number": "01-NQ/ĐH", "issued_on": "2020-07-24",
     "issuer": "Đại hội Đảng bộ phường An Bình", "title": "Nghị quyết Đại hội nhiệm kỳ 2020-2025"},
    {"id": 2, "kind": "report", "number": "214-BC/ĐU", "issued_on": "2021-12-20", "issuer": "Đảng ủy phường An Bình",
     "title": "Kết quả công tác năm 2021"},
    {"id": 3, "kind": "report", "number": "356-BC/ĐU", "issued_on": "2022-12-22", "issuer": "Đảng ủy phường An Bình",
     "title": "Kết quả công tác năm 2022"},
    {"id": 4, "kind": "page", "number": "", "issued_on": "2023-07-04", "issuer": "",
     "title": "Hội nghị sơ kết 6 tháng đầu năm 2023"},
    {"id": 5, "kind": "plan", "number": "12-KH/ĐU", "issued_on": "2020-11-02", "issuer": "Đảng ủy phường An Bình",
     "title": "Triển khai Nghị quyết Đại hội"},
]  # fmt: skip

# field, name, unit, direction, low, high, meaning, results {period: (value, kind)}, status, share, reason, forecast
_KT, _VH = "I. Kinh tế – đô thị – môi trường", "II. Văn hóa – xã hội"
_QP, _XD = "III. Quốc phòng – an ninh", "IV. Xây dựng Đảng và hệ thống chính trị"
_ROWS: list[tuple[Any, ...]] = [
    (_KT, "Tổng thu ngân sách nhà nước trên địa bàn", "đồng", "at_least", 32.5e9, None, "each_year",
     {"2021": (33.1e9, "official"), "2022": (36.74e9, "official"), "2023-H1": (19.2e9, "official")}, "on_track", 0.591,
     "Hai năm đã qua đều đạt từ 32,5 tỷ đồng; 6 tháng đầu năm 2023 đạt 19,2 tỷ đồng", (37e9, 38412345678, 40.1e9)),
    (_KT, "Thu nhập bình quân đầu người", "đồng/người/năm", "at_least", 86.4e6, None, "by_deadline",
     {"2021": (61.2e6, "official"), "2022": (66.9e6, "official"), "2023-H1": (71e6, "estimate")}, "on_track", 0.8218,
     "Đến 30/06/2023 lộ trình cần 70,6 triệu đồng, đã ước đạt 71,0", (84.2e6, 87.1e6, 90.3e6)),
    (_KT, "Tỷ lệ rác thải sinh hoạt được thu gom, xử lý trong ngày", "%", "equal", 100, None, "maintain",
     {"2021": (100, "official"), "2022": (100, "official"), "2023-H1": (100, "official")}, "met", 1.0,
     "Giữ được 100% ở mọi kỳ", None),
    (_KT, "Tuyến hẻm được bê tông hóa", "tuyến", "range", 8, 10, "cumulative",
     {"2021": (2, "official"), "2022": (1, "official")}, "at_risk", 0.375,
     "Đến 30/06/2023 lộ trình cần từ 4 tuyến, mới có 3 tuyến", (5, 6, 8)),
    (_VH, "Tỷ lệ hộ nghèo đa chiều", "%", "at_most", 0.5, None, "by_deadline",
     {"2021": (1.34, "official"), "2022": (0.92, "official"), "2023-H1": (0.71, "official")}, "on_track", None,
     "Giảm đều; ở mức 0,71% so với lộ trình 0,86%", (0.2, 0.31, 0.45)),
    (_VH, "Tỷ lệ dân số tham gia bảo hiểm y tế", "%", "at_least", 93.5, None, "each_year",
     {"2021": (93.8, "official"), "2022": (94.54, "official"), "2023-H1": (94.1, "estimate")}, "met", 1.0064,
     "Năm nào cũng từ 93,5% trở lên", (94, 95, 96)),
    (_VH, "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng", "%", "at_most", 3.34, None, "against_baseline",
     {"2022": (3.35, "official")}, "undecidable", None, "Mức giảm 0,01 điểm nhỏ hơn sai số của cách đo", None),
    (_VH, "Gia đình đạt chuẩn văn hóa", "%", "at_least", 93, None, "each_year",
     {"2021": (94.2, "official"), "2022": (95.0, "official")}, "exceeded", 1.0215, "Hai năm đều vượt", (95, 96, 97)),
    (_QP, "Giao quân đạt chỉ tiêu trên giao", "%", "equal", 100, None, "against_plan",
     {"2021": (100, "official"), "2022": (100, "official"), "2023-Q1": (100, "official")}, "met", 1.0,
     "Ba đợt giao quân đều đạt 100%", None),
    (_XD, "Kết nạp đảng viên", "đảng viên", "at_least", 12, None, "each_year",
     {"2021": (14, "official"), "2022": (9, "official"), "2023-H1": (5, "official")}, "missed", 0.75,
     "Năm 2022 kết nạp 9 đảng viên, dưới mức 12 đảng viên mỗi năm", (10, 11, 13)),
    (_XD, "Chi bộ hoàn thành tốt nhiệm vụ trở lên", "%", "at_least", 90, None, "yearly_average", {}, "no_data", None,
     "Chưa có kết quả nào được duyệt", None),
    (_XD, "Phường đạt chuẩn văn minh đô thị", "", "equal", None, None, "milestone", {}, "not_due", None,
     "Hạn của chỉ tiêu là 31/12/2025", None),
]  # fmt: skip

_LEADS = {_KT: "UBND phường", _VH: "UBND phường", _QP: "Ban Chỉ huy quân sự phường", _XD: "Ban xây dựng Đảng"}


def full() -> Pack:
    """Twelve targets over four fields, two and a half years, two open questions."""
    return _pack(_ROWS)


def _pack(rows: list[tuple[Any, ...]]) -> Pack:
    pack: Pack = {
        "version": 1, "kind": "midterm", "term": "2020-2025", "as_of": "2023-06-30",
        "organisation": {"id": 1, "name": _NAME, "level": "commune",
                         "parent": "Đảng bộ thành phố Sông Mây", "place": "phường An Bình"},
        "resolution": _DOCUMENTS[0], "documents": _DOCUMENTS, "rows": [], "sources": [], "questions": [],
    }  # fmt: skip
    for number, row in enumerate(rows, start=1):
        pack["rows"].append(_row(pack, number, row))
    said = "Trong 6 tháng có 11 đảng viên chuyển sinh hoạt, trong đó chuyển đến 6, chuyển đi 4."
    ask = "Ban xây dựng Đảng: số chuyển đến, chuyển đi đúng là bao nhiêu?"
    message = "Tổng 11 đảng viên nhưng 6 và 4 cộng lại là 10"
    source = _source(pack, 4, said, said[:40])
    pack["questions"] += [
        {"id": 1, "message": message, "ask": ask, "source": source},
        {
            "id": 2,
            "message": "Ngày “27/32023” không phải ngày hợp lệ",
            "ask": "Văn phòng Đảng ủy: ngày nào?",
            "source": None,
        },
    ]
    return pack


def _row(pack: Pack, number: int, row: tuple[Any, ...]) -> Pack:
    field, name, unit, direction, low, high, meaning, results, status, share, reason, forecast = row
    clause = f"{name}: phấn đấu {str(low).replace('.', ',')} {unit}."
    made: list[Pack] = []
    latest = None
    for period, (value, kind) in results.items():
        latest = number * 100 + len(made)
        as_of = {"2023-H1": "2023-06-20", "2023-Q1": "2023-03-15"}.get(period, f"{period[:4]}-12-15")
        figure = str(value).replace(".", ",")
        said = f"Trong kỳ, {name[0].lower()}{name[1:]} đạt {figure} {unit}, góp phần hoàn thành nhiệm vụ chung."
        document = {"2021": 2, "2022": 3}.get(period, 4)
        source = _source(pack, document, said, f"đạt {figure} {unit}") if number % 5 else None
        made.append({"id": latest, "period": period, "value": value, "kind": kind, "as_of": as_of, "source": source})
    baseline = {"baseline": 3.36, "baseline_year": 2020} if meaning == "against_baseline" else {}
    target = {
        "id": number, "number": number, "field": field, "name": name, "unit": unit, "direction": direction, "low": low,
        "high": high, "deadline": "2025-12-31", "meaning": meaning, "lead_body": _LEADS.get(field, ""),
        "clause": clause, "source": _source(pack, 1, clause, clause), **baseline,
    }  # fmt: skip
    verdict: Pack = {"status": status, "rule": f"path.{meaning}", "version": 1, "latest": latest, "share": share}
    verdict["value"] = {4: 3, 10: 9}.get(number, made[-1]["value"] if made else None)
    verdict["reasons"] = [{"vi": reason, "en": ""}]
    verdict["missing"] = ["cách đo và sai số"] if status == "undecidable" else []
    verdict["forecast"] = dict(zip(("low", "mid", "high"), forecast, strict=True)) if forecast else None
    return {"target": target, "results": made, "verdict": verdict, "path": []}


def _source(pack: Pack, document: int, sentence: str, marked: str) -> str:
    name = f"s{len(pack['sources']) + 1}"
    start = sentence.index(marked)
    origin = {key: _DOCUMENTS[document - 1][key] for key in ("number", "issued_on", "issuer", "title")}
    place = {"start": start, "end": start + len(marked), "sentence": sentence, "name": f"tep-{document}.txt"}
    pack["sources"].append({"id": name, "document": document, **origin, **place})
    return name


def without_results() -> Pack:
    blank = [(*row[:7], {}, "no_data", None, "Chưa có kết quả nào được duyệt", None) for row in _ROWS]
    return _pack(blank) | {"questions": []}


def one_target() -> Pack:
    return _pack(_ROWS[5:6]) | {"questions": [], "documents": [_DOCUMENTS[0]]}


def nothing() -> Pack:
    return _pack([]) | {"questions": [], "documents": [], "sources": [], "resolution": None}


def forty() -> Pack:
    """Forty targets: the twelve over and over, by field."""
    rows = [_ROWS[place % 12] for place in range(40)]
    return _pack(sorted(rows, key=lambda row: (_KT, _VH, _QP, _XD).index(row[0])))


def long_names() -> Pack:
    tail = " trên địa bàn các khu phố, tổ dân phố thuộc phường sau khi sắp xếp, sáp nhập đơn vị hành chính cấp xã"
    pack = _pack([(row[0], row[1] + tail * 2, *row[2:]) for row in _ROWS])
    pack["organisation"]["name"] = "Đảng bộ phường Nguyễn Thượng Hiền – Trường Chinh Bắc Khương Trung"
    pack["organisation"]["parent"] = "Đảng bộ thành phố trực thuộc trung ương Phượng Hoàng Nghiêng"
    pack["rows"][3]["target"]["unit"] = "nghìn lượt người/phường/năm"
    return pack


def confirmed() -> Pack:
    """The full board with what a person accepted besides targets and results."""
    pack = full()
    said = "Đại hội đề ra 12 chỉ tiêu, đến nay đã đạt 3; năm 2022 Đảng bộ hoàn thành tốt nhiệm vụ, khen 5 tập thể."
    source = _source(pack, 4, said, "12 chỉ tiêu")
    pack["confirmed"] = {
        "scoreboards": [{"proposal": 71, "source": source, "term": "2020-2025", "total": 12, "achieved": 3}],
        "citations": [
            {"proposal": 72, "source": source, "number": "21-NQ/TU", "date": "2020-12-31",
             "issuer": "Thành ủy Sông Mây", "subject": "cải tạo, nâng cấp hạ tầng khu dân cư"},
            {"proposal": 73, "source": None, "number": "21-NQ/TU", "date": None, "issuer": None, "subject": None},
        ],
        "ratings": [{"proposal": 74, "source": source, "year": 2022, "level": "good", "organisation": _NAME}],
        "commendations": [{"proposal": 75, "source": source, "count": 5, "recipients": "tập thể", "reason": None}],
        "tasks": [{"proposal": 76, "source": source, "text": "Rà soát 14 chi bộ trực thuộc.", "by": "2023-09-30"}],
    }  # fmt: skip
    return pack


def corrected() -> Pack:
    """Two figures that the last approved review told, corrected since: one of money, one estimate made official."""
    pack = full()
    rows = {row["target"]["number"]: row for row in pack["rows"]}
    pack["corrections"] = [
        _correction(rows[1], 2, 36_470_000_000, "cộng thiếu một khoản thu"),
        _correction(rows[6], 2, 94.45, "số chính thức của cơ quan bảo hiểm", kind="estimate"),
    ]
    return pack


def _correction(row: Pack, at: int, before: float, reason: str, kind: str = "official") -> Pack:
    new, target = row["results"][at - 1], row["target"]
    return {
        "review": 4, "told_on": "2022-12-31", "target": target["id"], "name": target["name"], "period": new["period"],
        "unit": target["unit"], "old": {"id": 900 + at, "value": before, "kind": kind},
        "new": {"id": new["id"], "value": new["value"], "kind": new["kind"]}, "reason": reason, "who": "lan",
        "when": "2023-04-03T08:15:00+07:00",
    }  # fmt: skip


def odd_results() -> Pack:
    """A running total, a range, a qualifier, a figure told as share of plan."""
    pack = full() | {"pending": 19}
    pack["rows"][3]["verdict"]["value_on"] = "2022-12-31"
    newest = {row["target"]["number"]: row["results"][-1] for row in pack["rows"] if row["results"]}
    newest[10] |= {"value": 21, "running_total": True, "planned": 15}
    newest[6] |= {"value": 93, "high": 95, "qualifier": "about"}
    newest[1] |= {"value": 790.2, "unit": "%", "ratio": 790.2}
    return pack


HOSTILE = "A<b>&amp;\x0c “#let x = 1” $y$ @z *đậm* _nghiêng_ `mã` \\ // ghi chú [1] \ufffe"


def hostile() -> Pack:
    """Signs that mean something to XML, to typst or to nobody."""
    pack = full()
    pack["rows"][0]["target"]["name"] = HOSTILE
    pack["sources"][0] |= {"sentence": HOSTILE, "start": 0, "end": 9, "title": HOSTILE}
    pack["organisation"] |= {"parent": None}
    return pack


def adjusted() -> Pack:
    """The full board with one target adjusted and one dropped, each with its reason."""
    pack = deepcopy(full())
    for place, state in ((3, "adjusted"), (11, "dropped")):
        pack["rows"][place]["target"] |= {"state": state, "state_reason": "Nghị quyết số 09-NQ/ĐU ngày 12/01/2023"}
        pack["rows"][place]["verdict"]["status"] = state
    pack["rows"][3]["verdict"] |= {"standing": "at_risk", "before": "missed", "pace_from_today": 2.0}
    first = {"direction": "at_least", "low": 25, "high": None, "unit": "tuyến", "meaning": "cumulative"}
    pack["rows"][3]["target"]["first"] = first | {"deadline": "2024-12-31"}
    return pack


def composition() -> Pack:
    """One target that is judged by its parts: it has no figure of its own."""
    pack = deepcopy(full())
    row = pack["rows"][6]
    row["target"] |= {"name": "Cơ cấu kinh tế", "direction": "equal", "low": 100, "meaning": "composition"}
    row["results"] = []
    row["verdict"] |= {"latest": None, "status": "at_risk", "value": 7.8, "reasons": [
        {"vi": "Cơ cấu hiện có: dịch vụ 49%, công nghiệp 43,2%, nông nghiệp 7,8%", "en": ""}]}  # fmt: skip
    return pack


def adjusted_long_ago() -> Pack:
    """Frozen before version 3 of the rules: adjusted, and nothing said of how it stands."""
    pack = deepcopy(full())
    pack["rows"][3]["target"] |= {"state": "adjusted", "state_reason": "Nghị quyết số 09-NQ/ĐU ngày 12/01/2023"}
    pack["rows"][3]["verdict"]["status"] = "adjusted"
    return pack


ALL = (
    full, adjusted, adjusted_long_ago, composition, confirmed, corrected, odd_results, without_results, one_target,
    nothing, forty, long_names, hostile,
)  # fmt: skip
