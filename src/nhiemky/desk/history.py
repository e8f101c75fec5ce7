"""Events of the log → sentences for people: who did what with which figure. Called by the target's page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.desk import amounts
from nhiemky.ui.templatetags.vn import period

VERBS = {
    "add_target": gettext_lazy("Thêm chỉ tiêu"),
    "edit_target": gettext_lazy("Sửa chỉ tiêu"),
    "add_path": gettext_lazy("Ghi lộ trình"),
    "adjust_target": gettext_lazy("Điều chỉnh chỉ tiêu"),
    "drop_target": gettext_lazy("Thôi thực hiện chỉ tiêu"),
    "reinstate_target": gettext_lazy("Khôi phục chỉ tiêu"),
    "undo_adjustment": gettext_lazy("Hoàn tác điều chỉnh"),
    "add_result": gettext_lazy("Thêm kết quả"),
    "approve_result": gettext_lazy("Duyệt kết quả"),
    "return_result": gettext_lazy("Trả lại kết quả"),
    "correct_result": gettext_lazy("Sửa kết quả đã duyệt"),
}


def words(event: Any) -> str:
    """`Thêm kết quả: 91,8% · 6 tháng đầu năm 2023`."""
    verb = str(VERBS.get(event.verb, event.verb))
    data = event.data
    made = data.get("made") or {}
    if event.verb == "add_result" and made.get("value") is not None:
        return f"{verb}: {amounts.full(float(made['value']), made.get('unit') or '')} · {period(made.get('period'))}"
    reason, said = data.get("reason") or made.get("reason"), _("Lý do")
    return f"{verb}. {said}: {reason}" if reason else verb
