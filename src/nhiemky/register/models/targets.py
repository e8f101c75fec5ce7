"""What was promised: targets with the clause they come from, their yearly path and every adjustment."""

from django.db import models

from nhiemky.register.models.documents import Document
from nhiemky.register.models.places import Organisation, names
from nhiemky.values.kinds import Direction, PeriodMeaning


class Polarity(models.TextChoices):
    UP = "up", "Cao là tốt"
    DOWN = "down", "Thấp là tốt"
    NONE = "none", "Không xét"


class Nature(models.TextChoices):
    STOCK = "stock", "Số hiện có"
    FLOW = "flow", "Số phát sinh trong kỳ"
    RATE = "rate", "Tỷ lệ"
    STATUS = "status", "Tình trạng"


class Aggregation(models.TextChoices):
    SUM = "sum", "Cộng lại"
    WEIGHTED = "weighted", "Bình quân theo mẫu số"
    NONE = "none", "Không gộp được"


class TargetState(models.TextChoices):
    ACTIVE = "active", "Đang thực hiện"
    ADJUSTED = "adjusted", "Đã điều chỉnh"
    DROPPED = "dropped", "Thôi thực hiện"


class Indicator(models.Model):
    """What is measured, whoever promises it; `folded_name` is the name without marks, for search and matching."""

    name = models.CharField("tên", max_length=300)
    folded_name = models.CharField("tên không dấu", max_length=300, db_index=True)
    unit = models.CharField("đơn vị tính", max_length=60, blank=True)
    polarity = models.CharField("chiều", max_length=5, choices=Polarity.choices, default=Polarity.NONE)
    nature = models.CharField("bản chất", max_length=6, choices=Nature.choices, blank=True, default="")
    aggregation = models.CharField("cách gộp", max_length=8, choices=Aggregation.choices, blank=True, default="")
    denominator = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mẫu số"
    )

    class Meta:
        verbose_name = "chỉ số"
        verbose_name_plural = "chỉ số"
        constraints = (models.UniqueConstraint(fields=("folded_name", "unit"), name="indicator_once"),)

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """An organisation's commitment; `low` holds the figure (of a limit too), `high` a range's end. Money is in đồng."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="targets", verbose_name="tổ chức")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets", verbose_name="chỉ số")
    term = models.CharField("nhiệm kỳ", max_length=9)
    number = models.PositiveIntegerField("số thứ tự")
    field = models.CharField("lĩnh vực", max_length=200, blank=True)
    name = models.CharField("chỉ tiêu", max_length=400)
    direction = models.CharField("yêu cầu", max_length=10, choices=names(Direction))
    low = models.DecimalField("mức", max_digits=24, decimal_places=6, null=True, blank=True)
    high = models.DecimalField("đến mức", max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField("đơn vị tính", max_length=60, blank=True)
    baseline = models.DecimalField("số đầu kỳ", max_digits=24, decimal_places=6, null=True, blank=True)
    baseline_year = models.PositiveIntegerField("năm của số đầu kỳ", null=True, blank=True)
    deadline = models.DateField("thời hạn")
    meaning = models.CharField("cách tính theo kỳ", max_length=16, choices=names(PeriodMeaning))
    step_like = models.BooleanField("tiến theo bậc", default=False)
    lead_body = models.CharField("đơn vị chủ trì", max_length=200, blank=True)
    coordinating_bodies = models.CharField("đơn vị phối hợp", max_length=400, blank=True)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="led_targets", verbose_name="chủ trì"
    )
    whole = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="là một phần của"
    )
    clause = models.TextField("nguyên văn", blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name="văn bản"
    )
    span_start = models.PositiveIntegerField("từ ký tự", null=True, blank=True)
    span_end = models.PositiveIntegerField("đến ký tự", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=8, choices=TargetState.choices, default=TargetState.ACTIVE)
    state_reason = models.CharField("lý do", max_length=400, blank=True)
    added_at = models.DateTimeField("lúc đưa vào")
    version = models.PositiveIntegerField("lần sửa", default=1)  # who edits says which one was seen

    warnings: tuple[str, ...] = ()  # set by services, for whoever enters it

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ("organisation", "term", "number")
        constraints = (models.UniqueConstraint(fields=("organisation", "term", "number"), name="target_number_once"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class TargetPath(models.Model):
    """The figure planned for one year on the way to the goal."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="path", verbose_name="chỉ tiêu")
    year = models.PositiveIntegerField("năm")
    value = models.DecimalField("mức", max_digits=24, decimal_places=6)

    class Meta:
        verbose_name = "lộ trình"
        verbose_name_plural = "lộ trình"
        ordering = ("year",)
        constraints = (models.UniqueConstraint(fields=("target", "year"), name="path_year_once"),)

    def __str__(self) -> str:
        return f"{self.year}: {self.value}"


class Adjustment(models.Model):
    """A change of a target by a document: what it was, what it is, why. The target holds what is in force."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="adjustments", verbose_name="chỉ tiêu")
    state = models.CharField("việc", max_length=8, choices=TargetState.choices)
    on = models.DateField("từ ngày")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="adjustments", verbose_name="văn bản"
    )
    reference = models.CharField("căn cứ", max_length=300, blank=True)
    reason = models.CharField("lý do", max_length=600)
    before = models.JSONField("trước", default=dict)
    after = models.JSONField("sau", default=dict)
    made_by = models.CharField("người ghi", max_length=150)
    made_at = models.DateTimeField("lúc ghi")

    class Meta:
        verbose_name = "điều chỉnh chỉ tiêu"
        verbose_name_plural = "điều chỉnh chỉ tiêu"
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.target} ({self.on:%d/%m/%Y})"
