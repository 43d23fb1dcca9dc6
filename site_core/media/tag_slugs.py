"""The slugs of the tags of pictures and documents."""

from typing import Any

from taggit.models import Tag

from site_core.fields.slugs import free_slug


def fill_slug(instance: Tag, **kwargs: Any) -> None:
    """Make the slug of a tag that taggit leaves without one, such as “!!!”."""
    taken = Tag.objects.exclude(pk=instance.pk).values_list("slug", flat=True)
    instance.slug = instance.slug or free_slug(instance.name, taken, max_length=100, otherwise="tag")
