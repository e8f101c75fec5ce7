"""Running totals are summed up apart from figures of a period, and a grid is read from an index alone."""

from typing import Any

from django.db import migrations, models

SUMMARIES = ("latest", "roll", "score")


def empty(apps: Any, _editor: Any) -> None:
    """Summaries that may have mixed both, or held one against the other's goal: `nhiemky setup` makes them anew."""
    results, targets = apps.get_model("register", "Result"), apps.get_model("register", "Target")
    if results.objects.filter(running_total=True).exists() or targets.objects.filter(meaning="cumulative").exists():
        for name in SUMMARIES:
            apps.get_model("register", name).objects.all().delete()


def running(model: str) -> migrations.AddField:
    field = models.BooleanField("cộng dồn từ đầu nhiệm kỳ", default=False)
    return migrations.AddField(model_name=model, name="running_total", field=field)


def once(model: str, *fields: str) -> migrations.AddConstraint:
    constraint = models.UniqueConstraint(fields=fields, name=f"{model}_once")
    return migrations.AddConstraint(model_name=model, constraint=constraint)


class Migration(migrations.Migration):
    dependencies = [("register", "0009_names")]

    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="roll", name="roll_once"),
        migrations.RemoveConstraint(model_name="score", name="score_once"),
        *(running(model) for model in SUMMARIES),
        once("roll", "place", "indicator", "period", "running_total"),
        once("score", "indicator", "period", "running_total"),
        migrations.RemoveIndex(model_name="result", name="result_by_organisation"),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(
                fields=["period", "organisation", "target", "state", "kind", "running_total", "value", "id"],
                name="result_by_period",
            ),
        ),
        migrations.AddIndex(
            model_name="result", index=models.Index(fields=["organisation"], name="result_by_body")
        ),
    ]
