"""A version that comes after this one: a copy of the code with two more columns, and the migration that adds them."""

from pathlib import Path

from tests.deploy.deploy_files import copy_version, replaced

FIELDS = """    filed_under = models.CharField(max_length=20, default="nowhere", db_default="nowhere", editable=False)
    read_on = models.DateField(null=True, editable=False)

    objects = PageManager.from_queryset(NewsItemQuerySet)()
"""
MIGRATION = """from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "{last}")]
    operations = [
        migrations.AddField(
            "newsitempage",
            "filed_under",
            models.CharField(max_length=20, default="nowhere", db_default="nowhere", editable=False),
        ),
        migrations.AddField("newsitempage", "read_on", models.DateField(null=True, editable=False)),
    ]
"""


def make_next_version(folder: Path) -> None:
    copy_version(folder)
    items = folder / "news/items.py"
    items.write_text(replaced(items.read_text(), {FIELDS[FIELDS.index("    objects") :]: FIELDS}))
    migrations = folder / "news/migrations"
    last = max(file.stem for file in migrations.glob("0*.py"))
    (migrations / "9999_next_version.py").write_text(MIGRATION.format(last=last))
