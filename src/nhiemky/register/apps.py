"""Makes the register known to Django."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "nhiemky.register"
    label = "register"
    verbose_name = "Sổ theo dõi nhiệm kỳ"
    default_auto_field = "django.db.models.BigAutoField"
