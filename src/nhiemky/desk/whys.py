"""Why a fact was read: the sentence of the rule that made it, else what that kind of fact is read from."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhiemky.reading.read import WHY

WHYS = {
    "results": gettext_noop("Một con số đứng sau tên chỉ số, cùng động từ của điều đã làm: đạt, ước, hoàn thành."),
    "targets": gettext_noop("Một con số đứng sau lời hứa: phấn đấu, đến năm, trở lên, không quá."),
    "scoreboards": gettext_noop("Số đếm của cả bộ chỉ tiêu, như 3/12 chỉ tiêu đã đạt."),
    "citations": gettext_noop("Số, ký hiệu viết theo thể thức văn bản, như 07-CTr/TU."),
    "congresses": gettext_noop("Chữ Đại hội kèm cấp và lần thứ."),
    "people": gettext_noop("Tên đứng cạnh một chức danh công khai."),
    "tasks": gettext_noop("Câu giao việc sau lời yêu cầu, chỉ đạo."),
    "ratings": gettext_noop("Mức xếp loại đứng cạnh tên tổ chức và năm."),
    "commendations": gettext_noop("Số tập thể, cá nhân đứng sau chữ khen thưởng."),
    "milestones": gettext_noop("Chữ kỷ niệm kèm số năm hoặc hai ngày."),
}


def why(kind: str, rule: str) -> str:
    """A rule that this version no longer has leaves what its kind of fact is read from."""
    said = WHY.get(rule) or WHYS.get(kind, "")
    return _(said) if said else ""
