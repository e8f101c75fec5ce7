"""What a figure measures, in the page's own words: from its frame and from the fact before it."""

import re

from nhiemky.reading.facts import Result, Target
from nhiemky.reading.grammars.figures.before import WHOLE
from nhiemky.reading.grammars.figures.behind import OWN_PLAN
from nhiemky.reading.grammars.figures.frame import Frame
from nhiemky.reading.grammars.figures.peel import AMOUNTS, is_holder
from nhiemky.reading.text import Page

# `102% kế hoạch`: what a ratio is of, never an indicator
PLAN_NOUN = re.compile(
    r"(?:so với |so |theo )?(?:kế hoạch|kh\b|nq\b|dự toán|chỉ tiêu|nghị quyết|pháp lệnh|mục tiêu|kh năm|đề ra)"
)
_HOLDER_ENDS = (" phường", " xã", " huyện", " thị trấn")  # `sau khi sáp nhập, phường có 11 chi bộ`
_ANYONE = frozenset(("đồng chí", "đ/c", "người", "trường hợp", "con"))  # say no more than the unit does
# `thu ngân sách 6 tháng đầu năm 2023`: the period is told apart and is no part of the name
_TIME_BEHIND = re.compile(
    r"(?<! hằng)(?<! hàng)(?<! mỗi)"
    r"(?: (?:trong|của|đến|hết|cuối|cả|các|\d))*(?: (?:\d+ tháng(?: đầu| cuối)? năm|năm|quý [iv]+(?: năm)?)"
    r"(?: \d{4}(?:(?:,| và) \d{4})*)?)$"
    r"|(?<! quân) (?:hằng|hàng|mỗi) năm$|(?: đến| vào| tới| ở)? (?:đầu|cuối|giữa|hết) nhiệm kỳ$"
)
_EACH_YEAR = re.compile(r"(?:/| mỗi | hằng | hàng )năm$")  # `1.500 lao động mỗi năm`
_WHEN = re.compile(r"(?:(?:đến|vào|trong|từ|cuối|đầu|hết) )*năm \d{4}(?: (?:còn|là|đạt|giảm|tăng|có))*")
_ONLY_TIME = re.compile(r"(?:(?:cả|đến|hết|cuối) )*(?:năm|quý|tháng) (?:\d{1,4}|nay|[iv]+)(?:[/ ]\d{4})?")
# `ước thu ngân sách`, `thu ngân sách ước thực hiện 6 tháng`: how sure a figure is, no part of its name
ESTIMATED = re.compile(
    r"^(?:ước|dự kiến)(?: tính| thực hiện| cả năm)*(?: |$)"
    r"| ước(?: tính| thực hiện)*(?: \d+ tháng.*| cả năm(?: \d{4})?)?$"
)
_DONE_LAST = re.compile(r" (kiểm tra|giám sát|kết nạp|thi hành kỷ luật|xử lý|khen thưởng|hỗ trợ|giải quyết|xử phạt)$")
_CERTIFIED = ("bằng cấp", "chứng chỉ", "văn bằng")
_MEASURED = re.compile(r"(?:tổng )?(?:sản lượng|diện tích(?: gieo trồng| gieo cấy)?|năng suất)(?![^\W_])")
_GIVING = ("đóng góp", "ủng hộ", "quyên góp", "hỗ trợ", "huy động", "vận động", "hiến")
_CHANGES_LAST = (" giảm", " tăng")
_CASES = re.compile(r"^.*?(?:trường hợp|vụ việc|vụ) ")  # fines are for what was done, not for its being dealt with
_EXTENTS = frozenset(("dài", "chiều dài", "tổng chiều dài"))
_OPENED = re.compile(r"\s*\((?:(?:hơn|trên|gần|khoảng) )?")
_SHARED = re.compile(r"^(?:tỷ|tỉ) lệ ")
_AVERAGE = re.compile(r"(?:bình quân|trung bình) (?:1|một|mỗi) ")
_WITH = re.compile(r"\s*với(?: (?:hơn|trên|gần|khoảng))? ")
_WHERE = frozenset(("tại", "ở", "qua", "thuộc"))
_ALL_OF = re.compile(r"^(?:tổng )?số (?:các )?")
_CHANGED = re.compile(r"^(?:tăng|giảm)\s+")


def cased(page: Page, frame: Frame, indicator: str) -> str:
    """The indicator in the page's own letters (`BHYT`, `Đảng`), which rules do not see."""
    low, text, end = page.low, page.text, frame.end
    if text[frame.start : end] != low[frame.start : end]:
        for words, start in ((frame.subject, frame.start), (frame.noun, frame.number.start)):
            at = low.find(words, start, end) if words else -1
            if at >= 0 and (written := text[at : at + len(words)]) != words:
                indicator = indicator.replace(words, written, 1)
    head = indicator[:2]
    return indicator[0].lower() + indicator[1:] if head[:1].isupper() and head[1:].islower() else indicator


def indicator_of(frame: Frame, before: Frame | None, last: Target | Result | None, alike: Result | None) -> str:
    """What the figure measures, in the page's words; `alike` is the last result of its unit in the part."""
    noun, subject = frame.noun, frame.subject
    if noun and _WHEN.fullmatch(noun):  # `312 hộ, tỷ lệ 15,04% đến năm 2022 còn …`
        frame.noun = noun = ""
    if noun.endswith("năm"):
        frame.noun = noun = _EACH_YEAR.sub("", noun)
    if "ước" in subject or "dự kiến" in subject:
        subject = ESTIMATED.sub("", subject)
    if subject and _ONLY_TIME.fullmatch(subject):  # `Năm 2014 đạt hơn 110% kế hoạch`
        subject = ""
    if not subject and last is None and frame.number.unit_kind == "percent" and PLAN_NOUN.fullmatch(noun):
        return ""  # a ratio of what another sentence told
    if "hoàn thành" in frame.join_words and frame.number.unit_kind == "percent" and OWN_PLAN.match(noun):
        return noun  # `hoàn thành 100% chỉ tiêu giao quân`
    counted = frame.number.unit_kind in ("count", "weak", "measure")
    change = "change" in frame.joins
    share = "share" in frame.joins
    word = _change_word(frame) if change else ""
    if noun and frame.number.unit_kind == "percent":
        if frame.join_words.startswith("có"):
            return noun
        if share and subject and last is None:
            return f"{subject} chiếm {noun}"
        if frame.join_words.startswith("cho") or (len(subject.split()) > 2 and not change):
            return _join(subject, noun)
    if subject in _WHERE and counted and noun:  # `435 đảng viên sinh hoạt ở 15 chi bộ`
        return noun
    if subject:
        return _with_subject(frame, subject, last, word, counted=counted)
    if share and (noun or last is not None):
        return _share_of(noun, last)
    if change:
        return _changed(frame, word, alike if alike is not None and counted else last, counted=counted)
    return _leaning(frame, before, last, counted=counted)


def _changed(frame: Frame, word: str, last: Target | Result | None, *, counted: bool) -> str:
    """`tăng 7 xã`: a change of what was told before, or of what the figure names."""
    noun = frame.noun
    many = counted and noun and frame.number.unit != "lần"  # `tăng 0,7 lần` changes what was told before
    of_these = (
        last is not None and noun == frame.number.unit and (noun in _ANYONE or f" {noun} " in f" {last.indicator} ")
    )
    if last is not None and (of_these or not (many and _of_other(last.unit, frame.number.unit))):
        if last.indicator.endswith(f" {word}"):  # `… tăng 1,2% (quý trước tăng 4,8%)`
            return last.indicator
        return f"{word} {_CHANGED.sub('', last.indicator)}"
    return f"{word} {noun}" if noun and not noun.startswith(("so với", "kế hoạch")) else ""


def _share_of(noun: str, last: Target | Result | None) -> str:
    """`82 xã (chiếm 84,5% tổng số xã) đạt chuẩn`: a share of all that are counted is of what was told of them."""
    if last is None or not noun:
        return f"chiếm {noun or (last.indicator if last is not None else '')}"
    counted = _ALL_OF.sub("", noun)
    if counted != noun and last.indicator.startswith(f"{counted} "):
        return f"chiếm {noun}{last.indicator[len(counted) :]}"
    return f"chiếm {noun}"


def _leaning(frame: Frame, before: Frame | None, last: Target | Result | None, *, counted: bool) -> str:
    """What a figure without a subject measures: its noun, or what the frame or the fact before it does."""
    noun = frame.noun
    if before is not None and "share" in before.joins and noun and not frame.joins:
        return f"chiếm {noun}"
    if counted:
        said = _said_by_last(frame, noun, last) if noun and last is not None else ""
        if said or before is None:
            return said or noun
        return _counted_on(frame, before, last)
    if last is not None and not noun and frame.number.unit_kind == "percent" and frame.lead_text.strip() == "(":
        return last.indicator  # `3.838 xã (43%)`
    if noun and last is not None and noun.startswith(("cùng kỳ", "năm trước", "năm ngoái")):
        return f"{last.indicator} {noun}"
    if noun and frame.number.unit_kind == "percent" and (last is None or not PLAN_NOUN.match(noun)):
        return noun
    if noun and last is None:
        return noun
    if noun and before is not None and frame.number.unit_kind == "money" and before.subject.endswith(_GIVING):
        return f"{before.subject} {noun}"  # `nhân dân đóng góp 1.460 ngày công và 325 triệu đồng tiền mặt`
    if last is not None and last.indicator.endswith(_CHANGES_LAST) and _is_level(frame, last):
        return last.indicator[:-5]
    if last is not None and (frame.joins or _in_turn(frame, before)):
        return (
            f"số tiền {last.indicator}" if frame.number.unit_kind == "money" and last.unit != "đồng" else last.indicator
        )
    return noun


def _is_level(frame: Frame, last: Target | Result) -> bool:
    """`hộ nghèo giảm 1,2% (còn 3,4%)`, `thu ngân sách tăng bình quân 15%/năm, năm 2024 đạt 168 tỷ đồng`."""
    return "còn" in frame.join_words or (bool(frame.joins) and last.unit == "%" and frame.number.unit_kind == "money")


def _in_turn(frame: Frame, before: Frame | None) -> bool:
    """`thu ngân sách ba năm lần lượt là 12 tỷ, 14 tỷ và 16 tỷ đồng`: all are of what is named once."""
    return before is not None and "lần lượt" in before.lead_text and frame.lead_text.strip() in (",", "và", ";")


def _said_by_last(frame: Frame, noun: str, last: Target | Result) -> str:
    """What the fact before it says a count is of: it is told again, goes on, or belongs to it."""
    if _OPENED.fullmatch(frame.lead_text) and f"{noun} " in last.indicator:
        return _SHARED.sub("", last.indicator)  # `tỷ lệ xã đạt chuẩn đạt 50% (8 xã)`
    if not frame.joins and last.unit != "%" and frame.lead_text in (", ", " và "):
        changed = _CHANGED.match(last.indicator)
        return f"{changed.group()}{noun}" if changed is not None else ""  # `giảm 9 trưởng phòng, 14 phó phòng`
    if last.unit != frame.number.unit and _WITH.fullmatch(frame.lead_text):
        # `194 hợp tác xã với trên 90.000 thành viên`
        return f"{noun} {last.indicator}" if last.indicator.count(" ") < 5 else noun
    return ""


def _counted_on(frame: Frame, before: Frame, last: Target | Result | None) -> str:
    """What a count is of that leans on the frame before it; what names itself does not."""
    noun = frame.noun
    if noun != frame.number.unit and frame.number.planned is not None:  # `hộ nghèo dưới 1%, 6/9 xóm đạt chuẩn`
        return noun
    if (
        noun and "còn" in frame.join_words and before.number.unit_kind == "money"
    ):  # `thu nhập 55 triệu đồng/người, còn 4 hộ nghèo`
        return noun
    if noun and (before.subject == WHOLE or before.subject.endswith(_HOLDER_ENDS) or noun.find("huy hiệu ") > 0):
        return noun  # `3 người nhận Huy hiệu 45 năm tuổi Đảng`
    other = last is not None and last.unit != frame.number.unit
    if other and before.subject.count(" ") > 6 and not frame.lead_text.lstrip().startswith(("và ", "- ")):
        done = _DONE_LAST.search(
            before.subject
        )  # `cấp ủy và ủy ban kiểm tra các cấp kiểm tra 14 tổ chức, 22 đảng viên`
        return f"{done.group(1)} {noun}" if done is not None else noun
    return _join(before.subject, noun)


def _of_other(unit: str, other: str) -> bool:
    """Whether two units count different things; `vụ việc` and `vụ` do not."""
    return not unit.startswith(other) and not other.startswith(unit)


def _with_subject(frame: Frame, subject: str, last: Target | Result | None, word: str, *, counted: bool) -> str:
    """What a figure with a subject of its own measures; `word` is `tăng` or `giảm` where it is a change."""
    noun = frame.noun
    timed = "năm" in subject or "quý" in subject or subject.endswith("nhiệm kỳ")
    timeless = _TIME_BEHIND.sub("", subject) if timed else subject
    if timeless != subject and timeless.count(" ") > 1:
        subject = timeless
    if subject.endswith(" thực hiện") and frame.number.unit_kind == "money":
        subject = subject[: -len(" thực hiện")]
    if word:
        return (
            f"{word} {noun}"
            if noun and len(subject.split()) <= 2 and "%" in frame.number.unit
            else f"{subject} {word} {noun if counted and noun != frame.number.unit else ''}".rstrip()
        )
    among = _among(frame, subject, last) if last is not None and last.unit == frame.number.unit else ""
    if among:
        return among
    if counted:
        return _counted_with(frame, subject, last)
    if last is not None and (subject in AMOUNTS or " với " in subject):
        amount = subject.rpartition(" với ")[2]  # `cho hộ nghèo, hộ chính sách với tổng kinh phí 4,8 tỷ đồng`
        if amount in AMOUNTS:
            return f"{amount} {_CASES.sub('', last.indicator) if 'phạt' in amount else last.indicator}"
    if (
        noun
        and (len(subject.split()) <= 2 or " đã " in subject or subject.endswith(_GIVING))
        and not PLAN_NOUN.match(noun)
    ):
        return _join(subject, noun)
    return subject


def _counted_with(frame: Frame, subject: str, last: Target | Result | None) -> str:
    """What a count with a subject is of: of both, of the noun alone, or of what was told before."""
    noun = frame.noun
    if "đại biểu" in subject:  # `151 đại biểu được cử từ 9 chi bộ`, `… đại diện cho hơn 1.300 đảng viên`
        return noun
    if frame.number.unit == "phiếu" and noun != "phiếu":  # `ông Lê Văn An nhận 45 phiếu tín nhiệm cao`
        return noun
    # `trao Huy hiệu Đảng cho 8 đảng viên`
    indirect = noun == frame.number.unit and frame.join_words.startswith("cho")
    if indirect or noun in _ANYONE:
        return subject
    told = frame.number.planned is not None or " đạt " in f" {subject} " or " vượt " in subject
    if frame.join_words in ("với", "với tổng số") and told:  # `… đạt kết quả tốt với 419 hộ dân khởi công`
        return noun
    if subject in _EXTENTS and last is not None and last.unit != frame.number.unit:
        return f"{last.indicator} dài" if subject == "dài" else f"{subject} {last.indicator}"
    if subject in AMOUNTS and last is not None and frame.number.unit == "usd":
        return f"{subject} {last.indicator}"
    if subject.startswith(("tỷ lệ ", "tỉ lệ ")) and noun != frame.number.unit and frame.joins:
        return noun  # `tỷ lệ đảng viên được xếp loại đều tăng (năm 2016 có 9 đảng viên không hoàn thành)`
    if _AVERAGE.match(subject):  # `bình quân 1 xã có 13,3 trạm`
        return f"{noun} {subject}"
    held = (
        is_holder(subject) or subject.endswith(_HOLDER_ENDS) or " là " in subject
    )  # `Sán Phìn là xã biên giới, có 11 thôn`
    if noun == frame.number.unit and last is not None and subject.count(" ") < 3 and not held:
        at = f" {last.indicator} ".find(f" {noun} ")
        if at >= 0 and last.unit == noun:  # `xảy ra 3 vụ vi phạm pháp luật, đã xử lý 3 vụ`
            return f"{subject} {last.indicator[at:]}"
    holds = frame.join_words.startswith("có") and held  # `phường Kim Đài có 2.874 hộ`
    return noun if holds else _join(subject, noun)


def _among(frame: Frame, subject: str, last: Target | Result) -> str:
    """`sản lượng thủy sản 48.200 tấn, trong đó tôm 26.750 tấn` is output too; nothing where it names itself."""
    if "trong đó" not in frame.lead_text or subject.count(" ") > 3:
        return ""
    if subject.startswith(_CERTIFIED):
        return f"{last.indicator} có {subject}"
    measure = _MEASURED.match(last.indicator)
    return "" if measure is None or _MEASURED.match(subject) else f"{measure.group()} {subject}"


def _join(subject: str, noun: str) -> str:
    if not noun:
        return subject
    return noun if not subject else subject if f" {noun} " in f" {subject} " else f"{subject} {noun}"


def _change_word(frame: Frame) -> str:
    return "giảm" if "giảm" in frame.join_words else "tăng"
