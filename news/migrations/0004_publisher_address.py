"""Every publisher gets the address by which the news list can be narrowed to it."""

from itertools import count
from typing import Any

from django.db import migrations, models
from django.utils.text import slugify


def give_addresses(apps: Any, schema_editor: Any) -> None:
    """An address made from the name, with a number where two names make the same."""
    publishers = apps.get_model("news", "Publisher")._default_manager.using(schema_editor.connection.alias)
    taken: set[str] = set()
    for publisher in publishers.order_by("pk"):
        first = slugify(publisher.name)[:240] or "publisher"
        numbered = (first if number == 1 else f"{first}-{number}" for number in count(1))
        publisher.slug = next(slug for slug in numbered if slug not in taken)
        taken.add(publisher.slug)
        publisher.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [("news", "0003_weighed_in_the_open")]

    operations = [
        migrations.AddField(
            "publisher", "slug", models.SlugField(db_index=False, default="", editable=False, max_length=255), False
        ),
        migrations.RunPython(give_addresses, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("publisher", "slug", models.SlugField(editable=False, max_length=255, unique=True)),
    ]
