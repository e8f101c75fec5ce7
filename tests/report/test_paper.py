"""The paper itself: nothing in it that is not in the pack, and every part of the outline."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report import packs, refs

from nhiemky.report.midterm import midterm_paper
from nhiemky.report.pack import PackError
from nhiemky.report.paper import Figure, MidtermPaper, Paragraph, Quote, Sources, Table, Words, figures, lines, plain
from nhiemky.report.phrases import share_text
from nhiemky.values.canonical import sha256_of
from nhiemky.values.kinds import VerdictStatus


def text_of(paper: MidtermPaper) -> str:
    return "\n".join(plain(line) for line in lines(paper)).replace("\u00a0", " ")


@pytest.mark.parametrize("make", packs.ALL)
def test_every_figure_is_the_one_of_the_record_it_names(make: Any) -> None:
    pack = make()
    wrong = [figure for figure in figures(midterm_paper(pack)) if not refs.holds(pack, figure)]
    assert not wrong


@pytest.mark.parametrize("make", [make for make in packs.ALL if make is not packs.hostile])  # blanks for its signs
def test_template_words_hold_no_digit_and_quotes_stand_in_the_pack(make: Any) -> None:
    pack = make()
    held = str(pack) + sha256_of(pack)
    rules = {f"{row['verdict']['rule']} v{row['verdict']['version']}" for row in pack["rows"]}
    for line in lines(midterm_paper(pack)):
        for piece in line:
            if isinstance(piece, Words):
                assert not re.search(r"\d", piece.text), piece
            elif isinstance(piece, Quote) and piece.ref == "pack.rules":
                assert set(piece.text.split(", ")) <= rules | {"–"}
            elif isinstance(piece, Quote):
                assert piece.text.strip("“”") in held, piece


@pytest.mark.parametrize("make", packs.ALL)
def test_every_source_cited_is_listed_once_and_every_measured_figure_cites_one(make: Any) -> None:
    paper = midterm_paper(make())
    listed = [line.number for block in paper.annexes[-1].blocks if isinstance(block, Sources) for line in block.lines]
    assert listed == list(range(1, len(listed) + 1))
    cited = {figure.source for figure in figures(paper)} - {None}
    assert cited == set(listed)
    for figure in figures(paper):
        if figure.ref.startswith(("result:", "verdict:", "count")) and not figure.ref.endswith(".id"):
            assert figure.source or plain((figure,)) in {plain(origin) for origin in _source_dates(paper)}, figure


def _source_dates(paper: MidtermPaper) -> list[tuple[Figure]]:
    blocks = [block for annex in paper.annexes for block in annex.blocks if isinstance(block, Sources)]
    return [(piece,) for block in blocks for line in block.lines for piece in line.origin if isinstance(piece, Figure)]


value = st.floats(-50_000, 5_000_000, allow_nan=False).map(lambda number: round(number, 3))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(value, min_size=12, max_size=12),
    st.lists(st.sampled_from(sorted(VerdictStatus)), min_size=12, max_size=12),
    st.lists(st.none() | st.floats(0, 8).map(lambda share: round(share, 6)), min_size=12, max_size=12),
)
def test_no_figure_that_is_not_in_the_pack(
    values: list[float], statuses: list[str], shares: list[float | None]
) -> None:
    pack = packs.full()
    for row, number, status, share in zip(pack["rows"], values, statuses, shares, strict=True):
        row["verdict"] |= {"status": str(status), "share": share, "value": number}
        for result in row["results"][-1:]:
            result["value"] = number
        if row["verdict"]["forecast"]:
            row["verdict"]["forecast"] = {"low": number - 1, "mid": number, "high": number + 1.5}
    paper = midterm_paper(pack)
    assert not [figure for figure in figures(paper) if not refs.holds(pack, figure)]


def test_the_summary_counts_in_the_order_reviews_speak() -> None:
    text = text_of(midterm_paper(packs.full()))
    assert (
        "Đến ngày 30/06/2023, trong tổng số 12 chỉ tiêu của Nghị quyết có: 01 chỉ tiêu vượt; 03 chỉ tiêu đạt;" in text
    )
    assert "01 chỉ tiêu có nguy cơ không đạt; 01 chỉ tiêu không đạt" in text


def test_one_honest_sentence_a_target() -> None:
    text = text_of(midterm_paper(packs.full()))
    assert (
        "Tỷ lệ dân số tham gia bảo hiểm y tế: mục tiêu từ 93,5% trở lên hằng năm; kết quả 6 tháng đầu năm 2023 là "
        "94,1% (số ước, tính đến ngày 20/06/2023), bằng 100,6% mục tiêu. Đánh giá: Đã đạt. Năm nào cũng từ "
        "93,5% trở lên."
    ) in text
    assert "Kết nạp đảng viên: mục tiêu từ 12 đảng viên trở lên hằng năm; kết quả 6 tháng đầu năm 2023 là 5" in text
    assert "năm kém nhất: 9 đảng viên, bằng 75% mục tiêu. Đánh giá: Không đạt." in text
    assert "kết quả thực hiện: chưa có số liệu. Đánh giá: Chưa có số liệu." in text


def test_goals_are_said_as_prose_says_them() -> None:
    text = text_of(midterm_paper(packs.full()))
    for said in ("không quá 0,5% đến hết ngày 31/12/2025", "từ 8 đến 10 tuyến tính lũy kế cả nhiệm kỳ",
                 "theo lời văn Nghị quyết", "mức gốc năm 2020 là 3,36%"):  # fmt: skip
        assert said in text, said


def test_where_there_is_no_figure_the_paper_says_so() -> None:
    text = text_of(midterm_paper(packs.nothing()))
    assert "Về các chỉ tiêu của Nghị quyết: chưa có số liệu" in text
    assert "Không có câu hỏi nào đang chờ trả lời." in text
    assert "[Đơn vị viết: căn cứ" in text


@pytest.mark.parametrize("heading", [
    "Phần thứ nhất", "I. ĐẶC ĐIỂM TÌNH HÌNH", "II. CÔNG TÁC QUÁN TRIỆT, CỤ THỂ HÓA NGHỊ QUYẾT",
    "III. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU", "IV. KẾT QUẢ THEO LĨNH VỰC", "1. Kinh tế – đô thị – môi trường",
    "V. HẠN CHẾ, KHUYẾT ĐIỂM; NGUYÊN NHÂN; BÀI HỌC", "Phần thứ hai", "I. DỰ BÁO TÌNH HÌNH",
    "II. CHỈ TIÊU ĐIỀU CHỈNH, BỔ SUNG", "III. NHIỆM VỤ, GIẢI PHÁP", "IV. KIẾN NGHỊ, ĐỀ XUẤT",
    "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NGHỊ QUYẾT", "CÂU HỎI GỬI ĐƠN VỊ CHỦ TRÌ", "NGUỒN SỐ LIỆU",
])  # fmt: skip
def test_the_outline_is_whole(heading: str) -> None:
    assert heading in text_of(midterm_paper(packs.full())).split("\n")


def test_what_people_must_write_says_what_the_data_suggest() -> None:
    blocks = midterm_paper(packs.full()).body.blocks
    prompts = [plain(block.line) for block in blocks if isinstance(block, Paragraph) and block.style == "prompt"]
    assert all(text.startswith("[Đơn vị viết: ") and text.endswith("]") for text in prompts)
    limits = next(text for text in prompts if "hạn chế" in text)
    assert "“Kết nạp đảng viên”; “Tuyến hẻm được bê tông hóa”" in limits


def test_questions_ask_the_owner_with_the_sentence() -> None:
    text = text_of(midterm_paper(packs.full()))
    assert "1. Tổng 11 đảng viên nhưng 6 và 4 cộng lại là 10" in text
    assert "Câu trong văn bản: “Trong 6 tháng có 11 đảng viên chuyển sinh hoạt, trong đó" in text
    assert "Hỏi: Ban xây dựng Đảng: số chuyển đến, chuyển đi đúng là bao nhiêu?" in text


def test_adjusted_targets_get_an_annex_of_their_own() -> None:
    paper = midterm_paper(packs.adjusted())
    assert len(paper.annexes) == 4
    table = next(block for block in paper.annexes[1].blocks if isinstance(block, Table))
    told = [[plain(cell) for cell in row.cells[2:5]] for row in table.rows]
    assert told == [["≥\u00a025\n(hạn 31/12/2024)", "8–10\n(hạn 31/12/2025)", "Đã điều chỉnh: Nguy cơ không đạt"],
                    ["theo lời văn Nghị quyết", "–", "Thôi thực hiện"]]  # fmt: skip
    text = text_of(paper)
    assert "01 chỉ tiêu đã điều chỉnh (theo mức đang có hiệu lực: 01 có nguy cơ không đạt)" in text
    assert "Có nguy cơ không đạt: “Tuyến hẻm được bê tông hóa”." in text
    assert "từ ngày 30/06/2023 mỗi năm phải làm thêm 2" in text


def test_an_adjusted_target_of_an_old_pack_says_no_more_than_was_frozen() -> None:
    paper = midterm_paper(packs.adjusted_long_ago())
    table = next(block for block in paper.annexes[1].blocks if isinstance(block, Table))
    told = [[plain(cell) for cell in row.cells[2:5]] for row in table.rows]
    assert told == [["[Đơn vị viết]", "8–10", "Đã điều chỉnh"]]
    text = text_of(paper)
    assert "01 chỉ tiêu đã điều chỉnh" in text
    assert "theo mức đang có hiệu lực" not in text


def test_a_composition_is_told_by_its_parts() -> None:
    paper = midterm_paper(packs.composition())
    text = text_of(paper)
    assert "kết quả thực hiện: theo từng phần" in text
    assert "Cơ cấu hiện có: dịch vụ 49%, công nghiệp 43,2%, nông nghiệp 7,8%." in text
    table = next(block for block in paper.annexes[0].blocks if isinstance(block, Table))
    assert [plain(row.cells[7]) for row in table.rows if len(row.cells) > 7 and "Cơ cấu" in plain(row.cells[1])] == [
        "theo từng phần"
    ]


def test_numbering_runs_through_the_groups() -> None:
    table = next(block for block in midterm_paper(packs.full()).annexes[0].blocks if isinstance(block, Table))
    assert [plain(row.cells[0]) for row in table.rows if not row.group] == [str(number) for number in range(1, 13)]
    assert [plain(row.cells[0])[:4].split(".")[0] for row in table.rows if row.group] == ["I", "II", "III", "IV"]


def test_a_miss_is_never_rounded_up_to_the_whole() -> None:
    assert share_text(1.0) == "100%"
    assert share_text(0.99961) == "99,96%"
    assert share_text(1.0004) == "100,04%"


def test_letterhead_leaves_number_and_day_blank() -> None:
    paper = midterm_paper(packs.full())
    head = paper.letterhead
    assert (head.upper, head.issuer) == ("ĐẢNG BỘ THÀNH PHỐ SÔNG MÂY", "ĐẢNG ỦY PHƯỜNG AN BÌNH")
    assert re.fullmatch(r"Số\s+-BC/ĐU", head.number)
    assert head.place == "An Bình"
    assert re.fullmatch(r"ngày\s+tháng\s+năm 2023", plain(head.date))
    assert (paper.signature.authority, paper.signature.position) == ("T/M BAN CHẤP HÀNH", "BÍ THƯ")


def test_a_pack_that_lacks_something_names_it() -> None:
    pack = packs.full()
    del pack["rows"][0]["target"]["deadline"]
    with pytest.raises(PackError, match="deadline"):
        midterm_paper(pack)


def test_only_the_midterm_has_a_paper_yet() -> None:
    with pytest.raises(PackError, match="halfyear"):
        midterm_paper(packs.full() | {"kind": "halfyear"})


@pytest.mark.parametrize("said", [
    "Văn bản số 21-NQ/TU, ngày 31/12/2020 của Thành ủy Sông Mây: cải tạo, nâng cấp hạ tầng khu dân cư [",
    "Trong 12 chỉ tiêu có 03 chỉ tiêu đạt [",
    "Đảng bộ phường An Bình năm 2022 được xếp loại hoàn thành tốt nhiệm vụ [",
    "Khen thưởng 05 tập thể [",
    "Rà soát 14 chi bộ trực thuộc (thời hạn: 30/09/2023) [",
])  # fmt: skip
def test_what_was_confirmed_is_told_with_its_source(said: str) -> None:
    text = text_of(midterm_paper(packs.confirmed()))
    assert text.count(said) == 1


@pytest.mark.parametrize("said", [
    "kết quả cộng dồn từ đầu nhiệm kỳ là 21 đảng viên (số chính thức, tính đến ngày 20/06/2023), kế hoạch 15 đảng viên",
    "là 93–95% (số ước",
    "là 790,2% (số chính thức, tính đến ngày 20/06/2023), theo nguồn đạt 790,2% kế hoạch",
])  # fmt: skip
def test_results_are_told_as_their_source_means_them(said: str) -> None:
    assert said in text_of(midterm_paper(packs.odd_results()))


def test_what_nobody_decided_is_counted_not_used() -> None:
    text = text_of(midterm_paper(packs.odd_results()))
    assert "Ngoài ra còn 19 đề xuất đọc từ văn bản chưa được ai quyết định" in text
    assert "lũy kế\n3\n(31/12/2022)" in text


def test_money_is_written_in_the_size_of_its_goal() -> None:
    text = text_of(midterm_paper(packs.full()))
    assert "mục tiêu từ 32,5 tỷ đồng trở lên hằng năm" in text
    assert "mục tiêu từ 86,4 triệu đồng/người/năm trở lên" in text
    assert "ước đến cuối nhiệm kỳ 38,41 tỷ đồng" in text


@pytest.mark.parametrize(("path", "value", "said"), [
    (("rows", 0, "target", "direction"), "sideways", "direction"),
    (("rows", 0, "verdict", "status"), "splendid", "status"),
    (("rows", 0, "results", 0, "period"), "2021-H3", "2021-H3"),
    (("term",), "2020", "nhiệm kỳ"),
    (("as_of",), None, "as_of"),
])  # fmt: skip
def test_a_pack_with_a_wrong_value_names_it(path: tuple[Any, ...], value: Any, said: str) -> None:
    pack: Any = packs.full()
    holder = pack
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    with pytest.raises(PackError, match=said):
        midterm_paper(pack)


def test_without_a_parent_the_letterhead_asks_for_it() -> None:
    assert midterm_paper(packs.hostile()).letterhead.upper == "[CẤP ỦY CẤP TRÊN]"


def test_later_keys_in_a_pack_do_no_harm() -> None:
    assert midterm_paper(packs.full() | {"later": 1}).title == "BÁO CÁO"


def test_a_news_page_is_no_basis_of_a_report() -> None:
    pack = packs.one_target()
    page = {**pack["resolution"], "kind": "page", "number": ""}
    said = text_of(midterm_paper(pack | {"resolution": page}))
    assert "Căn cứ Trang tin" not in said
    assert "trong sổ mới có trang tin" in said
    assert "Chỉ tiêu ghi theo" in said


def test_what_was_corrected_since_the_last_review_is_told_with_both_figures_and_why() -> None:
    text = text_of(midterm_paper(packs.corrected()))
    assert "So với báo cáo đã duyệt, chốt ngày 31/12/2022, số liệu sau đây đã được sửa:" in text
    assert (
        "“Tổng thu ngân sách nhà nước trên địa bàn”, năm 2022: đã nêu 36,47 tỷ đồng, nay là 36,74 tỷ đồng; "
        "lý do: cộng thiếu một khoản thu (sửa ngày 03/04/2023)." in text
    )
    assert "đã nêu 94,45% (ước), nay là 94,54%; lý do" in text
    assert "Bản ghi số 902 trong sổ, được thay bằng bản ghi số" in text
    assert "đã được sửa" not in text_of(midterm_paper(packs.full()))
