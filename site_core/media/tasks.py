"""Work on pictures that nobody needs to wait for where a worker runs; without one it is done at once."""

from django_tasks import task
from wagtail.images import get_image_model

from site_core.media.pictures import prepare


@task()
def prepare_picture(number: int) -> int:
    """Make what visitors may need of a picture; 0 where it has been deleted meanwhile."""
    image = get_image_model().objects.filter(pk=number).first()
    return prepare(image) if image else 0
