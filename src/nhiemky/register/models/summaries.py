"""Results summed up, kept in the transaction of each change; `nhiemky register check` rebuilds and compares."""

from django.db import models

from nhiemky.register.models.places import Place
from nhiemky.register.models.results import Result
from nhiemky.register.models.targets import Indicator, Target


class Latest(models.Model):
    """The newest approved figure of a target that nothing has taken the place of; of a period told both ways, the one
    told as the goal is."""

    target = models.OneToOneField(
        Target, models.CASCADE, primary_key=True, related_name="latest", verbose_name="chỉ tiêu"
    )
    result = models.ForeignKey(Result, models.PROTECT, related_name="+", verbose_name="kết quả", db_index=False)
    organisation_id = models.BigIntegerField("tổ chức", db_index=True)  # the target's, for one look-up a board
    period = models.CharField("kỳ", max_length=8)
    running_total = models.BooleanField("cộng dồn từ đầu nhiệm kỳ", default=False)
    value = models.DecimalField("giá trị", max_digits=24, decimal_places=6)
    reached = models.BooleanField("đạt mức", null=True)

    class Meta:
        verbose_name = "số mới nhất"
        verbose_name_plural = "số mới nhất"

    def __str__(self) -> str:
        return f"{self.target_id} {self.period}"


class Roll(models.Model):
    """An indicator over the targets of one province in one period: how many figures, their sum, how many reach. Running
    totals since the start of the term are summed up by themselves: they are no figures of the period."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="+", verbose_name="tỉnh", db_index=False)
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+", verbose_name="chỉ số", db_index=False)
    period = models.CharField("kỳ", max_length=8)
    running_total = models.BooleanField("cộng dồn từ đầu nhiệm kỳ", default=False)
    n = models.PositiveIntegerField("số đơn vị", default=0)
    total = models.DecimalField("tổng", max_digits=30, decimal_places=6, default=0)
    reached = models.PositiveIntegerField("số đạt", default=0)

    class Meta:
        verbose_name = "tổng hợp tỉnh"
        verbose_name_plural = "tổng hợp tỉnh"
        constraints = (
            models.UniqueConstraint(fields=("place", "indicator", "period", "running_total"), name="roll_once"),
        )

    def __str__(self) -> str:
        return f"{self.place_id} {self.indicator_id} {self.period}"


class Score(models.Model):
    """The same over the whole register."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+", verbose_name="chỉ số", db_index=False)
    period = models.CharField("kỳ", max_length=8)
    running_total = models.BooleanField("cộng dồn từ đầu nhiệm kỳ", default=False)
    n = models.PositiveIntegerField("số đơn vị", default=0)
    total = models.DecimalField("tổng", max_digits=30, decimal_places=6, default=0)
    reached = models.PositiveIntegerField("số đạt", default=0)

    class Meta:
        verbose_name = "tổng hợp chung"
        verbose_name_plural = "tổng hợp chung"
        constraints = (models.UniqueConstraint(fields=("indicator", "period", "running_total"), name="score_once"),)

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}"
