"""Makes the register known to Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RegisterConfig(AppConfig):
    name = "nhiemky.register"
    label = "register"
    verbose_name = "Sổ theo dõi nhiệm kỳ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nhiemky.register.guard import guard_log

        post_migrate.connect(guard_log, sender=self)
