"""Removing old drafts. What is or was public, is scheduled, is being reviewed or waits in the bin stays."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page, Revision, RevisionMixin, WorkflowState

from site_core.publishing.ledger.publications import Publication
from site_core.publishing.trashed_page import is_in_trash

UNDER_REVIEW = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def purge_revisions(created_before: datetime) -> int:
    """Delete the drafts that nothing needs any more. How many there were."""
    count = 0
    for revision in purgeable_revisions(created_before).iterator():
        if not _is_of_trashed_page(revision):
            # One by one, because comments move on to the next revision.
            revision.delete()
            count += 1
    return count


def purgeable_revisions(created_before: datetime) -> QuerySet[Any]:
    """Superseded drafts, but for those that any row, schedule, review or the ledger points at."""
    newer = Revision.objects.filter(
        Q(created_at__gt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), pk__gt=OuterRef("pk")),
        base_content_type=OuterRef("base_content_type"),
        object_id=OuterRef("object_id"),
    )
    was_public = Publication.objects.filter(revision_id=OuterRef("pk"))
    found = Revision.objects.filter(Exists(newer), approved_go_live_at=None, created_at__lt=created_before)
    found = found.exclude(Exists(was_public)).exclude(
        pk__in=Revision.objects.filter(task_states__workflow_state__status__in=UNDER_REVIEW).values("pk")
    )
    for model, field in _pointers():
        found = found.exclude(Exists(model._base_manager.filter(**{field: OuterRef("pk")})))
    return found.order_by("pk")


def _pointers() -> list[tuple[Any, str]]:
    """Where the rows of objects name a revision: as their latest or their live one."""
    return [
        (model, field)
        for model in apps.get_models()
        if issubclass(model, RevisionMixin) and (model is Page or not issubclass(model, Page))
        for field in ("latest_revision", "live_revision")
        if any(one.name == field for one in model._meta.concrete_fields)
    ]


def _is_of_trashed_page(revision: Revision) -> bool:
    """A page in the bin keeps everything: its schedules are suspended, and could not be told from old drafts."""
    obj = revision.content_object
    return isinstance(obj, Page) and is_in_trash(obj)
