"""Which figures are no facts: what others are held against, what is lacking, weak units, ways of speaking."""

import re

from nhiemky.reading.facts import Result, Target
from nhiemky.reading.grammars.figures.frame import Frame
from nhiemky.reading.grammars.figures.told import is_asked, is_only_named
from nhiemky.reading.text import Number, Page

# `18% (trước là 23%)`, `1% tương đương 4.000 tỷ đồng`
_AGAINST = ("so với ", "so cùng kỳ", "cùng kỳ", "vượt so với")
_SAME = frozenset(("so", "trước", "trước đây", "trước đó", "năm trước", "năm ngoái", "tương đương", "tương đương với"))
# what a share of an earlier figure is told of: `bằng 112% so với cùng kỳ`
OF_BEFORE = re.compile(r"\s(?:so )?(?:với )?(?:cùng kỳ|năm trước|năm ngoái|tháng trước|đầu năm|năm 20\d\d)")
_SINCE = re.compile(r" so (?:với )?(?:năm|thời|đầu|cùng|giai đoạn|khi|trước|nhiệm kỳ|\d)")
_THESE = re.compile(r"(?:[^ ]+ ){0,3}(?:này|ấy|đó|nêu trên|nói trên)(?![^\W_])")  # `hai văn bản này`, counted before
_GRANTED = ("được hỗ trợ", "được thanh toán", "được hưởng", "được trợ cấp", "mức hưởng", "mức hỗ trợ", "mức phạt")
_ONE_OF = frozenset(
    ("người", "vụ", "con", "dự án", "trường hợp", "địa phương", "nhóm", "đơn vị", "doanh nghiệp", "thành viên")
)
# `giải A: 50 triệu đồng`
_PRIZES = ("giải a", "giải b", "giải c", "giải nhất", "giải nhì", "giải ba", "giải đặc biệt", "giải khuyến khích")
_POOR = re.compile(r"hộ (?:cận )?nghèo(?: có(?: mức)? thu nhập)?$")
# `60 tuổi, thương binh 81%` is of a person
_NO_SHARES = (*_GRANTED, "thương binh", "bệnh binh", "thương tật", "suy giảm khả năng lao động")
_PAPERS = frozenset(("nghị quyết", "nghị quyết chuyên đề", "kế hoạch", "công văn", "thông báo"))
_PASSED = ("thông qua", "ban hành", "ban hành được", "thông qua được")
_NORMS = ("tiêu chuẩn của", "tiêu chuẩn:", "tiêu chuẩn đối với", "điều kiện:", "điều kiện để", "mức phí", "mức thu:")
_ASKS = ("đề nghị ", "kiến nghị ", "tờ trình đề nghị ")
_SHORT_OF = ("thiếu", "không phải", "cho đủ")
_DELEGATES = ("đại biểu", "số đại biểu", "các đại biểu")  # `100% đại biểu đã biểu quyết`
_CAPACITIES = ("công suất", "công suất thiết kế", "sức chứa", "khuôn viên")
_SIZES = (
    "rộng",
    "cao",
    "sâu",
    "dày",
    "lề đi bộ",
    "mặt cắt",
    "diện tích sàn",
    "diện tích xây dựng",
    "diện tích sàn xây dựng",
)
_LENGTHS = ("m", "m2", "cm")
# `có 18 chỉ tiêu đạt và vượt, đạt 64,3%`, `8 chỉ tiêu đạt trên 70%`
_OF_BOARD = re.compile(r"(?<!\d)\d{1,3} chỉ tiêu(?: .*(?:đạt|hoàn thành)|(?: (?:chủ yếu|cơ bản|còn lại|khác|chính))*$)")
# `mỗi đồng chí phụ trách 1 - 2 ấp`
_EACH_ONE = ("mỗi đồng chí", "mỗi đảng viên", "mỗi cán bộ", "mỗi cấp ủy")
_LEAST_SUM = 1_000_000  # đồng
_NEAR = 200  # characters from `nếu` to a figure it supposes
_STEP = re.compile(r"(?:xuống|lên|còn|đến)(?:\s+(?:còn|đến|tới|trên|dưới|mức|khoảng|gần|hơn))*\s*$")


def is_none(page: Page, frame: Frame, last: Target | Result | None) -> bool:
    """Whether a figure is no fact; `last` is the fact before it in its part of the sentence."""
    if frame.tail and _is_norm(page, frame):
        return True
    if frame.subject and ("ví dụ" in frame.subject or frame.subject.endswith("có thể")):
        return True
    if frame.subject.startswith("không còn "):  # `không còn xã đạt dưới 5 tiêu chí` is none of those
        return True
    if frame.lead_text.endswith(("(-", "(+")):  # `7 vụ (-2 vụ so cùng kỳ)`
        return True
    if _is_compared(page, frame) or _is_lacking(frame) or _is_supposed(page, frame) or _is_equal_to(frame):
        return True
    asks = "nghị " in frame.subject and "truy tố" not in frame.subject  # to propose a trial is work done
    if asks and (frame.subject.startswith(_ASKS) or is_asked(frame)):
        return True
    kind = frame.number.unit_kind
    if kind in ("count", "weak"):
        return (
            (frame.number.unit == "đợt" and frame.lead_text.endswith("trong "))  # `trong 2 đợt, Đảng bộ có …`
            or _is_of_these(frame.noun)
            or (last is None and _is_prize(frame))
            or not _is_counted(page, frame, last)
            or _is_size(frame)
            or _is_of_a_family(frame)
            or _is_article(frame, last)
            or _is_of_a_set(frame)
            or frame.subject.startswith(_EACH_ONE)
            or frame.noun.startswith(("lượt xem", "lượt đọc"))
            or frame.subject.endswith(("lượt xem", "lượt đọc", "số lần đọc"))
            or is_only_named(page, frame, last)
        )
    if frame.noun and (_is_of_these(frame.noun) or frame.noun.startswith(_DELEGATES)):
        return True
    if kind == "percent":
        if ("tán thành" in frame.subject or "nhất trí" in frame.subject) and "lệ " not in frame.subject:
            return True  # `các đại biểu nhất trí tán thành 100%`
        if frame.subject.endswith("chỉ tiêu") and not frame.noun:  # `5/20 chỉ tiêu đạt trên 70%`
            return True
        return frame.subject.endswith(_NO_SHARES) or _OF_BOARD.search(frame.subject) is not None
    return _is_rule(frame) if kind == "money" else _is_size(frame)


def _is_norm(page: Page, frame: Frame) -> bool:
    """`Tiêu chuẩn của xã: - Dân số: 8.000 người trở lên`: an item of a list of what is required."""
    block = page.block_start(frame.part)
    return block < frame.start and page.low.startswith(_NORMS, block)


def _is_of_these(noun: str) -> bool:
    pointed = "này" in noun or "trên" in noun or "đó" in noun or "ấy" in noun
    return pointed and _THESE.match(noun) is not None


def _is_compared(page: Page, frame: Frame) -> bool:
    """`so với chỉ tiêu được giao là 4.500 tỷ đồng`, `vượt 14 đảng viên`: what a fact is held against is none itself."""
    if frame.subject and (frame.subject.startswith(_AGAINST) or frame.subject in _SAME):
        return True
    if not frame.join_words:
        return False
    if (
        frame.join_words.endswith(("bằng", "đạt"))
        and not frame.own_subject
        and OF_BEFORE.match(page.low, frame.number.end)
    ):
        return True
    if (
        frame.joins[-2:] == ("change", "from") and frame.number.high is None and not frame.tail
    ):  # `…, giảm từ 3,8% năm 2015`
        return True
    return frame.join_words.endswith("vượt") and not frame.own_subject and frame.number.unit_kind != "percent"


def _is_rule(frame: Frame) -> bool:
    """`được hỗ trợ 200 triệu đồng`, `chuẩn nghèo là 28 triệu đồng`, or a way of speaking: no amount of a budget."""
    subject, number = frame.subject, frame.number
    if subject and (subject.endswith(_GRANTED) or "chuẩn" in subject or subject.startswith(_PRIZES)):
        return True
    if "under" in frame.joins and _POOR.search(subject):  # `hộ cận nghèo dưới 36 triệu đồng`
        return True
    if "from" in frame.joins and (number.value or 0) < _LEAST_SUM and "change" not in frame.joins:
        return True  # `nhân dân ủng hộ từ 20.000 đồng/hộ`: what is asked of each
    return number.scaled == 1.0 and (number.value or 0) < 1000  # `làm được 100 đồng chỉ giữ lại 18 đồng`


def _is_of_a_set(frame: Frame) -> bool:
    """`khung 19 tiêu chí`: a rule sets so many, nobody has reached them."""
    if not frame.number.unit.startswith("tiêu chí") or frame.number.planned is not None:
        return False
    said = f"{frame.join_words} {frame.subject} {frame.noun}"
    return not any(word in said for word in ("đạt", "hoàn thành", "tăng", "giảm"))


def _is_supposed(page: Page, frame: Frame) -> bool:
    """`nếu mỗi hộ góp 2 triệu đồng`, but `nếu năm 2016 tăng 5% thì nay …` compares what was."""
    figure = frame.number.start
    at = page.low.find("nếu ", max(page.starts[frame.part], figure - _NEAR), figure)
    return at >= 0 and not page.low.startswith(("năm", "như", "trước", "so ", "tính"), at + 4)


def _is_prize(frame: Frame) -> bool:
    """`10 giải đồng hạng cho …`: a sentence that opens with prizes tells what may be won."""
    return frame.number.unit.startswith("giải") and not frame.lead_text.strip()


def _is_size(frame: Frame) -> bool:
    """`mặt đường rộng 7 m`, `diện tích sàn 2.700 m2`: how something is built; a length of roads may have been done."""
    if frame.number.unit_kind in ("count", "weak") and frame.subject.endswith(_CAPACITIES):
        return "tổng" not in frame.subject
    if frame.number.high is not None and frame.subject.endswith("quy mô"):  # `trang trại quy mô từ 500 đến 1.200 con`
        return True
    if frame.number.unit == "ha" and frame.subject.endswith(" rộng"):  # `chợ đầu mối rộng 5 ha`
        return "tổng" not in frame.subject
    if frame.number.unit not in _LENGTHS or "tổng" in frame.subject:
        return False
    if frame.subject == "dài":  # `sửa một tuyến đường dài 1.900 m` is told of a count, not beside a width
        return not frame.lead_text.startswith(" dài ")
    return frame.subject.endswith(_SIZES)


def _is_of_a_family(frame: Frame) -> bool:
    """`mỗi phụ nữ có 2 con`: children, not animals."""
    if frame.number.unit == "người" and frame.subject.endswith("gia đình"):
        return True
    if frame.number.unit not in ("con", "cháu"):
        return False
    said = f"{frame.lead_text} {frame.subject} {frame.noun}"
    return any(word in said for word in ("phụ nữ", "gia đình", "sinh", "mẹ", "vợ chồng"))


def _is_article(frame: Frame, last: Target | Result | None) -> bool:
    """`một người dân`, `một vụ việc`: no count, but `kỷ luật một tổ chức đảng` is one."""
    number = frame.number
    if not number.spelled or number.value != 1 or (last is not None and last.unit == number.unit):
        return False
    if frame.subject.startswith("để "):  # `thưởng 500 triệu đồng để xây dựng một công trình`
        return True
    return number.unit in _ONE_OF or frame.lead_text.endswith(("ở ", "tại "))


def _is_lacking(frame: Frame) -> bool:
    """`còn thiếu 3 tiêu chí`, `chưa đủ 100% trường`, `chứ không phải chỉ có 2 triệu người`: what is not there."""
    return frame.subject.startswith(("chưa", "thiếu", "chứ không")) or frame.subject.endswith(_SHORT_OF)


def _is_counted(page: Page, frame: Frame, last: Target | Result | None) -> bool:
    """Whether a weak unit (`nhóm`, `con`, `xe`) counts anything: joined, after its like, or last of a piece."""
    number = frame.number
    if number.unit_kind != "weak":
        those_named = number.unit == "đơn vị" and (number.spelled or frame.noun == number.unit)  # `hai đơn vị`
        return not (those_named and "plain" not in frame.joins and (number.value or 0) <= 3)
    if number.unit == "lần":  # `tăng 1,76 lần`, not `tổ chức 2 lần`, `gấp 6 lần so với tỉnh bạn`
        if " lần" in frame.lead_text and frame.own_subject:  # `chênh lệch tăng từ 9,7 lần năm 2014 lên 9,8 lần`
            return True
        changed = frame.join_words.startswith(("tăng", "giảm")) or _SINCE.match(page.low, number.end) is not None
        return "change" in frame.joins and changed
    alike = last is not None and last.unit == number.unit
    listed = (frame.own_subject or last is not None) and frame.noun == number.unit  # `3 siêu thị, 2 chợ`
    if number.unit in _PAPERS:  # `thông qua 11 nghị quyết`, but `quán triệt 3 nghị quyết`
        return frame.subject.endswith(_PASSED) or (last is not None and last.unit in _PAPERS and not frame.own_subject)
    return "plain" in frame.joins or "change" in frame.joins or alike or listed


def _is_equal_to(frame: Frame) -> bool:
    """`… tương đương với con số 140.000 hồ sơ`, `cứ 1% dự toán đã tương đương …`: said again in other units."""
    lead = frame.lead_text
    if "tương đương" in lead and lead.rfind("tương đương") > len(lead) - 40:
        return True
    return frame.noun.endswith(" tương đương") or frame.subject.endswith(" cứ")


def is_baseline(page: Page, number: Number, following: Number) -> bool:
    """`từ 3,36% xuống còn 3,34%`: the first figure is where the change starts, not a fact of its own."""
    between = page.low[number.end : following.start]
    return (
        page.low[max(0, number.start - 8) : number.start].rstrip().endswith(("từ", "từ mức", "từ trên"))
        and len(between) < 60
        and _STEP.search(between) is not None
        and number.unit_kind == following.unit_kind
        and number.high is None
    )
