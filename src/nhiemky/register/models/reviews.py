"""A review: the board of one day, frozen with its sources."""

from django.db import models

from nhiemky.register.models.places import Organisation


class ReviewKind(models.TextChoices):
    MIDTERM = "midterm", "Sơ kết giữa nhiệm kỳ"
    HALFYEAR = "halfyear", "Sơ kết 6 tháng"
    ANNUAL = "annual", "Tổng kết năm"


class ReviewState(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    APPRAISAL = "appraisal", "Đang thẩm định"
    APPROVED = "approved", "Đã duyệt"
    ISSUED = "issued", "Đã ban hành"
    PUBLISHED = "published", "Đã công bố"
    REOPENED = "reopened", "Đã mở lại"


class Review(models.Model):
    """`pack` never changes after it is made; `digest` is the SHA-256 of its canonical JSON. Reopened, it stays as it
    is and a new one that names it as `previous` goes on."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reviews", verbose_name="tổ chức")
    kind = models.CharField("loại", max_length=10, choices=ReviewKind.choices)
    term = models.CharField("nhiệm kỳ", max_length=9)
    as_of = models.DateField("số liệu đến ngày")
    pack = models.JSONField("gói số liệu")
    digest = models.CharField("mã kiểm", max_length=64)
    state = models.CharField("trạng thái", max_length=10, choices=ReviewState.choices, default=ReviewState.DRAFT)
    narrative = models.JSONField("lời văn", default=dict)  # section → text, by report's outline
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    state_reason = models.CharField("lý do", max_length=600, blank=True)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name="lập lại từ"
    )
    approved_by = models.CharField("người duyệt", max_length=150, blank=True)
    version = models.PositiveIntegerField("lần sửa", default=1)
    created_by = models.CharField("người lập", max_length=150)
    created_at = models.DateTimeField("lúc lập")

    class Meta:
        verbose_name = "sơ kết, kiểm điểm"
        verbose_name_plural = "sơ kết, kiểm điểm"
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.term} ({self.as_of:%d/%m/%Y})"
