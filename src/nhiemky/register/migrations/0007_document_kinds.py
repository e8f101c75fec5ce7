"""Kinds of documents: programme, directive, conclusion, decision, guidance."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0006_memberships"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("page", "Trang tin"),
                    ("report", "Báo cáo"),
                    ("resolution", "Nghị quyết"),
                    ("programme", "Chương trình"),
                    ("plan", "Kế hoạch"),
                    ("directive", "Chỉ thị"),
                    ("conclusion", "Kết luận"),
                    ("decision", "Quyết định, quy định"),
                    ("guidance", "Hướng dẫn"),
                    ("other", "Văn bản khác"),
                ],
                default="page",
                max_length=12,
                verbose_name="loại",
            ),
        ),
    ]
