"""Who may sign in, for which organisation and in which role: access, not a list of members."""

from django.conf import settings
from django.db import models

from nhiemky.register.models.places import Organisation, names
from nhiemky.values.kinds import Role


class Membership(models.Model):
    """`organisation` empty: the whole register, as on an office's own PC."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="membership", verbose_name="tài khoản"
    )
    role = models.CharField("vai trò", max_length=10, choices=names(Role))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="tổ chức"
    )

    class Meta:
        verbose_name = "quyền"
        verbose_name_plural = "quyền"

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
