"""Documents as they came, what a reading proposes from them, and the questions it asks their owners."""

from typing import Any

import msgspec
from django.db import models

from nhiemky.register.models.places import Organisation, names
from nhiemky.values.kinds import DocumentKind
from nhiemky.values.places import Places
from nhiemky.values.tables import Table


class Document(models.Model):
    """A text (NFC) that spans point into; the same digest is kept once an organisation."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="documents", verbose_name="tổ chức")
    kind = models.CharField("loại", max_length=12, choices=names(DocumentKind), default=DocumentKind.PAGE.value)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("nơi ban hành", max_length=300, blank=True)
    abstract = models.CharField("trích yếu", max_length=600, blank=True)
    source_name = models.CharField("tên tệp", max_length=300)
    text = models.TextField("nội dung")
    sha256 = models.CharField("mã kiểm", max_length=64)
    reading = models.JSONField("kết quả đọc", default=dict)
    format = models.CharField("dạng tệp", max_length=8, default="text")
    places = models.JSONField("vị trí trong tệp", default=list)  # see values.places.Places.plain
    tables = models.JSONField("bảng trong tệp", default=list)  # see values.tables.Table
    table_roles = models.JSONField("vai trò cột do người xác nhận", default=dict)  # see register.annexes
    notes = models.JSONField("điều cần biết khi đọc tệp", default=list)
    added_by = models.CharField("người đưa vào", max_length=150)
    added_at = models.DateTimeField("lúc đưa vào")

    already_held = False  # set by services.add_document when the same text was there before

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ("-added_at", "-id")
        constraints = (models.UniqueConstraint(fields=("organisation", "sha256"), name="document_once"),)

    def __str__(self) -> str:
        return self.title

    @property
    def map(self) -> Places:
        """Where each stretch of the text stands in the file it came from."""
        return Places.from_plain(self.places)

    @property
    def grids(self) -> tuple[Table, ...]:
        """The tables of the file."""
        return tuple(msgspec.convert(table, Table) for table in self.tables)

    @property
    def title(self) -> str:
        """How people speak of it: number and abstract, else its headline, else the file's name."""
        said = ": ".join(part for part in (self.number, self.abstract) if part)
        return said or str(self.reading.get("title") or self.source_name)


class LinkKind(models.TextChoices):
    CONCRETISES = "concretises", "Cụ thể hóa"
    BASED_ON = "based_on", "Căn cứ"
    AMENDS = "amends", "Sửa đổi, bổ sung"
    REPLACES = "replaces", "Thay thế"
    REPORTS_ON = "reports_on", "Báo cáo về"


class DocumentLink(models.Model):
    """`document` does something to `to`: a resolution nothing concretises is a gap."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="links", verbose_name="văn bản")
    to = models.ForeignKey(Document, models.PROTECT, related_name="linked_from", verbose_name="văn bản được nhắc")
    kind = models.CharField("quan hệ", max_length=12, choices=LinkKind.choices)
    made_by = models.CharField("người ghi", max_length=150)
    made_at = models.DateTimeField("lúc ghi")

    class Meta:
        verbose_name = "liên kết văn bản"
        verbose_name_plural = "liên kết văn bản"
        constraints = (
            models.UniqueConstraint(fields=("document", "to", "kind"), name="document_link_once"),
            models.CheckConstraint(condition=~models.Q(document=models.F("to")), name="document_link_to_another"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.to}"


class ProposalState(models.TextChoices):
    PENDING = "pending", "Chờ quyết định"
    ACCEPTED = "accepted", "Đã nhận"
    REJECTED = "rejected", "Đã bỏ"


class Relation(models.TextChoices):
    NEW = "", "Mới"
    DUPLICATE = "duplicate", "Trùng"
    CONTRADICTION = "contradiction", "Mâu thuẫn"


class Proposal(models.Model):
    """One fact of a reading, waiting for a person. `history` holds the states before each step, for undo."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="proposals", verbose_name="văn bản")
    kind = models.CharField("loại", max_length=16)
    position = models.PositiveIntegerField("thứ tự")
    fact = models.JSONField("điều đọc được")
    span_start = models.PositiveIntegerField("từ ký tự")
    span_end = models.PositiveIntegerField("đến ký tự")
    confidence = models.FloatField("độ chắc chắn")
    suggested_target = models.ForeignKey(
        "register.Target", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="chỉ tiêu gợi ý"
    )
    suggestion_score = models.FloatField("độ khớp", default=0.0)
    relation = models.CharField("so với sổ", max_length=16, choices=Relation.choices, blank=True, default=Relation.NEW)
    relation_note = models.CharField("nói rõ", max_length=400, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=ProposalState.choices, default=ProposalState.PENDING)
    edited = models.JSONField("điều đã sửa", null=True, blank=True)
    reason = models.CharField("lý do", max_length=400, blank=True)
    decided_by = models.CharField("người quyết định", max_length=150, blank=True)
    decided_at = models.DateTimeField("lúc quyết định", null=True, blank=True)
    made_type = models.CharField("đã tạo loại", max_length=20, blank=True)
    made_id = models.BigIntegerField("đã tạo", null=True, blank=True)
    history = models.JSONField("các bước trước", default=list)

    class Meta:
        verbose_name = "đề xuất"
        verbose_name_plural = "đề xuất"
        ordering = ("span_start", "span_end", "id")
        constraints = (models.UniqueConstraint(fields=("document", "kind", "position"), name="proposal_once"),)

    def __str__(self) -> str:
        return self.title

    @property
    def current(self) -> dict[str, Any]:
        """The fact with the clerk's corrections."""
        return {**self.fact, **(self.edited or {})}

    @property
    def is_figure(self) -> bool:
        """Whether acceptance puts a figure into the register."""
        return self.kind in ("targets", "results")

    @property
    def title(self) -> str:
        """The words that name the fact in a list."""
        fact = self.current
        for key in ("indicator", "name", "number", "text", "organisation", "recipients"):
            if fact.get(key):
                return str(fact[key])
        return self.document.text[self.span_start : self.span_end]


class QuestionState(models.TextChoices):
    OPEN = "open", "Chưa trả lời"
    ANSWERED = "answered", "Đã trả lời"
    DISMISSED = "dismissed", "Bỏ qua"


class Question(models.Model):
    """What does not add up in a document, and who is to be asked."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="questions", verbose_name="văn bản")
    code = models.CharField("mã", max_length=40)
    message = models.TextField("điều chưa khớp")
    ask = models.TextField("hỏi ai", blank=True)
    span_start = models.PositiveIntegerField("từ ký tự")
    span_end = models.PositiveIntegerField("đến ký tự")
    state = models.CharField("trạng thái", max_length=10, choices=QuestionState.choices, default=QuestionState.OPEN)
    answer = models.TextField("trả lời", blank=True)
    decided_by = models.CharField("người ghi", max_length=150, blank=True)
    decided_at = models.DateTimeField("lúc ghi", null=True, blank=True)

    class Meta:
        verbose_name = "câu hỏi"
        verbose_name_plural = "câu hỏi"
        ordering = ("span_start", "id")

    def __str__(self) -> str:
        return self.message
