"""Who may sign in, for which organisation and in which role: access, not a list of members."""

from django.conf import settings
from django.db import models

from nhiemky.register.models.places import Organisation


class Role(models.TextChoices):
    ADMIN = "admin", "Quản trị"
    OFFICE = "office", "Văn phòng"
    LEADER = "leader", "Lãnh đạo"
    BODY = "body", "Đơn vị báo số"
    INSPECTOR = "inspector", "Kiểm tra, chỉ xem"
    PROVINCE = "province", "Văn phòng cấp tỉnh"


class Membership(models.Model):
    """`organisation` empty: the whole register, as on an office's own PC."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="membership", verbose_name="tài khoản"
    )
    role = models.CharField("vai trò", max_length=10, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="tổ chức"
    )

    class Meta:
        verbose_name = "quyền"
        verbose_name_plural = "quyền"

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
