"""What stands behind a figure: the noun it counts, how the name goes on, and `lên` or `xuống` of `trở lên`."""

import re

from nhiemky.reading.grammars.figures.peel import JOINS, offset, widths
from nhiemky.reading.text import Number
from nhiemky.reading.vocab import pattern, words

_STOPS = frozenset(words("stops"))
_STOP_WIDTHS = widths(_STOPS, 0)
# begins with a plain set of characters, which is searched for at memory speed; a dash ends only between spaces
_NOUN_END = re.compile(r"[-,.;:()*\n](?!(?<=phòng,) chống)(?:(?<=[();])|(?<![-.])(?!\d)|(?<=\.)(?!\w)|(?<=\s-)(?=\s))")
_SHORT = re.compile(r"\([a-zđ]{2,8}\) ")
_IN_YEAR = re.compile(r"\s(?:vào|đến|trong)(?: hết| cuối)? năm \d{4}$")
_NOT_LISTED = frozenset(("không", "qua", "góp", "trong", "nhằm", "từng", "tạo", "đáp", "bảo", "đảm", "đưa"))
_MEASURES = frozenset(("tỷ", "tỉ", "tốc", "thu", "tổng", "sản", "năng", "diện"))  # tỷ lệ, thu ngân sách, sản lượng …
_OF_WHAT = frozenset(("thuộc", "cho"))
_LONG_GOES_ON = frozenset(("và", "cho", "thuộc", "được", "do"))
_REASON = frozenset(
    ("một", "một số", "ảnh", "thiếu", "không", "chưa", "vướng", "gặp")
)  # `chưa chi trả do một số người …`
# `trao Huy hiệu Đảng cho 9 đảng viên (55 năm: 02 đ/c, 50 năm: 03 đ/c)`
# `3.838 xã (43,02%) đạt chuẩn nông thôn mới`: the name goes on behind its share, or another remark
BRACKETS_BEHIND = re.compile(
    r" \([^()]{2,160}\)( (?:đã )?(?:đạt|được|hoàn thành|có|thoát)"
    r"(?: (?!so |tăng |giảm |chiếm |trong )[^ .,;:()]+){1,10})"
)
# `đã chi trả 94 tỷ đồng/101 tỷ đồng (đạt 93%) nguồn kinh phí bồi thường`
_MONEY_BEHIND = re.compile(
    r" \((?:(?:đạt|bằng|chiếm) )?[\d.,]+ ?%\)"
    r"( (?:nguồn|kinh phí|vốn|số tiền|tiền)(?: (?!cho |để |và )[^ .,;:()\d]+){1,8})"
)


_SHARED = re.compile(
    r"((?:, [^,.;:()\d]{2,40})*)(?:,| và) (?:trên |hơn |gần |khoảng )?[\d.,]+ ?% [^,.;:()\d]{2,40}?"
    r"( (?:được|đã|đạt|có|tham gia|ký|sử dụng|thực hiện|biết|tiếp cận|hoàn thành) [^.;:()\d]{3,60})"
)
# `đầu tư 58 tỷ đồng (trong đó nhân dân góp 20%) cho hạ tầng giao thông nông thôn`: what the money was for
_FOR = re.compile(
    r"(?: \([^()]{1,80}\))?( (?:để|cho|vào|nhằm|xây dựng|thực hiện|hỗ trợ|ủng hộ|làm|sửa chữa|chăm lo|giúp đỡ|cứng hóa)"
    r" [^ .,;:()\d]+(?: (?!nhằm |để |với |trong )[^ .,;:()\d]+){1,10})"
)
# … and its second item: `để xây dựng mới, cải tạo đường dây tải điện`
_MORE_WORK = re.compile(
    r", (?:cải tạo|nâng cấp|sửa chữa|mở rộng|xây dựng|mua sắm|hỗ trợ|duy tu|tu sửa|tu bổ|lắp đặt)"
    r"(?: [^ ,.;:()\d]+){1,7}"
)
_SPENT = (
    "đầu tư", "huy động", "tiếp nhận", "vận động", "hỗ trợ", "đóng góp", "ủng hộ", "quyên góp", "trích", "bố trí",
    "giải ngân", "phân bổ", "dành", "chi trả", "thanh toán", "bồi thường",
)  # fmt: skip
_LEVEL = re.compile(r"\s?: ((?:hoàn thành|không hoàn thành|tốt|khá|xuất sắc|trung bình|yếu)(?: [^ ,.;:()\d]+){0,5})")
_PEOPLE = frozenset(
    (
        "cán bộ", "đảng viên", "công chức", "viên chức", "người lao động", "đoàn viên", "hội viên", "nhân dân",
        "hộ gia đình", "cá nhân", "tổ chức", "doanh nghiệp", "hộ dân", "học sinh", "sinh viên", "giáo viên",
        "công nhân", "chiến sĩ", "thanh niên",
    )
)  # fmt: skip
_MORE_PEOPLE = pattern(r"(?:,(?: và)? {people})+(?: và {people})?(?![^\W_])", people=tuple(sorted(_PEOPLE)))
_CELLS = frozenset(("chi bộ", "đảng bộ", "tổ chức đảng"))
_MORE_CELLS = re.compile(r", (?:đảng bộ|chi bộ)(?: cơ sở| bộ phận)?(?: trực thuộc)?(?![^\W_])")  # `58 chi bộ, đảng bộ`
_OR = re.compile(r"(?:, [^ ,.;:()\d]+(?: [^ ,.;:()\d]+){0,3}){1,3}? hoặc [^ ,.;:()\d]+(?: [^ ,.;:()\d]+){0,5}")
# `xã đạt bình quân | 9 tiêu chí`, `14 người chết và bị thương | 22 người`
_OF_NEXT = frozenset(("bình quân", "trung bình", "bị thương", "tỷ lệ", "tỉ lệ"))
_OWN = frozenset(("được", "đã", "đạt", "có", "tham", "ký", "sử", "thực", "biết", "tiếp", "hoàn"))
# `585 hộ có thu nhập 100 triệu đồng/năm trở lên`, `mô hình doanh thu từ 100 triệu đến 1 tỷ đồng`: which are counted
_OF_INCOME = re.compile(
    r" (?:(?<=có thu nhập )(?:trên |hơn |đạt )?|từ )[\d.,]+ (?:triệu|tỷ)(?: đồng)?(?:/[^ ,.;:()]+)?"
    r"(?: (?:đến|-) [\d.,]+ (?:triệu|tỷ) đồng(?:/[^ ,.;:()]+)?)?(?: trở lên)?(?![^\W_])"
)
# `81 tổ chức và hơn 600 đảng viên bị kỷ luật`: what is said of both
_SHARED_COUNT = re.compile(
    r" và (?:trên |hơn |gần |khoảng )?[\d.,]+ (?:tổ chức đảng|tổ chức|đảng viên|cá nhân|tập thể|đồng chí|cán bộ)"
    r"( (?:bị|vi phạm)(?: [^ .,;:()\d]+){1,8})"
)
# `100% chỉ tiêu giao quân`: a plan that has a name of its own
OWN_PLAN = re.compile(
    r"chỉ tiêu (?:giao quân|tuyển quân|tuyển sinh|gọi công dân|kết nạp|phát triển|thu |huấn luyện|trồng|giao nhận)"
)
OF_CRITERIA = re.compile(
    r"((?: đạt| có)? (?:dưới|trên|từ) \d{1,2}(?: ?- ?\d{1,2})? tiêu chí| (?:đạt )?(?:hạng )?[1-5] sao"
    r"|(?:(?<=xã)|(?<=thôn)|(?<=huyện)|(?<=tỉnh)) đạt \d{1,2}(?: ?- ?\d{1,2})? tiêu chí"
    r"(?: (?:đã được|được|chờ|đã) [^,.;:()\d]{3,50}?(?=[,.;:()]| và \d))?)(?![^\W_])"
)  # `10 xã dưới 5 tiêu chí`


def tail_of(low: str, number: Number, limit: int) -> tuple[str, bool, int]:
    """`lên` or `xuống` of `trở lên` behind a figure, whether right behind it, and where it ends."""
    up = low.find("trở ", number.end, min(number.end + 80, limit))
    if up < 0 or low.find(",", number.end, up) >= 0 or low.find("(", number.end, up) >= 0:
        return "", False, 0
    tail = "lên" if low.startswith("lên", up + 4) else "xuống" if low.startswith("xuống", up + 4) else ""
    if not tail:  # it is said only with both words
        return "", False, 0
    return tail, up - number.end < 14, up + 4 + len(tail)


def rated(low: str, noun: str, end: int, limit: int) -> tuple[str, int]:
    """`02/10 đồng chí xếp loại: hoàn thành xuất sắc nhiệm vụ`: how they were rated stands behind a colon."""
    level = _LEVEL.match(low, end, limit) if noun.endswith(("xếp loại", "đạt loại")) else None
    return (noun, end) if level is None else (f"{noun} {level.group(1)}", level.end())


def or_others(low: str, noun: str, end: int, limit: int) -> tuple[str, int]:
    """`ít nhất 01 công trình, mô hình hoặc phần việc tiêu biểu`: the other things that may be counted."""
    others = _OR.match(low, end, limit) if noun and low.startswith(", ", end) else None
    return (noun, end) if others is None else (f"{noun}{others.group()}", others.end())


def purpose_of(low: str, subject: str, end: int, limit: int) -> tuple[str, int]:
    """What an amount was spent on, said behind it, and where that ends; a remark in brackets is read for itself."""
    if not subject.endswith(_SPENT):
        return "", end
    spent = _FOR.match(low, end, limit) or _MONEY_BEHIND.match(low, end, limit)
    if spent is None:
        return "", end
    if low.startswith(" (", end):
        return spent.group(1).strip(), end
    more = _MORE_WORK.match(low, spent.end(), limit)
    close = more.end() if more is not None else spent.end()
    return low[spent.start(1) : close].strip(), close


def shared_with(low: str, noun: str, end: int, limit: int) -> tuple[str, int]:
    """`100% cán bộ, công chức và 90% người dân được học nghị quyết`: what is said of both stands behind the second."""
    if not noun or low[end : end + 1] not in (",", " ") or not _OWN.isdisjoint(noun.split()):
        return noun, end
    shared = _SHARED.match(low, end, limit)
    return (noun, end) if shared is None else (f"{noun}{shared.group(1)}{shared.group(2)}", shared.end(1))


def list_goes_on(low: str, noun: str, end: int, limit: int) -> tuple[str, int]:
    """`100% chỉ tiêu về y tế, dân số kế hoạch hóa`: a last piece without a figure or a verb is still the noun."""
    if not noun or low[end : end + 2] != ", ":
        return noun, end
    rest = low[end + 2 : limit].strip(" .")
    head = rest.split(" ", 1)[0]
    year = _IN_YEAR.search(rest)
    if year is not None:
        rest = rest[: year.start()].rstrip()
    if not rest or len(rest) > 60 or rest.count(",") > 2 or head in JOINS or head in _NOT_LISTED:
        return noun, end
    if any(c.isdecimal() for c in rest) or any(len(piece.split()) > 4 for piece in rest.split(",")[:-1]):
        return noun, end
    if head in _STOP_WIDTHS and _is_stop(rest.split(), 0):
        return noun, end
    return f"{noun}, {rest}", end + 2 + len(rest)


def counted_by(low: str, number: Number, noun: str, end: int, limit: int) -> tuple[str, int]:
    """A bare noun of a count with what it shares with the next one, or the income that tells which are counted."""
    if noun != number.unit:
        income = _OF_INCOME.match(low, end, limit)
        return (noun, end) if income is None else (f"{noun}{income.group()}", income.end())
    shared = _SHARED_COUNT.match(low, end, limit) if low.startswith(" và ", end) else None
    return (noun, end) if shared is None else (f"{noun}{shared.group(1)}", end)


def people_go_on(low: str, number: Number, noun: str, end: int, limit: int) -> tuple[str, int]:
    """`100% cán bộ, đảng viên, công chức ký cam kết`: one name, with what they all do."""
    if noun in _CELLS and (more := _MORE_CELLS.match(low, end, limit)):
        return f"{noun}{more.group()}", more.end()
    listed = _MORE_PEOPLE.match(low, end, limit) if noun.removeprefix("lượt ") in _PEOPLE else None
    if listed is None:
        return noun, end
    return _noun_from(low, number, listed.end(), limit, long=True)


def noun_of(low: str, number: Number, limit: int, *, long: bool) -> tuple[str, int]:
    """The words after a figure up to a stop; of a counted thing they begin with its noun."""
    return _noun_from(low, number, number.end, limit, long=long)


def _noun_from(low: str, number: Number, at: int, limit: int, *, long: bool) -> tuple[str, int]:
    """The same where the words up to `at` are known to be of the noun."""
    begin = number.unit_start if number.unit_kind in ("count", "weak") else number.end
    furthest = limit if limit < at + 160 else at + 160
    cut = _NOUN_END.search(low, at, furthest)
    if cut is not None and low[cut.start()] == "(" and (short := _SHORT.match(low, cut.start(), furthest)):
        cut = _NOUN_END.search(low, short.end(), furthest)  # `50.000 công nhân (CN) về quê`
    stop = cut.start() if cut else furthest
    region = low[at:stop]
    if '"' in region:
        region = region.replace('"', " ")
    texts = region.split()
    if cut is None and limit > furthest and texts:
        texts.pop()  # a word cut in two
    index, taken, counted = _taken(texts, begin < at, long=long)
    counted = counted or (stop == limit and low[limit : limit + 1].isdecimal())
    while index and (counted or texts[index - 1] in _LONG_GOES_ON) and (loose := _loose(texts, index, counted=counted)):
        index, taken = index - loose, taken - loose
    if taken <= 0:
        return (low[begin:at].strip() if begin < at else ""), at
    end = offset(region, index - 1, stop) + len(texts[index - 1])
    noun = low[begin:end]
    if "trở lên" in noun or '"' in noun:
        noun = noun.replace("trở lên", " ").replace('"', " ")
    return " ".join(noun.split()), end


def _taken(texts: list[str], named: bool, *, long: bool) -> tuple[int, int, bool]:
    """Where a noun stops among the words behind a figure, how many are of it, and whether another figure follows.

    `named`: whether a unit has said already what is counted.
    """
    index = taken = 0
    while index < len(texts) and taken < (24 if long else 7):
        word = texts[index]
        if word[0] == "/":  # `34,7 triệu đồng/nhóm`, `214 ha/200 ha`
            break
        if word == "trở":  # `80% trở lên số chi bộ`
            index = min(index + 2, len(texts))
            continue
        if word in _STOP_WIDTHS and _is_stop(texts, index):
            # `9 đơn thuộc thẩm quyền`, `trao 126 suất quà cho gia đình chính sách`
            if word == "và" and texts[index + 1 : index + 2] and texts[index + 1] in _MEASURES:
                break  # `6/9 xóm đạt chuẩn và thu ngân sách tăng 12%`
            goes_on = long and word in _LONG_GOES_ON and (taken or (word in _OF_WHAT and named))
            if word == "do" and texts[index + 1 : index + 2] and texts[index + 1] in _REASON:
                break
            under = word == "thuộc" and index > 0 and texts[index - 1] == "trực"  # `chi, đảng bộ trực thuộc`
            if not goes_on and not under:
                break
        elif taken and word[0].isdecimal() and texts[index - 1] in JOINS:  # `10 camera và gần 1.000 đèn`
            return index, taken, True
        taken += 1
        index += 1
    return index, taken, False


def _loose(texts: list[str], index: int, *, counted: bool) -> int:
    """How many words at the end of a noun are not of it; `counted`: another figure stands behind them."""
    if texts[index - 1] in _LONG_GOES_ON and _goes_nowhere(texts, index - 1):
        return 1
    if not counted:
        return 0
    if _joins_next(texts[index - 1]) and texts[index - 2 : index] != ["thôn", "mới"]:
        return 1
    return 2 if " ".join(texts[index - 2 : index]) in _OF_NEXT else 0


def _goes_nowhere(texts: list[str], last: int) -> bool:
    """Whether a last word that would go on does; `trực thuộc` is whole."""
    return texts[last - 1 : last + 1] != ["trực", "thuộc"]


def _joins_next(word: str) -> bool:
    """`2,2 tỷ đồng | đạt 173%`, `3.900 đảng viên | của 85 chi bộ`: what joins the next figure is of that one."""
    return word in JOINS or word in ("của", "ở", "tại", "trong", "dài")


def _is_stop(texts: list[str], index: int) -> bool:
    return any(" ".join(texts[index : index + width]) in _STOPS for width in _STOP_WIDTHS[texts[index]])
