"""Readings built by hand for the desk's tests: each fact names the words it stands on, the spans are looked up."""

import hashlib
from typing import Any

from msgspec import Struct

from nhiemky.reading.facts import (
    Citation,
    Event,
    Host,
    Reading,
    Result,
    Target,
    Visitors,
    Warning,
)

PAGE = "\n".join(
    (
        "Phường Bình Lâm sơ kết 6 tháng đầu năm 2023",
        "Đang truy cập: 36",
        "",
        "Sáng 12/7/2023, Đảng ủy phường Bình Lâm sơ kết công tác 6 tháng đầu năm. Trong kỳ, Đảng bộ làm thủ tục "
        "giới thiệu sinh hoạt cho 11 đảng viên, trong đó tiếp nhận 6, chuyển đi 4; kết nạp 03 đảng viên mới. "
        "Hiện có 314 đảng viên.",
        "",
        "Thu ngân sách ước đạt trên 49 tỷ 687 triệu đồng, đạt 790,2% kế hoạch. Tỷ lệ người dân tham gia bảo hiểm y tế "
        "đạt 91,8%. Phấn đấu đến năm 2025 tỷ lệ người dân tham gia bảo hiểm y tế đạt 94,5% trở lên; không còn hộ "
        "nghèo. Thực hiện Chương trình số 07-CTr/TU ngày 07/10/2021.",
        "",
    )
)


class Finder:
    """Spans by quotation, in the order of the text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def at(self, quote: str) -> tuple[int, int]:
        start = self.text.index(quote)
        return start, start + len(quote)

    def make(self, of: type[Struct], quote: str, confidence: float = 0.95, **fields: Any) -> Any:
        """A fact of that kind on those words; fields not named are unknown."""
        told = {"span": self.at(quote), "confidence": confidence, "rule": f"test.{of.__name__}"}
        return of(**{**dict.fromkeys(of.__struct_fields__), **fields, **told})


def ward_reading(text: str = PAGE, source: str = "bao-cao.txt") -> Reading:
    """What a careful reader finds in PAGE; `confidence` varies so that some are sure and some are not."""
    find = Finder(text)
    result, target = Result, Target
    return Reading(
        source=source,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=text.split("\n", 1)[0],
        text_length=len(text),
        genre="halfyear_review",
        published_at="2023-07-12T17:25",
        views=None,
        visitors=Visitors(online=36),
        byline=None,
        credit=None,
        host=Host("phường Bình Lâm", "commune", find.at("phường Bình Lâm")),
        event=Event("2023-07-12", "morning", None, None, find.at("Sáng 12/7/2023")),
        term="2020-2025",
        results=(
            find.make(result, "kết nạp 03 đảng viên mới", indicator="kết nạp đảng viên", value=3.0, unit="đảng viên",
                      period="2023-H1"),
            find.make(result, "314 đảng viên", indicator="đảng viên", value=314.0, unit="đảng viên", period="2023-H1"),
            find.make(result, "trên 49 tỷ 687 triệu đồng, đạt 790,2%", 0.62, indicator="thu ngân sách",
                      value=49_687_000_000.0, unit="đồng", qualifier="over", period="2023-H1", ratio=790.2),
            find.make(result, "91,8%", indicator="tỷ lệ người dân tham gia bảo hiểm y tế", value=91.8, unit="%",
                      period="2023-H1"),
        ),
        targets=(
            find.make(target, "đến năm 2025 tỷ lệ người dân tham gia bảo hiểm y tế đạt 94,5% trở lên",
                      indicator="tỷ lệ người dân tham gia bảo hiểm y tế", direction="at_least", low=94.5, unit="%",
                      by="2025"),
            find.make(target, "không còn hộ nghèo", 0.7, indicator="hộ nghèo", direction="zero", low=0.0, unit="hộ"),
        ),
        citations=(
            find.make(Citation, "07-CTr/TU ngày 07/10/2021", number="07-CTr/TU", kind="CTr", date="2021-10-07"),
        ),
        warnings=(
            Warning("parts_do_not_sum", "11 ≠ 6 + 4: “trong đó” cộng lại là 10.", "Hỏi: Ban Xây dựng Đảng.",
                    find.at("11 đảng viên, trong đó tiếp nhận 6, chuyển đi 4"), 0.9, "test.sum"),
            Warning("implausible_ratio", "Đạt 790,2% so với gì? Không nêu dự toán.", "Hỏi: bộ phận Tài chính.",
                    find.at("đạt 790,2% kế hoạch"), 0.9, "test.ratio"),
        ),
    )  # fmt: skip


__all__ = ["PAGE", "Finder", "ward_reading"]
