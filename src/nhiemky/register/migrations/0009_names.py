"""Organisations are ordered and known by a key of their name, the same on every database."""

from typing import Any

from django.db import migrations, models

from nhiemky.register.models.places import NameKeyField
from nhiemky.values.names import name_key


def fill(apps: Any, _editor: Any) -> None:
    """Each name's key, some thousand at a time."""
    table = apps.get_model("register", "Organisation")
    rows = list(table.objects.only("pk", "name"))
    for row in rows:
        row.name_key = name_key(row.name)  # Django asks no field before it writes many
    table.objects.bulk_update(rows, ["name_key"], batch_size=400)


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0008_waiting"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="name_key",
            field=NameKeyField(default="", editable=False, max_length=2000, verbose_name="khóa tên"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="organisation",
            options={"ordering": ("name_key", "id"), "verbose_name": "tổ chức", "verbose_name_plural": "tổ chức"},
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["name_key"], name="organisation_by_name"),
        ),
    ]
