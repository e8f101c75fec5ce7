"""Ratings and commendations of organisations (counts only, never a person), campaigns, and a portal's articles."""

from django.db import models

from nhiemky.register.models.documents import Document
from nhiemky.register.models.places import Organisation, names
from nhiemky.values.kinds import RatingLevel


class Rating(models.Model):
    """The level given for a year: to the organisation itself, or to `count` of its `total` bodies of one kind."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="ratings", verbose_name="tổ chức")
    of = models.CharField("đối tượng", max_length=200, blank=True)  # empty: the organisation itself; else "chi bộ"
    year = models.PositiveIntegerField("năm")
    level = models.CharField("mức", max_length=12, choices=names(RatingLevel))
    proposed = models.CharField("mức đề nghị", max_length=12, choices=names(RatingLevel), blank=True)
    count = models.PositiveIntegerField("số", null=True, blank=True)
    total = models.PositiveIntegerField("trên tổng số", null=True, blank=True)
    rated_by = models.CharField("nơi xếp loại", max_length=200, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="ratings", verbose_name="văn bản"
    )
    span_start = models.PositiveIntegerField("từ ký tự", null=True, blank=True)
    span_end = models.PositiveIntegerField("đến ký tự", null=True, blank=True)
    reason = models.CharField("lý do", max_length=600, blank=True)
    made_by = models.CharField("người ghi", max_length=150)
    made_at = models.DateTimeField("lúc ghi")

    class Meta:
        verbose_name = "xếp loại"
        verbose_name_plural = "xếp loại"
        ordering = ("-year", "id")
        constraints = (models.UniqueConstraint(fields=("organisation", "of", "year", "level"), name="rating_once"),)

    def __str__(self) -> str:
        return f"{self.year}: {self.get_level_display()}"


class Commendation(models.Model):
    """A form of commendation given to so many collectives and individuals."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="commendations", verbose_name="tổ chức")
    form = models.CharField("hình thức", max_length=200)
    authority = models.CharField("nơi khen", max_length=200, blank=True)
    given_on = models.DateField("ngày", null=True, blank=True)
    year = models.PositiveIntegerField("năm")
    collectives = models.PositiveIntegerField("tập thể", null=True, blank=True)
    individuals = models.PositiveIntegerField("cá nhân", null=True, blank=True)
    reason = models.CharField("thành tích", max_length=600, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="commendations", verbose_name="văn bản"
    )
    span_start = models.PositiveIntegerField("từ ký tự", null=True, blank=True)
    span_end = models.PositiveIntegerField("đến ký tự", null=True, blank=True)
    made_by = models.CharField("người ghi", max_length=150)
    made_at = models.DateTimeField("lúc ghi")

    class Meta:
        verbose_name = "khen thưởng"
        verbose_name_plural = "khen thưởng"
        ordering = ("-year", "id")

    def __str__(self) -> str:
        return f"{self.form} ({self.year})"


class Campaign(models.Model):
    """An emulation campaign, often tied to an anniversary."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="campaigns", verbose_name="tổ chức")
    name = models.CharField("tên", max_length=300)
    anniversary = models.CharField("chào mừng", max_length=300, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="campaigns", verbose_name="văn bản"
    )
    bodies = models.ManyToManyField(Organisation, related_name="joined", blank=True, verbose_name="đơn vị tham gia")
    outcome = models.TextField("kết quả", blank=True)
    made_by = models.CharField("người ghi", max_length=150)
    made_at = models.DateTimeField("lúc ghi")

    class Meta:
        verbose_name = "đợt thi đua"
        verbose_name_plural = "đợt thi đua"
        ordering = ("-starts_on", "id")

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """A news item of a portal; the same item elsewhere points to the first one and counts as one source."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="articles", verbose_name="tổ chức")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name="văn bản"
    )
    title = models.CharField("tiêu đề", max_length=400)
    address = models.CharField("địa chỉ", max_length=600, blank=True)
    portal = models.CharField("trang đăng", max_length=200, blank=True)
    published_on = models.DateField("ngày đăng", null=True, blank=True)
    fingerprint = models.CharField("vân nội dung", max_length=40, blank=True, db_index=True)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="đăng lại của"
    )
    made_by = models.CharField("người ghi", max_length=150)
    made_at = models.DateTimeField("lúc ghi")

    class Meta:
        verbose_name = "bài đăng"
        verbose_name_plural = "bài đăng"
        ordering = ("-published_on", "-id")

    def __str__(self) -> str:
        return self.title
