"""Meetings with their conclusions, and the tasks that come of them. Attendance is counted by role, never by name."""

from django.db import models

from nhiemky.register.models.documents import Document
from nhiemky.register.models.places import Organisation
from nhiemky.register.models.targets import Target


class MeetingKind(models.TextChoices):
    DISSEMINATION = "dissemination", "Học tập, quán triệt"
    HALFYEAR = "halfyear", "Sơ kết 6 tháng"
    ANNUAL = "annual", "Tổng kết năm"
    MIDTERM = "midterm", "Sơ kết giữa nhiệm kỳ"
    CONGRESS = "congress", "Đại hội"
    COMMITTEE = "committee", "Hội nghị cấp ủy"
    OTHER = "other", "Hội nghị khác"


class MeetingState(models.TextChoices):
    PLANNED = "planned", "Dự kiến"
    HELD = "held", "Đã họp"
    CANCELLED = "cancelled", "Hoãn, hủy"


class Meeting(models.Model):
    """`bodies` are those it reaches besides the one that holds it: what dissemination is counted by."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="meetings", verbose_name="tổ chức")
    kind = models.CharField("loại", max_length=13, choices=MeetingKind.choices)
    title = models.CharField("tên", max_length=300)
    starts_at = models.DateTimeField("bắt đầu")
    venue = models.CharField("địa điểm", max_length=200, blank=True)
    agenda = models.TextField("chương trình", blank=True)
    chaired_by = models.CharField("chủ trì", max_length=150, blank=True)  # a role
    state = models.CharField("trạng thái", max_length=9, choices=MeetingState.choices, default=MeetingState.PLANNED)
    state_reason = models.CharField("lý do", max_length=400, blank=True)
    documents = models.ManyToManyField(Document, related_name="meetings", blank=True, verbose_name="tài liệu")
    bodies = models.ManyToManyField(Organisation, related_name="attended", blank=True, verbose_name="đơn vị dự")
    notice = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thông báo kết luận"
    )
    made_by = models.CharField("người ghi", max_length=150)
    made_at = models.DateTimeField("lúc ghi")
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        verbose_name = "hội nghị"
        verbose_name_plural = "hội nghị"
        ordering = ("-starts_at", "-id")

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """How many of a role were invited and came."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance", verbose_name="hội nghị")
    role = models.CharField("thành phần", max_length=150)
    invited = models.PositiveIntegerField("mời", null=True, blank=True)
    present = models.PositiveIntegerField("có mặt", null=True, blank=True)

    class Meta:
        verbose_name = "thành phần dự"
        verbose_name_plural = "thành phần dự"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("meeting", "role"), name="attendance_role_once"),)

    def __str__(self) -> str:
        return self.role


class Conclusion(models.Model):
    """One numbered conclusion of a meeting; tasks come of it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="conclusions", verbose_name="hội nghị")
    number = models.PositiveIntegerField("số")
    text = models.TextField("nội dung")

    class Meta:
        verbose_name = "kết luận"
        verbose_name_plural = "kết luận"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("meeting", "number"), name="conclusion_number_once"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}"


class TaskState(models.TextChoices):
    OPEN = "open", "Đang làm"
    CLOSED = "closed", "Đã xong"
    DROPPED = "dropped", "Thôi làm"


class Task(models.Model):
    """Whether it is late is never stored: it follows from these days, against the original one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="tasks", verbose_name="nơi giao")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="owned_tasks", verbose_name="chủ trì")
    coordinators = models.ManyToManyField(Organisation, related_name="+", blank=True, verbose_name="phối hợp")
    title = models.CharField("nhiệm vụ", max_length=600)
    product = models.CharField("sản phẩm", max_length=400, blank=True)
    conclusion = models.ForeignKey(
        Conclusion, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="kết luận"
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="văn bản"
    )
    span_start = models.PositiveIntegerField("từ ký tự", null=True, blank=True)
    span_end = models.PositiveIntegerField("đến ký tự", null=True, blank=True)
    targets = models.ManyToManyField(Target, related_name="tasks", blank=True, verbose_name="phục vụ chỉ tiêu")
    assigned_on = models.DateField("ngày giao")
    due_on = models.DateField("hạn", null=True, blank=True)
    original_due_on = models.DateField("hạn ban đầu", null=True, blank=True)
    done_on = models.DateField("ngày báo xong", null=True, blank=True)
    accepted_on = models.DateField("ngày nghiệm thu", null=True, blank=True)
    accepted_by = models.CharField("người nghiệm thu", max_length=150, blank=True)
    suspended_on = models.DateField("tạm dừng từ", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=7, choices=TaskState.choices, default=TaskState.OPEN)
    made_by = models.CharField("người ghi", max_length=150)
    made_at = models.DateTimeField("lúc ghi")
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        ordering = ("due_on", "id")
        indexes = (models.Index(fields=("organisation", "state", "due_on"), name="task_open_by_due"),)

    def __str__(self) -> str:
        return self.title


class TaskStepKind(models.TextChoices):
    EVIDENCE = "evidence", "Báo cáo xong, minh chứng"
    RETURNED = "returned", "Trả lại"
    ACCEPTED = "accepted", "Nghiệm thu"
    REMINDER = "reminder", "Nhắc việc"
    EXTENSION = "extension", "Gia hạn"
    OBSTACLE = "obstacle", "Vướng mắc"
    CLEARED = "cleared", "Đã gỡ vướng mắc"
    SUSPENDED = "suspended", "Tạm dừng"
    RESUMED = "resumed", "Làm tiếp"
    DROPPED = "dropped", "Thôi làm"
    NOTE = "note", "Ghi chú"


class TaskStep(models.Model):
    """One thing that happened to a task; never changed."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="steps", verbose_name="nhiệm vụ")
    kind = models.CharField("việc", max_length=10, choices=TaskStepKind.choices)
    text = models.TextField("nội dung", blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )
    due_before = models.DateField("hạn trước", null=True, blank=True)
    due_after = models.DateField("hạn sau", null=True, blank=True)
    on = models.DateField("ngày")
    made_by = models.CharField("người ghi", max_length=150)
    made_at = models.DateTimeField("lúc ghi")

    class Meta:
        verbose_name = "bước của nhiệm vụ"
        verbose_name_plural = "bước của nhiệm vụ"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"
