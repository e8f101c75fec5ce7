"""What waits for a decision is found without reading the years of figures that were decided on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0007_document_kinds"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="result",
            index=models.Index(
                fields=("organisation",),
                condition=models.Q(("state", "approved"), _negated=True),
                name="result_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=("organisation",), condition=models.Q(("state", "submitted")), name="submission_waiting"
            ),
        ),
    ]
