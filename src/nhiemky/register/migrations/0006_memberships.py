"""Roles that were kept as groups become memberships."""

from typing import Any

from django.db import migrations

ROLES = ("admin", "office", "leader", "body", "inspector")


def carry_over(apps: Any, schema_editor: Any) -> None:
    membership = apps.get_model("register", "Membership")
    for user in apps.get_model("auth", "User").objects.prefetch_related("groups"):
        names = {group.name for group in user.groups.all()}
        role = next((role for role in ROLES if role in names), "office")
        membership.objects.get_or_create(user=user, defaults={"role": role})


class Migration(migrations.Migration):
    dependencies = [("register", "0005_whole_cycle")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
