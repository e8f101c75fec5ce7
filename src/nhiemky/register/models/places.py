"""Places and the bodies that stand at them, each with the days between which it exists."""

from django.db import models

from nhiemky.values.kinds import Kind, Level
from nhiemky.values.names import name_key


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


class SuccessionKind(models.TextChoices):
    MERGE = "merge", "Nhập vào"
    PART = "part", "Một phần nhập vào"
    SPLIT = "split", "Chia ra"
    RENAME = "rename", "Đổi tên"
    REPARENT = "reparent", "Chuyển cấp trên"


class Place(models.Model):
    """An administrative unit; districts end on 30/06/2025. A code is used again by what comes after: it is known by
    code and first day."""

    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại đơn vị", max_length=30, blank=True)  # phường, xã, đặc khu, tỉnh … as decreed
    level = models.CharField("cấp", max_length=10, choices=names(Level))
    code = models.CharField("mã", max_length=20, blank=True, db_index=True)
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


class NameKeyField(models.CharField):  # type: ignore[type-arg]
    """What orders and tells names (values/names.py), made of `name` whenever the row is written."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        made = name_key(str(getattr(model_instance, "name", "")))
        setattr(model_instance, self.attname, made)
        return made


class Organisation(models.Model):
    """A body with targets of its own, or one that answers for somebody's target."""

    name = models.CharField("tên", max_length=200)
    name_key = NameKeyField("khóa tên", max_length=2000, editable=False, default="")
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
        ordering = ("name_key", "id")
        indexes = (models.Index(fields=("name_key",), name="organisation_by_name"),)

    def __str__(self) -> str:
        return self.name


class PlaceSuccession(models.Model):
    """What became of an administrative unit on a day, and which decision says so."""

    predecessor = models.ForeignKey(Place, models.PROTECT, related_name="successions", verbose_name="đơn vị cũ")
    successor = models.ForeignKey(Place, models.PROTECT, related_name="origins", verbose_name="đơn vị mới")
    kind = models.CharField("cách", max_length=10, choices=SuccessionKind.choices)
    on = models.DateField("từ ngày")
    reference = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        verbose_name = "kế tục của địa bàn"
        verbose_name_plural = "kế tục của địa bàn"
        constraints = (
            models.UniqueConstraint(fields=("predecessor", "successor", "on"), name="place_succession_once"),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Succession(models.Model):
    """What became of an organisation on a day. A rename or another parent keeps the row: predecessor and successor are
    one, and the former name or parent stands here."""

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions", verbose_name="tổ chức cũ")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="origins", verbose_name="tổ chức mới")
    kind = models.CharField("cách", max_length=10, choices=SuccessionKind.choices)
    on = models.DateField("từ ngày")
    document = models.ForeignKey(
        "register.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )
    reference = models.CharField("căn cứ", max_length=300, blank=True)
    former_name = models.CharField("tên trước", max_length=200, blank=True)
    former_parent = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cấp trên trước"
    )
    made_by = models.CharField("người ghi", max_length=150)
    made_at = models.DateTimeField("lúc ghi")

    class Meta:
        verbose_name = "kế tục của tổ chức"
        verbose_name_plural = "kế tục của tổ chức"
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
