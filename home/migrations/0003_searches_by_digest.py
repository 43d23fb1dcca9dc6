"""Searches without result are found by a digest, and their words are stored from the third search on.

The counts begin anew, because those from before have the words of single searches.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def delete_counts(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("home", "UnansweredSearch").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("home", "0002_text_search")]

    operations = [
        migrations.RunPython(delete_counts, migrations.RunPython.noop),
        migrations.AddField(
            model_name="unansweredsearch",
            name="digest",
            field=models.CharField(default="", max_length=64, unique=True),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="unansweredsearch",
            name="words",
            field=models.CharField(blank=True, max_length=100),
        ),
    ]
