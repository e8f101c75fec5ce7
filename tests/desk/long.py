"""A report of five pages of facts, each in a line of its own, kept in the register of a ward."""

from tests.desk.readings import Finder

from nhiemky.desk.stretches import SIZE
from nhiemky.reading.facts import Event, Host, Reading, Result, Visitors
from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.models import Document, Organisation

COUNT = 5 * SIZE


def keep_long_document(ward: Organisation) -> Document:
    lines = [f"Tỷ lệ hộ dùng nước sạch khu vực số {at} đạt {at},5% kế hoạch năm." for at in range(100, 100 + COUNT)]
    text = "\n".join(["Báo cáo của phường Bình Lâm năm 2023", *lines])
    find = Finder(text)
    found = tuple(
        find.make(Result, f"{at},5%", indicator=f"nước sạch khu vực {at}", value=at + 0.5, unit="%", period="2023")
        for at in range(100, 100 + COUNT)
    )
    reading = Reading(
        source="dai.txt", sha256="d" * 64, title=lines[0], text_length=len(text), genre="annual_review",
        published_at=None, views=None, visitors=Visitors(), byline=None, credit=None, host=Host(),
        event=Event(),
        term="2020-2025", results=found,
    )  # fmt: skip
    return services.add_document(ward, "dai.txt", text, reading.sha256, reading, Actor("thử", "office"))
