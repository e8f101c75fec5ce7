"""Files of many pages tell each page that is through; whoever listens may end the reading."""

from pathlib import Path
from threading import Event

import pytest
from PIL import Image
from tests.sources.papers import PROSE, typeset

from nhiemky.sources import Stage, Stopped, load, pdf
from nhiemky.sources.layout.marks import Marks
from nhiemky.sources.scan.pages import Recognised

HELD = Event()
WRITTEN = typeset("#pagebreak()\n".join(PROSE))


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """A PDF of six pages that are pictures."""
    first, *others = [Image.new("L", (300, 420), 200 + at) for at in range(6)]
    first.save(tmp_path / "quét.pdf", save_all=True, append_images=others)
    return tmp_path / "quét.pdf"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages that were recognised, each as an empty one."""
    pages: list[int] = []

    def recognised(picture: Image.Image, number: int, width: float) -> Recognised:
        pages.append(number)
        if number > 2:
            HELD.wait(1.0)  # so that the listener of page 2 speaks while this one is at work
        return Recognised(Marks(number, width, width), 0.0)

    monkeypatch.setattr(pdf, "require", lambda: None)
    monkeypatch.setattr(pdf, "recognised", recognised)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    return pages


def test_each_page_of_a_pdf_is_told(tmp_path: Path) -> None:
    path, told = tmp_path / "báo cáo.pdf", list[tuple[Stage, int, int]]()
    path.write_bytes(WRITTEN)
    load(path, lambda *said: told.append(said))
    assert told == [("pages", at, len(PROSE)) for at in range(len(PROSE))]


def test_each_page_that_is_recognised_is_told_in_its_order(
    drawn: Path, seen: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HELD, "wait", lambda seconds: True)
    told: list[tuple[Stage, int, int]] = []
    with pytest.raises(Exception, match="không nhận ra chữ nào"):
        load(drawn, lambda *said: told.append(said))
    assert [said for said in told if said[0] == "recognition"] == [("recognition", at, 6) for at in range(7)]
    assert seen == [1, 2, 3, 4, 5, 6]


def test_a_listener_ends_the_reading_and_no_other_page_is_begun(drawn: Path, seen: list[int]) -> None:
    def stop(stage: Stage, done: int, total: int) -> None:
        if stage == "recognition" and done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        load(drawn, stop)
    assert len(seen) < 6
