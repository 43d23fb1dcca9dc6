"""`manage.py prepare_pictures`: make every size of every picture that is missing, and say which cannot be made."""

from typing import Any

from django.core.management.base import BaseCommand

from site_core.media.images import SiteImage
from site_core.media.pictures import make_again, prepare


class Command(BaseCommand):
    help = "Make what is missing of the pictures' sizes and formats, as after restoring a backup without them."

    def handle(self, *args: Any, **options: Any) -> None:
        made = 0
        for image in SiteImage.objects.order_by("pk").iterator():
            made += put_back_files(image)
            try:
                made += prepare(image)
            except Exception as error:
                # One picture must not keep the others from being made.
                self.stderr.write(f"Picture {image.pk}, “{image.title}”, cannot be made: {error}")
        self.stdout.write(f"{made} made.")


def put_back_files(image: SiteImage) -> int:
    """Make the files that are on record and gone. What cannot be made again is taken off the record."""
    made = 0
    for rendition in image.renditions.all():
        if rendition.file.storage.exists(rendition.file.name):
            continue
        if make_again(rendition):
            made += 1
        else:
            rendition.delete()
    return made
