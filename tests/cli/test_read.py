"""`nhiemky read` as it is typed: what it prints, one line a fault, the exit code; it needs no workspace."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from nhiemky.cli.readings import FIELDS, LISTS, WORDS
from nhiemky.reading import facts
from nhiemky.reading.facts import Reading
from nhiemky.reading.read import WHY

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "pages"
Run = Callable[..., subprocess.CompletedProcess[str]]
PAGE = (
    "Phường Mai Khảo sơ kết giữa nhiệm kỳ\n"
    "Sáng ngày 12/7/2023, Đảng ủy phường Mai Khảo tổ chức hội nghị. "
    "Đồng chí Giáp Thị Uyên, Bí thư Đảng ủy phường chủ trì.\n"
    "Tỷ lệ hộ gia đình văn hóa đạt 95,2%. Phấn đấu đến năm 2025, tỷ lệ bao phủ BHYT đạt từ 94% trở lên.\n"
    "Tổng thu ngân sách 6 tháng đầu năm 2023 ước đạt trên 31 tỷ 250 triệu đồng, đạt 745,8% dự toán.\n"
)
# the keys of a reading and of each of its facts, as the contract of readings names them
KEYS = {
    "source", "sha256", "title", "text_length", "genre", "published_at", "views", "visitors", "byline", "credit",
    "host", "event", "term", "congresses", "citations", "people", "targets", "results", "scoreboards", "tasks",
    "ratings", "commendations", "milestones", "warnings",
}  # fmt: skip
FACT_KEYS = {
    "congresses": {"level", "ordinal", "term"},
    "citations": {"number", "kind", "date", "issuer", "subject"},
    "people": {"name", "roles"},
    "targets": {"indicator", "direction", "low", "high", "unit", "per", "by", "baseline"},
    "results": {"indicator", "value", "high", "unit", "qualifier", "period", "planned", "ratio"},
    "scoreboards": {"term", "total", "achieved", "exceeded", "early", "expected", "tasks", "breakthroughs"},
    "tasks": {"text", "by"},
    "ratings": {"organisation", "year", "level"},
    "commendations": {"count", "recipients", "reason"},
    "milestones": {"years", "from", "to"},
    "warnings": {"code", "message"},
}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*words: str | Path, columns: int = 200) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "nhiemky.cli.main", "read", *map(str, words)]
        chosen = {"PYTHONUTF8": "1", "COLUMNS": str(columns), "NHIEMKY_WORKSPACE": str(tmp_path / "không có sổ")}
        return subprocess.run(
            command, capture_output=True, text=True, env=os.environ | chosen, cwd=tmp_path, check=False, timeout=60
        )

    return call


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "tốt.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> list[Path]:
    """One of each kind of file that cannot be read."""
    contents = {
        "rỗng.txt": b"", "nhị phân.txt": bytes(range(256)) * 9, "bản.pdf": b"%PDF-1.7\n", "đổi tên.txt": b"%PDF-1.7\n",
        "bảng.csv": PAGE.encode(),
        "english.txt": b"The committee met on Monday to review the results of its plan. " * 5,
        "trống.html": b"<html><body><script>1</script></body></html>",
    }  # fmt: skip
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    with (tmp_path / "lớn.txt").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    return [tmp_path / name for name in (*contents, "lớn.txt", "không có.txt")]


def lines_of(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_bad_files_are_told_one_line_each_and_the_others_are_read(run: Run, good: Path, bad: list[Path]) -> None:
    half = len(bad) // 2
    other = SAMPLES / "cam-uyen.txt"
    done = run(*bad[:half], good, *bad[half:], other, "--format", "jsonl")
    assert done.returncode == 1
    assert [Path(reading["source"]) for reading in lines_of(done)] == [good, other]
    told = done.stderr.splitlines()
    assert len(told) == len(bad)
    for path, line in zip(bad, told, strict=True):
        assert line.startswith("nhiemky: ")
        assert path.name in line
        assert "Hãy" in line


def test_only_bad_files_give_nothing_on_stdout(run: Run, bad: list[Path]) -> None:
    done = run(*bad[:2])
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 2)


def test_good_files_leave_with_0_and_no_word_on_stderr(run: Run, good: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    done = run(good, "--format", "jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(tmp_path.iterdir()) == before  # no workspace, no file


def test_each_line_is_a_reading_with_the_keys_of_the_contract(run: Run) -> None:
    done = run(*sorted(SAMPLES.iterdir()), "--format", "jsonl")
    assert done.returncode == 0
    readings = lines_of(done)
    assert len(readings) == 5
    for reading in readings:
        assert set(reading) == KEYS
        assert len(reading["sha256"]) == 64
        for name, keys in FACT_KEYS.items():
            for fact in reading[name]:
                assert (
                    keys | {"span", "confidence"} <= set(fact) <= keys | {"span", "confidence", "rule", "ask", "place"}
                )
                assert 0 <= fact["span"][0] < fact["span"][1] <= reading["text_length"]
    assert all(any(reading[name] for reading in readings) for name in ("targets", "results", "people", "warnings"))


def test_json_keeps_vietnamese_letters_and_plain_numbers(run: Run, good: Path) -> None:
    done = run(good, "--format", "jsonl")
    assert "Giáp Thị Uyên" in done.stdout
    (reading,) = lines_of(done)
    assert reading["host"]["unit"] == "phường Mai Khảo"
    assert reading["event"]["date"] == "2023-07-12"
    budget = next(result for result in reading["results"] if result["unit"] == "đồng")
    assert (budget["value"], budget["ratio"], budget["period"]) == (31_250_000_000, 745.8, "2023-H1")


def test_the_table_speaks_vietnamese(run: Run, good: Path) -> None:
    done = run(good, columns=400)
    assert done.returncode == 0
    for said in (
        "Sơ kết giữa nhiệm kỳ · phường Mai Khảo · 12/07/2023", "Chỉ tiêu (1)", "Kết quả (2)", "Cần hỏi lại (1)",
        "Người phát biểu, chủ trì (1)", "họ tên: Giáp Thị Uyên", "số liệu: 31.250.000.000", "hướng: ít nhất",
        "số liệu: 95,2", "kỳ: 6 tháng đầu năm 2023", "loại: tỷ lệ bất thường", "câu chữ",
        "Tỷ lệ hộ gia đình văn hóa đạt 95,2%",
    ):  # fmt: skip
        assert said in done.stdout, said
    for english in ("indicator", "value:", "midterm_review", "at_least", "implausible"):
        assert english not in done.stdout


@pytest.mark.parametrize("columns", [40, 80])
def test_a_narrow_table_loses_no_word(run: Run, good: Path, columns: int) -> None:
    done = run(good, columns=columns)
    assert done.returncode == 0
    assert str(good) in done.stdout
    assert "745,8" in done.stdout
    assert "…" not in done.stdout


def test_explain_names_rule_words_and_reason_of_each_fact(run: Run, good: Path) -> None:
    done = run(good, "--explain")
    assert done.returncode == 0
    (reading,) = lines_of(run(good, "--format", "jsonl"))
    shown = [fact for name in LISTS for fact in reading[name]]
    assert done.stdout.count("tin cậy") == len(shown)
    for fact in shown:
        start, end = fact["span"]
        assert f"[{start}:{end}] “{' '.join(PAGE[start:end].split())}”" in done.stdout
        assert f"{fact['rule']} · tin cậy {fact['confidence']:.2f} · {WHY[fact['rule']]}" in done.stdout
    assert "Kết quả: chỉ số: tỷ lệ hộ gia đình văn hóa; số liệu: 95,2; đơn vị: %" in done.stdout


def test_explain_in_json_stays_json(run: Run, good: Path) -> None:
    (reading,) = lines_of(run(good, "--explain", "--format", "jsonl"))
    rules = {fact["rule"] for name in LISTS for fact in reading[name]}
    assert reading.pop("why") == {rule: WHY[rule] for rule in rules}
    assert set(reading) == KEYS


def test_a_folder_stands_for_its_files_in_order(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "trang"
    (folder / "trong").mkdir(parents=True)
    for name in ("b.txt", "a.html", "C.TXT", "trong/d.htm"):
        (folder / name).write_text(
            f"<html><body><p>{PAGE}</p></body></html>" if "htm" in name else PAGE, encoding="utf-8"
        )
    for left_out in ("ghi chú.zip", "~$a.docx", ".ẩn.txt"):
        (folder / left_out).write_bytes(b"PK\x03\x04")
    done = run(folder, "--format", "jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    read = [Path(reading["source"]).relative_to(folder).as_posix() for reading in lines_of(done)]
    assert read == sorted(read)
    assert set(read) == {"C.TXT", "a.html", "b.txt", "trong/d.htm"}


def test_a_bad_file_in_a_folder_is_told_and_the_others_read(run: Run, good: Path) -> None:
    (good.parent / "a rỗng.txt").write_bytes(b"")
    done = run(good.parent, "--format", "jsonl")
    assert (done.returncode, len(lines_of(done)), done.stderr.count("\n")) == (1, 1, 1)
    assert "a rỗng.txt" in done.stderr


def test_a_folder_without_pages_is_told(run: Run, tmp_path: Path, good: Path) -> None:
    (tmp_path / "trống").mkdir()
    done = run(tmp_path / "trống", good, "--format", "jsonl")
    assert (done.returncode, len(lines_of(done)), done.stderr.count("\n")) == (1, 1, 1)
    assert "trống: thư mục không có tệp nào đọc được" in done.stderr


def three(folder: Path) -> Path:
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(PAGE, encoding="utf-8")
    return folder


def kept(path: Path) -> list[str]:
    return [Path(json.loads(line)["source"]).name for line in path.read_text(encoding="utf-8").splitlines()]


def test_readings_are_kept_in_a_file_with_a_summary(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "kết quả" / "đọc.jsonl"
    done = run(three(tmp_path / "trang"), "--out", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert kept(out) == ["a.txt", "b.txt", "c.txt"]
    assert "đọc 3 tệp" in done.stderr
    assert "chỉ tiêu 3, kết quả 6" in done.stderr


def test_a_run_goes_on_where_it_stopped(run: Run, tmp_path: Path) -> None:
    folder, out = three(tmp_path / "trang"), tmp_path / "đọc.jsonl"
    run(folder, "--out", out)
    whole = out.read_bytes()
    first = whole.index(b"\n") + 1
    out.write_bytes(whole[: first + 40])  # stopped while the second reading was written
    done = run(folder, "--out", out)
    assert done.returncode == 0
    assert out.read_bytes() == whole
    assert "đọc 2 tệp" in done.stderr
    assert "1 tệp đã đọc lần trước" in done.stderr


def test_what_failed_is_tried_again_and_told(run: Run, tmp_path: Path) -> None:
    folder, out = three(tmp_path / "trang"), tmp_path / "đọc.jsonl"
    (folder / "b.txt").write_bytes(b"")
    done = run(folder, "--out", out)
    assert done.returncode == 1
    assert "b.txt: tệp rỗng" in done.stderr
    assert "1 tệp không đọc được" in done.stderr
    (folder / "b.txt").write_text(PAGE, encoding="utf-8")
    assert run(folder, "--out", out).returncode == 0
    assert kept(out) == ["a.txt", "c.txt", "b.txt"]


def test_a_file_of_something_else_is_not_written_to(run: Run, tmp_path: Path, good: Path) -> None:
    out = tmp_path / "báo cáo.txt"
    out.write_text("Không phải JSON\n", encoding="utf-8")
    done = run(good, "--out", out)
    assert (done.returncode, done.stdout) == (1, "")
    assert "dòng 1 không phải một bản đọc" in done.stderr
    assert out.read_text(encoding="utf-8") == "Không phải JSON\n"


def test_brackets_of_a_page_and_of_a_name_are_shown_as_they_are(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "[bold]trang[red].txt"
    path.write_text(
        "Đồng chí Bí thư yêu cầu các chi bộ tăng cường [/b] kiểm tra [red]giám sát[/red].", encoding="utf-8"
    )
    for words in ((path,), (path, "--explain")):
        done = run(*words)
        assert (done.returncode, done.stderr) == (0, "")
        assert "[bold]trang[red].txt" in done.stdout
        assert "[/b] kiểm tra [red]giám sát[/red]" in done.stdout


@pytest.mark.parametrize("words", [(), ("trang.txt", "--format", "xml"), ("trang.txt", "--nope")])
def test_a_wrong_call_is_told_how_to_call(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage" in done.stderr


def test_every_field_and_coded_word_has_a_vietnamese_name() -> None:
    fields: set[str] = set()
    for struct in msgspec.structs.fields(Reading):
        if struct.name in LISTS:
            fields |= {f.encode_name for f in msgspec.structs.fields(get_args(struct.type)[0])}
    assert fields - {"span", "confidence", "rule"} == set(FIELDS)
    coded = (facts.Direction, facts.Qualifier, facts.Level, facts.RatingLevel, facts.WarningCode)
    assert {word for literal in coded for word in get_args(literal)} | {"year"} == set(WORDS)


def test_what_a_source_notes_and_where_a_fact_stands_is_told(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "trang.html"
    page.write_text(
        f"<html><body><p>Phường Mai Khảo</p>{''.join(f'<p>{line}</p>' for line in PAGE.splitlines())}</body></html>",
        encoding="utf-8",
    )
    (reading,) = lines_of(run(page, "--format", "jsonl"))
    assert all(result["place"]["paragraph"] > 1 for result in reading["results"])
    assert "· đoạn" in run(page, "--explain").stdout
