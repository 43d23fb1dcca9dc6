"""The search on PostgreSQL: two extensions, English without accents, and indexes."""

from django.db import migrations

from home.search.extensions import (
    CreateExtensionWithHint,
    drop_indexes,
    make_english_without_accents,
    make_indexes,
)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        CreateExtensionWithHint("unaccent"),
        CreateExtensionWithHint("pg_trgm"),
        migrations.RunPython(make_english_without_accents, migrations.RunPython.noop),
        migrations.RunPython(make_indexes, drop_indexes),
    ]
