"""Sample wards: every figure with its quote; a quote that is not in its document is an error and nothing is kept."""

import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.register.builders import PAGE, Page, full_reading

from nhiemky.register import selectors
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Document, Organisation, Result, Target
from nhiemky.register.samples import load_samples
from nhiemky.sources import Loaded

WARD: dict[str, Any] = {
    "organisation": {
        "name": "Đảng bộ phường Mộc Lan",
        "kind": "party_committee",
        "level": "commune",
        "place": "Mộc Lan",
    },
    "parent": {
        "name": "Đảng bộ thành phố Sông Mây",
        "kind": "party_committee",
        "level": "district",
        "place": "Sông Mây",
    },
    "term": "2020-2025",
    "documents": {"nq": {"path": "nq.txt", "kind": "resolution", "number": "01-NQ/ĐH"}},
}
REVENUE: dict[str, Any] = {
    "number": 1, "name": "Thu ngân sách", "direction": "at_least", "low": 30, "unit": "tỷ đồng", "meaning": "each_year",
    "clause": {"document": "nq", "quote": "Thu ngân sách đạt 31,2 tỷ đồng"},
}  # fmt: skip


def _load(path: Path) -> Loaded:
    text = path.read_text("utf-8")
    return Loaded(text, path.name, hashlib.sha256(text.encode()).hexdigest(), "text")


def _try(folder: Path, target: dict[str, Any]) -> list[str]:
    ward = folder / "moc-lan"
    ward.mkdir(exist_ok=True)
    (ward / "nq.txt").write_text(PAGE, "utf-8")
    (ward / "board.yaml").write_text(yaml.safe_dump({**WARD, "targets": [target]}, allow_unicode=True), "utf-8")
    return list(load_samples(folder, _load, lambda text, _: full_reading(Page(text))))


def test_a_ward_is_loaded_once(tmp_path: Path) -> None:
    results = [{"period": "2022", "value": 31.2, "unit": "tỷ đồng", "document": "nq", "quote": "31,2 tỷ đồng"}]
    assert "1 chỉ tiêu" in _try(tmp_path, {**REVENUE, "results": results})[0]
    assert "đã có" in _try(tmp_path, REVENUE)[0]
    held = Target.objects.get()
    assert held.clause == "Thu ngân sách đạt 31,2 tỷ đồng"
    assert held.document == Document.objects.get()
    reached = Result.objects.get()
    assert (reached.value, reached.state) == (Decimal(31_200_000_000), "approved")
    assert reached.organisation.parent == Organisation.objects.get(name="Đảng bộ thành phố Sông Mây")
    assert selectors.organisation_named("Đảng bộ phường Mộc Lan") == reached.organisation


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"clause": {"document": "nq", "quote": "không có câu này"}}, "0 lần"),
        ({"clause": {"document": "nq", "quote": "ph"}}, "cần đúng một"),
        ({"clause": {"document": "khác", "quote": "Thu"}}, "khác"),
        ({"low": "30 tỷ"}, "chỉ tiêu 1"),
        ({"results": [{"period": "2019", "value": 1}]}, "kết quả 2019"),
    ],
)
def test_a_wrong_sample_is_named_and_nothing_of_it_is_kept(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    with pytest.raises(ServiceError, match=says):
        _try(tmp_path, {**REVENUE, **change})
    assert Organisation.objects.count() == Document.objects.count() == Target.objects.count() == 0
