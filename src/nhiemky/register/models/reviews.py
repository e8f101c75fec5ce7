"""A review: the board of one day, frozen with its sources."""

from django.db import models

from nhiemky.register.models.places import Organisation


class ReviewKind(models.TextChoices):
    MIDTERM = "midterm", "Sơ kết giữa nhiệm kỳ"
    HALFYEAR = "halfyear", "Sơ kết 6 tháng"
    ANNUAL = "annual", "Tổng kết năm"


class ReviewState(models.TextChoices):
    DRAFT = "draft", "Dự thảo"


class Review(models.Model):
    """`pack` never changes after it is made; `digest` is the SHA-256 of its canonical JSON."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reviews", verbose_name="tổ chức")
    kind = models.CharField("loại", max_length=10, choices=ReviewKind.choices)
    term = models.CharField("nhiệm kỳ", max_length=9)
    as_of = models.DateField("số liệu đến ngày")
    pack = models.JSONField("gói số liệu")
    digest = models.CharField("mã kiểm", max_length=64)
    state = models.CharField("trạng thái", max_length=10, choices=ReviewState.choices, default=ReviewState.DRAFT)
    created_by = models.CharField("người lập", max_length=150)
    created_at = models.DateTimeField("lúc lập")

    class Meta:
        verbose_name = "sơ kết, kiểm điểm"
        verbose_name_plural = "sơ kết, kiểm điểm"
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.term} ({self.as_of:%d/%m/%Y})"
