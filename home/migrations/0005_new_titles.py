"""An index by which PostgreSQL finds the entries of the search whose title has no weight yet."""

from django.db import migrations

from home.search.extensions import drop_index_of_new_titles, make_index_of_new_titles


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_finding"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(make_index_of_new_titles, drop_index_of_new_titles)]
