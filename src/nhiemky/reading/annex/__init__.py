"""Tables of annexes → targets and results, recognised by what their heads say; a person may confirm or change that."""

from nhiemky.reading.annex.make import facts_of
from nhiemky.reading.annex.recognise import Annexes, read_tables, readings, recognise
from nhiemky.reading.annex.records import AnnexFacts, Column, LeftOut, Role, RowKind, TableReading

__all__ = [
    "WHY",
    "AnnexFacts",
    "Annexes",
    "Column",
    "LeftOut",
    "Role",
    "RowKind",
    "TableReading",
    "facts_of",
    "read_tables",
    "readings",
    "recognise",
]

WHY = {
    "annex.target": "Con số ở cột mục tiêu, kế hoạch của bảng, mang tên chỉ tiêu ở hàng của nó: «Mục tiêu NQ | ≥ 95».",
    "annex.result": "Con số ở cột kết quả, ước, lũy kế của bảng, mang tên chỉ tiêu ở hàng của nó: «Năm 2023 | 94,5».",
    "annex.parts": "Các hàng thành phần không hợp với hàng tổng trong bảng: «Cơ cấu 62 + 35 + 5 = 102%».",
    "annex.ratio": "Tỷ lệ ghi trong bảng trái với các số cùng hàng, hoặc trên 300 hay dưới 10: «45 trên 50, ghi 95%».",
}
