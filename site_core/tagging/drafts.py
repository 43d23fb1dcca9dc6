"""The contents that somebody goes on with: drafts, scheduled updates, and the revisions of what is public."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, Revision

from site_core.publishing.events import models_with_drafts
from site_core.publishing.types import Content
from site_core.tagging.changes import ContentChange

Owners = dict[Any, set[int]]
# Gives the changed content of a revision, None if it stays.
Rewrite = Callable[[type[Any], Content], Content | None]


def base_of(model: type[Any]) -> type[Any]:
    """The model whose table holds whether it is live: Page for every type of page."""
    return Page if issubclass(model, Page) else model


def open_revisions(owners: Owners, *, only: bool = False) -> Iterator[Revision]:
    """The newest, the public and the scheduled revisions of some objects, and `only` those or of every draft, too."""
    for model in models_with_drafts():
        pks = owners.get(model, set())
        rows = model._base_manager.filter(pk__in=pks)
        drafts = model._base_manager.filter(Q(live=False) | Q(has_unpublished_changes=True))
        wanted = Q(pk__in=rows.values("latest_revision")) | Q(pk__in=rows.values("live_revision"))
        scheduled = Q(approved_go_live_at__isnull=False)
        if only:
            wanted |= scheduled & Q(object_id__in=[str(pk) for pk in pks])
        else:
            wanted |= scheduled | Q(pk__in=drafts.values("latest_revision"))
        own_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
        yield from Revision.objects.filter(wanted, base_content_type=own_type).order_by("pk").iterator(chunk_size=500)


def changed_contents(revisions: Iterable[Revision], rewrite: Rewrite) -> tuple[list[ContentChange], Owners]:
    """What changes in the contents of revisions, and the objects that they belong to."""
    contents: list[ContentChange] = []
    owners: Owners = {}
    for revision in revisions:
        model: Any = ContentType.objects.get_for_id(revision.content_type_id).model_class()
        after = rewrite(model, revision.content) if model else None
        if after is None:
            continue
        names = [name for name in after if after[name] != revision.content.get(name)]
        before = {name: revision.content.get(name) for name in names}
        contents.append(ContentChange(revision.pk, before, {name: after[name] for name in names}))
        owners.setdefault(base_of(model), set()).add(int(revision.object_id))
    return contents, owners


def scheduled_owners(owners: Owners) -> Owners:
    """Those of the objects that have an update that goes live later."""
    scheduled: Owners = {}
    for model, pks in owners.items():
        own_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
        revisions = Revision.objects.filter(base_content_type=own_type, approved_go_live_at__isnull=False)
        of_objects = revisions.filter(object_id__in=[str(pk) for pk in pks])
        scheduled[model] = {int(pk) for pk in of_objects.values_list("object_id", flat=True)}
    return scheduled
