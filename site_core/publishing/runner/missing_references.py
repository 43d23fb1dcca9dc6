"""Finds what a revision refers to and has been deleted: an image, a study, a tag.

Wagtail silently drops such references when it restores a revision, so this runs first.
"""

from django.db import models
from django.utils.text import capfirst
from wagtail.models import DraftStateMixin

from site_core.publishing.runner.content_references import references_in
from site_core.publishing.types import Content


def missing_references(model: type[DraftStateMixin], content: Content) -> list[str]:
    """A phrase for each reference to a deleted object, such as “image (Body)”."""
    references = references_in(model, content)
    wanted: dict[type[models.Model], set[object]] = {}
    for reference in references:
        wanted.setdefault(reference.key[0], set()).add(reference.pk)
    existing = {
        (target, str(pk))
        for target, pks in wanted.items()
        for pk in target._base_manager.filter(pk__in=pks).order_by().values_list("pk", flat=True)
    }
    missing = (reference for reference in references if reference.key not in existing)
    return list(dict.fromkeys(f"{one.model._meta.verbose_name} ({capfirst(one.label)})" for one in missing))
