"""What was reached: results with their sentence, the submissions that bring them, the periods that are closed."""

from django.db import models

from nhiemky.register.models.documents import Document
from nhiemky.register.models.places import Organisation, names
from nhiemky.register.models.targets import Indicator, Target
from nhiemky.values.kinds import ResultKind


class ResultState(models.TextChoices):
    PROPOSED = "proposed", "Đề nghị"
    SUBMITTED = "submitted", "Đã gửi"
    APPROVED = "approved", "Đã duyệt"
    RETURNED = "returned", "Trả lại"


class SubmissionState(models.TextChoices):
    DRAFT = "draft", "Đang nhập"
    SUBMITTED = "submitted", "Đã gửi"
    APPROVED = "approved", "Đã duyệt"
    RETURNED = "returned", "Trả lại"


# Few of all results: what waits, drafts, what was returned. SQLite uses the index where a query has these very words.
NOT_APPROVED = ~models.Q(state="approved")


def _has(column: str) -> models.Q:
    return models.Q(**{f"{column}__isnull": False})


class Submission(models.Model):
    """The figures a body reports for one period, entered, submitted and decided on together."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="submissions", verbose_name="tổ chức")
    period = models.CharField("kỳ", max_length=8)
    term = models.CharField("nhiệm kỳ", max_length=9)
    state = models.CharField("trạng thái", max_length=9, choices=SubmissionState.choices, default=SubmissionState.DRAFT)
    note = models.CharField("ghi chú", max_length=600, blank=True)
    evidence = models.ManyToManyField(Document, related_name="+", blank=True, verbose_name="minh chứng")
    entered_by = models.CharField("người nhập", max_length=150)
    entered_at = models.DateTimeField("lúc nhập")
    submitted_by = models.CharField("người gửi", max_length=150, blank=True)
    submitted_at = models.DateTimeField("lúc gửi", null=True, blank=True)
    decided_by = models.CharField("người quyết định", max_length=150, blank=True)
    decided_at = models.DateTimeField("lúc quyết định", null=True, blank=True)
    reason = models.CharField("lý do trả lại", max_length=600, blank=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        verbose_name = "lần báo số"
        verbose_name_plural = "lần báo số"
        ordering = ("-period", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "period", "term"),
                condition=~models.Q(state="approved"),
                name="submission_open_once",
            ),
        )
        indexes = (
            models.Index(fields=("organisation",), name="submission_waiting", condition=models.Q(state="submitted")),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.period}"


class PeriodLock(models.Model):
    """A period closed to new figures of an organisation, and perhaps opened again; each closing is a row."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="locks", verbose_name="tổ chức")
    period = models.CharField("kỳ", max_length=8)
    locked_by = models.CharField("người khóa", max_length=150)
    locked_at = models.DateTimeField("lúc khóa")
    reason = models.CharField("lý do khóa", max_length=600)
    reopened_by = models.CharField("người mở lại", max_length=150, blank=True)
    reopened_at = models.DateTimeField("lúc mở lại", null=True, blank=True)
    reopen_reason = models.CharField("lý do mở lại", max_length=600, blank=True)

    class Meta:
        verbose_name = "kỳ đã khóa"
        verbose_name_plural = "kỳ đã khóa"
        ordering = ("-period", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "period"), condition=models.Q(reopened_at=None), name="period_locked_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.period}"


class Result(models.Model):
    """A figure reached in a period, with the sentence that says so; a later figure supersedes, never overwrites."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="results", verbose_name="tổ chức", db_index=False
    )
    target = models.ForeignKey(
        Target,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="results",
        verbose_name="chỉ tiêu",
        db_index=False,
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="results", verbose_name="chỉ số", db_index=False
    )
    period = models.CharField("kỳ", max_length=8)
    value = models.DecimalField("giá trị", max_digits=24, decimal_places=6)
    high = models.DecimalField("đến giá trị", max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField("đơn vị tính", max_length=60, blank=True)
    qualifier = models.CharField("mức độ", max_length=6, blank=True)
    ratio = models.DecimalField("% so với kế hoạch", max_digits=14, decimal_places=4, null=True, blank=True)
    planned = models.DecimalField("kế hoạch", max_digits=24, decimal_places=6, null=True, blank=True)
    running_total = models.BooleanField("cộng dồn từ đầu nhiệm kỳ", default=False)
    kind = models.CharField("loại số", max_length=8, choices=names(ResultKind), default=ResultKind.OFFICIAL.value)
    as_of = models.DateField("tính đến ngày")
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="results",
        verbose_name="văn bản",
        db_index=False,
    )
    span_start = models.PositiveIntegerField("từ ký tự", null=True, blank=True)
    span_end = models.PositiveIntegerField("đến ký tự", null=True, blank=True)
    cell = models.CharField("ô trong bảng", max_length=60, blank=True)
    submission = models.ForeignKey(
        Submission,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="results",
        verbose_name="lần báo số",
        db_index=False,
    )
    note = models.CharField("ghi chú", max_length=600, blank=True)
    state = models.CharField("trạng thái", max_length=9, choices=ResultState.choices, default=ResultState.PROPOSED)
    decided_by = models.CharField("người quyết định", max_length=150, blank=True)
    decided_at = models.DateTimeField("lúc quyết định", null=True, blank=True)
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name="thay cho",
        db_index=False,
    )
    added_by = models.CharField("người đưa vào", max_length=150)
    added_at = models.DateTimeField("lúc đưa vào")

    class Meta:
        verbose_name = "kết quả"
        verbose_name_plural = "kết quả"
        ordering = ("period", "id")
        # A nation holds twenty million of these: an index on what is mostly empty covers the rows that have it.
        indexes = (
            models.Index(fields=("target", "period"), name="result_by_target"),
            # All that a province's grid shows of a figure, and a period's figures side by side: ten thousand are read
            # from a hundred pages, without their rows.
            models.Index(
                fields=("period", "organisation", "target", "state", "kind", "running_total", "value", "id"),
                name="result_by_period",
            ),
            models.Index(fields=("organisation",), name="result_by_body"),
            models.Index(fields=("indicator", "period"), name="result_by_indicator"),
            models.Index(fields=("document",), name="result_by_document", condition=_has("document")),
            models.Index(fields=("submission",), name="result_by_submission", condition=_has("submission")),
            models.Index(fields=("supersedes",), name="result_by_supersedes", condition=_has("supersedes")),
            models.Index(fields=("organisation",), name="result_waiting", condition=NOT_APPROVED),
        )

    def __str__(self) -> str:
        return f"{self.period}: {self.value.normalize():f} {self.unit}"
