"""Places and the bodies that stand at them, each with the days between which it exists."""

from django.db import models

from nhiemky.values.kinds import Kind, Level


def names(kind: type[Kind]) -> list[tuple[str, str]]:
    """The choices of a column from the shared vocabulary: its words are written in one place."""
    return [(str(member.value), member.label) for member in kind]


class OrganisationKind(models.TextChoices):
    PARTY_COMMITTEE = "party_committee", "Đảng bộ, đảng ủy"
    PEOPLES_COUNCIL = "peoples_council", "Hội đồng nhân dân"
    PEOPLES_COMMITTEE = "peoples_committee", "Ủy ban nhân dân"
    FRONT = "front", "Mặt trận Tổ quốc"
    UNION = "union", "Đoàn thể"
    OFFICE = "office", "Cơ quan, văn phòng"
    CELL = "cell", "Chi bộ"


class Place(models.Model):
    """An administrative unit; districts end on 30/06/2025."""

    name = models.CharField("tên", max_length=200)
    level = models.CharField("cấp", max_length=10, choices=names(Level))
    code = models.CharField("mã", max_length=20, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thuộc"
    )
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "địa bàn"
        verbose_name_plural = "địa bàn"

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A body with targets of its own, or one that answers for somebody's target."""

    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại", max_length=20, choices=OrganisationKind.choices)
    level = models.CharField("cấp", max_length=10, choices=names(Level))
    place = models.ForeignKey(Place, models.PROTECT, related_name="organisations", verbose_name="địa bàn")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="cấp trên"
    )
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "tổ chức"
        verbose_name_plural = "tổ chức"
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name
