"""An invented annex as a source draws it: rows of cells → the text with its table, ready to enter the register."""

import hashlib

from tests.register.builders import CLERK

from nhiemky.reading.read import read
from nhiemky.register.models import Document, Organisation
from nhiemky.register.services import add_document
from nhiemky.sources import Loaded
from nhiemky.values.tables import Cell, Table

TITLE = "Phụ lục kết quả thực hiện chỉ tiêu của Đảng bộ phường Trúc Khê, nhiệm kỳ 2020 - 2025\n"
ROWS = (
    ("STT", "Chỉ tiêu", "ĐVT", "Mục tiêu NQ đến năm 2025", "Năm 2022", "Ghi chú", "Ước năm 2023"),
    ("1", "Tỷ lệ hộ dùng nước sạch", "%", "≥ 98", "96,5", "97,1", "97,4"),
    ("2", "Số trường đạt chuẩn", "trường", "5", "3", "4", "4"),
    ("3", "Kết nạp đảng viên", "đảng viên", "40", "9", "17", "20"),
)
PEOPLE = (
    ("Nội dung theo dõi", "Bộ phận", "Số buổi"),
    ("Vệ sinh các tổ dân phố", "Địa chính", "12"),
    ("Văn nghệ, thể thao", "Văn hóa", "8"),
)


def loaded(*tables: tuple[tuple[str, ...], ...], title: str = TITLE, end: str = "Nơi nhận: các chi bộ.") -> Loaded:
    """Tables one after another, a tab between cells and a line end behind each row."""
    text, made = title, []
    for rows in tables:
        cells = []
        for row, line in enumerate(rows):
            for column, words in enumerate(line):
                cells.append(Cell(row, column, len(text), len(text) + len(words)))
                text += words + ("\t" if column < len(line) - 1 else "\n")
        made.append(Table(tuple(cells)))
        text += "\n"
    text += end
    return Loaded(text, "phu-luc.docx", hashlib.sha256(text.encode()).hexdigest(), "docx", tables=tuple(made))


def held(of: Organisation, source: Loaded) -> Document:
    reading = read(source.text, source.name, source.tables)
    return add_document(of, source.name, source.text, source.sha256, reading, CLERK, source=source)
