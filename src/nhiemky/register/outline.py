"""The sections of a review that people write; figures and annexes come from its pack. Used by services.reviews."""

from collections.abc import Mapping
from typing import Any

from nhiemky.values.kinds import Kind


class Section(Kind):
    """In the order of the paper. Results may also be written field by field, under `results:<field>`."""

    SITUATION = "situation", "Đặc điểm tình hình", "Situation"
    DISSEMINATION = "dissemination", "Công tác quán triệt, cụ thể hóa", "Dissemination and concretisation"
    RESULTS = "results", "Kết quả theo lĩnh vực", "Results by field"
    LIMITATIONS = "limitations", "Hạn chế, khuyết điểm", "Limitations"
    CAUSES = "causes", "Nguyên nhân", "Causes"
    LESSONS = "lessons", "Bài học kinh nghiệm", "Lessons"
    OUTLOOK = "outlook", "Dự báo tình hình", "Outlook"
    ADJUSTMENTS = "adjustments", "Chỉ tiêu điều chỉnh, bổ sung", "Adjusted and added targets"
    TASKS = "tasks", "Nhiệm vụ, giải pháp", "Tasks and solutions"
    PROPOSALS = "proposals", "Kiến nghị, đề xuất", "Proposals to the level above"


def sections_of(pack: Mapping[str, Any]) -> tuple[str, ...]:
    """Every key that this review's narrative may hold, in order: its fields follow the results."""
    fields = dict.fromkeys(row["target"]["field"] for row in pack["rows"] if row["target"]["field"])
    found: list[str] = []
    for section in Section:
        found.append(section.value)
        if section is Section.RESULTS:
            found += [f"{section.value}:{name}" for name in fields]
    return tuple(found)
