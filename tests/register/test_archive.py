"""A register as one file: what goes out comes in, row for row; a file that is not whole is refused, and why."""

import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from nhiemky.register import archive, events, services
from nhiemky.register.actors import Actor
from nhiemky.register.archive import ArchiveError
from nhiemky.register.models import Organisation, Result, Target

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE, ADMIN = Actor("thử", "office"), Actor("thử", "admin")


@pytest.fixture
def held() -> Target:
    """A ward with a target of money, a path, and two figures of which the later took the place of the former."""
    services.add_user("vanphong", "office", ADMIN)
    ward = services.add_organisation("Đảng bộ phường Bình Lâm", "party_committee", "commune", "phường Bình Lâm", ADMIN)
    made = services.add_target(
        ward, OFFICE, term="2020-2025", name="Thu ngân sách", unit="tỷ đồng", direction="at_least", low="30,5",
        meaning="each_year",
    )  # fmt: skip
    services.add_path(made.pk, OFFICE, {2021: "28", 2022: "29,25"})
    for value in ("31,2", "31,4"):
        services.add_result(made.pk, OFFICE, period="2022", value=value, unit="tỷ đồng", approved=True)
    return made


def rows(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist() if name.endswith(".jsonl")}


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    to = path.with_name("khac.nhiemky")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return to


def test_what_goes_out_comes_in_row_for_row(tmp_path: Path, held: Target) -> None:
    first = archive.write(tmp_path / "so.nhiemky")
    assert (first.rows["register_target"], first.rows["register_result"], first.rows["auth_user"]) == (1, 2, 1)
    call_command("flush", interactive=False, verbosity=0)

    taken = archive.read(tmp_path / "so.nhiemky")
    assert taken.digest == first.digest
    assert str(Result.objects.get(supersedes__isnull=False).value.normalize()) == "3.14E+10"
    assert events.verify() is None
    archive.write(tmp_path / "again.nhiemky")
    assert rows(tmp_path / "again.nhiemky") == rows(tmp_path / "so.nhiemky")
    # what is added next gets a number of its own
    after = services.add_organisation("Đảng bộ xã An Phước", "party_committee", "commune", "xã An Phước", ADMIN)
    assert Organisation.objects.count() == 2
    assert after.pk > held.organisation_id


def test_a_register_with_rows_is_never_overwritten(tmp_path: Path, held: Target) -> None:
    archive.write(tmp_path / "so.nhiemky")
    with pytest.raises(ArchiveError, match=r"đã có dữ liệu .*Hãy khôi phục vào một thư mục làm việc mới"):
        archive.read(tmp_path / "so.nhiemky")
    assert Target.objects.get().pk == held.pk


def test_a_changed_row_is_found_before_anything_is_taken_in(tmp_path: Path, held: Target) -> None:
    archive.write(tmp_path / "so.nhiemky")
    call_command("flush", interactive=False, verbosity=0)
    changed = rewritten(
        tmp_path / "so.nhiemky",
        lambda name, data: data.replace(b"31400000000", b"99900000000") if "result" in name else data,
    )
    with pytest.raises(ArchiveError, match="phần register_result không khớp mã kiểm"):
        archive.read(changed)
    assert not Organisation.objects.exists()


def test_a_row_missing_from_the_log_takes_everything_back(tmp_path: Path, held: Target) -> None:
    """Even where every digest in the file was made to fit."""
    import hashlib

    archive.write(tmp_path / "so.nhiemky")
    call_command("flush", interactive=False, verbosity=0)
    lines = rows(tmp_path / "so.nhiemky")["register_event.jsonl"].splitlines(keepends=True)
    cut = b"".join(lines[:2] + lines[3:])

    def change(name: str, data: bytes) -> bytes:
        if name == "register_event.jsonl":
            return cut
        if name != "manifest.json":
            return data
        manifest = json.loads(data)
        for table in manifest["tables"]:
            if table["name"] == "register_event":
                table["sha256"], table["rows"] = hashlib.sha256(cut).hexdigest(), len(lines) - 1
        return json.dumps(manifest).encode()

    with pytest.raises(ArchiveError, match="Nhật ký trong tệp sai từ dòng 3; không nhận gì"):
        archive.read(rewritten(tmp_path / "so.nhiemky", change))
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", "không phải tệp nén".encode()])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "la.nhiemky").write_bytes(content)
    with pytest.raises(ArchiveError, match=r"la\.nhiemky không phải tệp sao lưu của nhiemky"):
        archive.read(tmp_path / "la.nhiemky")


def test_a_file_cut_short_is_refused(tmp_path: Path, held: Target) -> None:
    archive.write(tmp_path / "so.nhiemky")
    whole = (tmp_path / "so.nhiemky").read_bytes()
    (tmp_path / "cut.nhiemky").write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(ArchiveError, match="đã hỏng"):
        archive.check(tmp_path / "cut.nhiemky")


def test_versions(tmp_path: Path, held: Target) -> None:
    archive.write(tmp_path / "so.nhiemky")
    call_command("flush", interactive=False, verbosity=0)

    def of_version(said: str) -> Callable[[str, bytes], bytes]:
        def change(name: str, data: bytes) -> bytes:
            return json.dumps(json.loads(data) | {"version": said}).encode() if name == "manifest.json" else data

        return change

    with pytest.raises(ArchiveError, match=r"do bản nhiemky mới hơn ghi \(9999_to_come"):
        archive.read(rewritten(tmp_path / "so.nhiemky", of_version("9999_to_come")))


def test_a_disk_that_is_full_leaves_the_older_file(
    tmp_path: Path, held: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "so.nhiemky"
    archive.write(path)
    before = path.read_bytes()

    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nhiemky.register.archive.writing.values_of", full)
    with pytest.raises(OSError, match="No space left"):
        archive.write(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["so.nhiemky"]


def test_a_file_damaged_anywhere_is_refused_in_words(held: Target, tmp_path: Path) -> None:
    """Bytes changed, or the file cut, at any place: ArchiveError, or the very same content."""
    made = archive.write(tmp_path / "so.nhiemky")
    whole, damaged, chance = (tmp_path / "so.nhiemky").read_bytes(), tmp_path / "hong.nhiemky", random.Random(7)
    said = []
    for turn in range(300):
        piece = bytearray(whole)
        for _place in range(chance.choice((1, 2, 8))):
            piece[chance.randrange(len(piece))] = chance.randrange(256)
        damaged.write_bytes(piece if turn % 4 else whole[: chance.randrange(len(whole))])
        try:
            said.append(archive.check(damaged).digest)
        except ArchiveError as error:
            said.append(str(error))
    assert all(one == made.digest or "hong.nhiemky" in one for one in said)
    assert said.count(made.digest) < 150
