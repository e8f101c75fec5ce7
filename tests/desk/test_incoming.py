"""Long files: kept, read apart with progress, cancelled, taken up again after a stop; the same document in the end."""

import os
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.desk.readings import PAGE

from nhiemky.desk import uploads
from nhiemky.desk.incoming import jobs, run
from nhiemky.desk.incoming.jobs import Job
from nhiemky.desk.incoming.shown import view_of
from nhiemky.register.actors import Actor
from nhiemky.register.models import Document, Organisation, Proposal
from nhiemky.sources import Progress, load

HX = {"HX-Request": "true"}
LONG = PAGE.encode()


@pytest.fixture(autouse=True)
def started(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """Jobs that a process would have been started for; every file is one that takes long."""
    settings.WORKSPACE = tmp_path
    monkeypatch.setattr(uploads, "SMALL", 0)
    begun: list[Job] = []
    monkeypatch.setattr(jobs, "start", begun.append)
    return begun


def send(desk: Client, name: str = "quét.txt", raw: bytes = LONG) -> str:
    """The address of the job's page."""
    return str(desk.post("/documents/add/", {"files": SimpleUploadedFile(name, raw)})["Location"])


def fall_silent(job: Job) -> None:
    """As a process that was killed a minute ago leaves it."""
    old = time.time() - 60
    os.utime(job.folder / "beat", (old, old))


def test_the_answer_comes_at_once_and_the_document_later(desk: Client, ward: Organisation, started: list[Job]) -> None:
    address = send(desk)
    html = desk.get(address).content.decode()
    assert "quét.txt" in html
    assert "hx-trigger" in html
    assert not Document.objects.exists()
    run.work(started[0])
    assert desk.get(address, headers=HX)["HX-Redirect"] == f"/documents/{Document.objects.get().pk}/"
    assert "bảo hiểm y tế" in desk.get(address, follow=True).content.decode()


def test_it_ends_in_what_a_short_file_gives(
    desk: Client, ward: Organisation, started: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    send(desk)
    run.work(started[0])
    facts = list(Proposal.objects.values("kind", "fact", "span_start"))
    kept = Document.objects.values("text", "sha256", "source_name", "added_by", "reading").get()
    Document.objects.all().delete()
    monkeypatch.setattr(uploads, "SMALL", 10**6)
    send(desk)
    assert list(Proposal.objects.values("kind", "fact", "span_start")) == facts
    assert Document.objects.values("text", "sha256", "source_name", "added_by", "reading").get() == kept
    assert len(facts) > 2


def test_the_list_says_how_far_it_is(desk: Client, ward: Organisation, started: list[Job]) -> None:
    send(desk)
    run.telling(started[0])("recognition", 5, 12)
    html = desk.get("/documents/").content.decode()
    assert "Đang nhận dạng chữ, trang 6 / 12" in html
    assert "41%" in html
    asked = desk.get("/documents/incoming/?since=1").content.decode()
    assert "hx-trigger" in asked
    run.work(started[0])
    done = desk.get("/documents/incoming/?since=1").content.decode()
    assert f'href="/documents/{Document.objects.get().pk}/"' in done
    assert "hx-trigger" not in done
    assert "quét.txt</a>" not in desk.get("/documents/").content.decode()


def test_files_are_read_one_after_another(desk: Client, ward: Organisation, started: list[Job]) -> None:
    first, second = send(desk), send(desk, "hai.txt", LONG + "Hết.".encode())
    assert [job.name for job in started] == ["quét.txt"]
    assert "Chờ đến lượt" in desk.get(second).content.decode()
    run.work(started[0])
    desk.get("/documents/")
    assert [job.name for job in started] == ["quét.txt", "hai.txt"]
    assert first != second


def test_the_same_file_is_not_read_twice_at_once(desk: Client, ward: Organisation) -> None:
    assert send(desk) == send(desk, "tên khác.txt")


def test_a_cancelled_file_leaves_nothing(desk: Client, ward: Organisation, started: list[Job]) -> None:
    address = send(desk)
    answer = desk.post(address, {"act": "cancel"}, follow=True).content.decode()
    assert "Đã bỏ “quét.txt”" in answer
    assert desk.get(address).status_code == 404
    assert desk.get(address, headers=HX)["HX-Redirect"] == "/documents/"
    with pytest.raises(jobs.Gone):
        run.work(started[0])
    assert not Document.objects.exists()
    assert list(jobs.spool().iterdir()) == []


def test_cancelling_ends_the_reading_at_the_next_page(
    desk: Client, ward: Organisation, started: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[int] = []

    def slowly(path: Path, progress: Progress) -> object:
        for page in range(9):
            progress("recognition", page, 9)
            pages.append(page)
            jobs.throw_away(started[0])
            time.sleep(run.SAVED / 4)
        return load(path)

    monkeypatch.setattr(run, "load", slowly)
    send(desk)
    with pytest.raises(jobs.Gone):
        run.work(started[0])
    assert 1 <= len(pages) < 9


def test_an_error_is_kept_until_it_is_read_and_the_file_is_not(
    desk: Client, ward: Organisation, started: list[Job]
) -> None:
    address = send(desk, "mật.txt", ("MẬT\n" + PAGE).encode())
    run.work(started[0])
    for page in (address, "/documents/"):
        html = desk.get(page).content.decode()
        assert "đóng dấu MẬT" in html
        assert "không đọc được" in html
    assert not started[0].file.exists()
    assert not Document.objects.exists()
    desk.post(address, {"act": "cancel"}, follow=True)
    assert "mật.txt" not in desk.get("/documents/").content.decode()


def test_a_job_whose_process_is_gone_has_stopped_and_is_read_again(
    desk: Client, ward: Organisation, started: list[Job]
) -> None:
    address = send(desk)
    run.telling(started[0])("recognition", 200, 300)
    fall_silent(started[0])
    for page in (address, "/documents/"):
        assert "bị dừng giữa chừng" in desk.get(page).content.decode()
    assert len(started) == 1
    html = desk.post(address, {"act": "again"}, follow=True).content.decode()
    assert "Đang mở tệp" in html
    run.work(started[1])
    assert Document.objects.count() == 1


def test_a_stopped_job_does_not_hold_up_the_next(desk: Client, ward: Organisation, started: list[Job]) -> None:
    send(desk)
    fall_silent(started[0])
    send(desk, "hai.txt", LONG + "Hết.".encode())
    assert [job.name for job in started] == ["quét.txt", "hai.txt"]


def test_an_inspector_starts_and_cancels_nothing(desk: Client, inspector: Client, ward: Organisation) -> None:
    address = send(desk)
    refused = inspector.post("/documents/add/", {"files": SimpleUploadedFile("khác.txt", LONG + b".")})
    assert refused.status_code == 422
    inspector.post(address, {"act": "cancel"})
    assert [job.name for job in jobs.every()] == ["quét.txt"]


@pytest.mark.parametrize("key", ["khong-co", "..", "a/b", ".an"])
def test_no_other_folder_is_reached(desk: Client, ward: Organisation, key: str) -> None:
    assert desk.get(f"/documents/incoming/{key}/").status_code == 404


def test_the_time_left_is_told_from_the_pages_that_are_through(ward: Organisation, tmp_path: Path) -> None:
    job = Job("k", "a.pdf", "", ward.pk, "thử", "office", None, "vi", state="reading", stage="recognition", total=300)
    job.done, job.began = 30, time.time() - 60
    assert view_of(job).left == "còn khoảng 9 phút"
    assert view_of(job).percent == 10
    job.done = 1
    assert view_of(job).left == ""


def test_a_process_of_its_own_says_what_is_wrong(
    ward: Organisation, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[Job]
) -> None:
    broken = tmp_path / "hỏng.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    job = jobs.put(broken, broken.name, ward.pk, Actor("thử"), "vi")
    monkeypatch.undo()
    settings.WORKSPACE = tmp_path
    began: list[subprocess.Popen[bytes]] = []
    monkeypatch.setattr(jobs, "_see_to_its_end", lambda process, key: began.append(process))
    jobs.start(job)
    ends = time.monotonic() + 60
    while not began and time.monotonic() < ends:
        time.sleep(0.05)
    began[0].wait(60)
    found = jobs.find(job.key)
    assert found is not None
    assert (found.state, "hỏng" in found.error) == ("failed", True), found.log.read_text()
