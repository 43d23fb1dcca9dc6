"""Deletes old drafts. Keeps what is or was public, is scheduled, is in review or is in the trash."""

from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision, RevisionMixin, WorkflowState

from site_core.chores.registry import deleted_message
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.trashed_page import is_in_trash

# A draft that nobody came back to for a year, while a newer one is there.
DRAFTS_KEPT_FOR = timedelta(days=365)
IN_REVIEW = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def purge_old_revisions() -> str:
    """The chore: delete the drafts of more than a year ago. Returns a sentence that says how many."""
    return deleted_message(purge_revisions(timezone.now() - DRAFTS_KEPT_FOR), "draft")


def purge_revisions(created_before: datetime) -> int:
    """Delete the drafts that nothing needs anymore. Return how many there were."""
    count = 0
    for revision in purgeable_revisions(created_before).iterator():
        if not _is_of_trashed_page(revision):
            # One by one, because Wagtail then moves comments to the next revision.
            revision.delete()
            count += 1
    return count


def purgeable_revisions(created_before: datetime) -> QuerySet[Revision]:
    """Superseded drafts that no row, schedule, review or ledger row refers to."""
    newer = Revision.objects.filter(
        Q(created_at__gt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), pk__gt=OuterRef("pk")),
        base_content_type=OuterRef("base_content_type"),
        object_id=OuterRef("object_id"),
    )
    was_public = Publication.objects.filter(revision_id=OuterRef("pk"))
    found = Revision.objects.filter(Exists(newer), approved_go_live_at=None, created_at__lt=created_before)
    found = found.exclude(Exists(was_public)).exclude(
        pk__in=Revision.objects.filter(task_states__workflow_state__status__in=IN_REVIEW).values("pk")
    )
    for model, field in _revision_fields():
        found = found.exclude(Exists(model._base_manager.filter(**{field: OuterRef("pk")})))
    return found.order_by("pk")


def _revision_fields() -> list[tuple[type[RevisionMixin], str]]:
    """Each model and its field that refers to its latest or its live revision."""
    return [
        (model, field)
        for model in apps.get_models()
        if issubclass(model, RevisionMixin) and (model is Page or not issubclass(model, Page))
        for field in ("latest_revision", "live_revision")
        if any(one.name == field for one in model._meta.concrete_fields)
    ]


def _is_of_trashed_page(revision: Revision) -> bool:
    """A page in the trash keeps its drafts: its suspended schedules look like old drafts."""
    obj = revision.content_object
    return isinstance(obj, Page) and is_in_trash(obj)
