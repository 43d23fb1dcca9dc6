"""`manage.py prepare_pictures`: makes the missing renditions of all pictures, and reports those that fail."""

from django.core.management.base import BaseCommand

from site_core.media.images import SiteImage
from site_core.media.pictures import prepare, restore_file


class Command(BaseCommand):
    help = "Make the missing renditions of all pictures, for example after a restore from a backup without them."

    def handle(self, *args: object, **options: object) -> None:
        made = 0
        for image in SiteImage.objects.order_by("pk").iterator():
            made += restore_files(image)
            try:
                made += prepare(image)
            except Exception as error:
                # One bad picture must not stop the others.
                self.stderr.write(f"Picture {image.pk}, “{image.title}”, cannot be made: {error}")
        self.stdout.write(f"{made} made.")


def restore_files(image: SiteImage) -> int:
    """Make the missing files of recorded renditions again. Deletes a rendition whose file cannot be made."""
    made = 0
    for rendition in image.renditions.all():
        if rendition.file.storage.exists(rendition.file.name):
            continue
        if restore_file(rendition):
            made += 1
        else:
            rendition.delete()
    return made
