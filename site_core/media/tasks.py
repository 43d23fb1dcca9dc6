"""Background tasks for pictures. Without a worker they run at once."""

from django_tasks import task
from wagtail.images import get_image_model

from site_core.media.pictures import prepare


@task()
def prepare_picture(image_id: int) -> int:
    """Make the missing renditions of a picture. Returns how many were made, 0 if the picture has been deleted."""
    image = get_image_model().objects.filter(pk=image_id).first()
    return prepare(image) if image else 0
