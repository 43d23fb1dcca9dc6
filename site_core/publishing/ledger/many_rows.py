"""Adds rows to the ledger for many objects that change in the same way, such as all news items with a tag."""

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from site_core.publishing.ledger.chain import chained, new_salts
from site_core.publishing.ledger.publications import Cause, Publication, lock_chain
from site_core.publishing.types import Content

# Contents are held in memory.
AT_ONCE = 500


class Edited(NamedTuple):
    """What is public of an object from now on, and what that refers to."""

    content: Content
    references: list[dict[str, str]]


def record_many(label: str, pks: Collection[int], edited: Callable[[Publication], Edited], by: Any = "") -> None:
    """Add a row for each object of a model that is public by its newest row. `edited` makes the new content of that.

    Takes a few queries, where `recording.record` takes many for each object. The address and the title stay.
    """
    by = by or get_active_log_context().user or ""
    ids = [str(pk) for pk in pks]
    with transaction.atomic(savepoint=False):
        lock_chain()
        link = Publication.objects.order_by("-pk").values_list("chain", flat=True).first() or ""
        for first in range(0, len(ids), AT_ONCE):
            of_objects = Publication.objects.filter(model_label=label, object_id__in=ids[first : first + AT_ONCE])
            newest = of_objects.order_by().values("object_id").annotate(newest=Max("pk")).values("newest")
            rows = []
            for before in Publication.objects.filter(pk__in=newest, is_public=True).order_by("pk"):
                row = _following(before, edited(before), by)
                row.chain = link = chained(link, row)
                rows.append(row)
            Publication.objects.bulk_create(rows, batch_size=AT_ONCE)


def _following(before: Publication, edited: Edited, by: Any) -> Publication:
    return Publication(
        at=timezone.now(),
        model_label=before.model_label,
        object_id=before.object_id,
        title=before.title,
        path=before.path,
        is_public=True,
        content=edited.content,
        references=edited.references,
        revision_id=before.revision_id,
        cause=Cause.EDITED,
        by=str(by),
        user_id=getattr(by, "pk", None),
        salts=new_salts(),
    )
