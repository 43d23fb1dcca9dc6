"""Reads sizes from headers, and has every rendition made again.

Those made before had the comments and positions of their originals, and names that did not change with the file.
`manage.py prepare_pictures` makes them at once; otherwise the first request for a page does.
"""

import wagtail.images.models
from django.apps.registry import Apps
from django.core.files.storage import default_storage
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import site_core.media.images


def delete_renditions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    renditions = apps.get_model("media", "SiteRendition").objects.all()
    for name in renditions.values_list("file", flat=True):
        default_storage.delete(name)
    renditions.delete()


class Migration(migrations.Migration):
    dependencies = [("media", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="siteimage",
            name="file",
            field=site_core.media.images.PictureField(
                height_field="height",
                upload_to=wagtail.images.models.get_upload_to,
                verbose_name="file",
                width_field="width",
            ),
        ),
        migrations.AlterField(
            model_name="siterendition",
            name="file",
            field=site_core.media.images.PictureField(
                height_field="height",
                storage=wagtail.images.models.get_rendition_storage,
                upload_to=wagtail.images.models.get_rendition_upload_to,
                width_field="width",
            ),
        ),
        migrations.RunPython(delete_renditions, migrations.RunPython.noop),
    ]
