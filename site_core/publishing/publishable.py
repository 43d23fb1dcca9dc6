"""How pages and snippets with drafts are saved, published and unpublished here.

Wagtail does each of these in several steps, so a failure halfway leaves an object half published or without its
schedule. Here each is one transaction that first locks the object's row.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.actions import action_registry
from wagtail.locks import BaseLock, BasicLock
from wagtail.models import DraftStateMixin, Page, Revision, Task

from site_core.publishing.ledger.publications import Publication
from site_core.publishing.search_indexing import indexed_once
from site_core.publishing.types import Content, Draftable

# Foreign keys that Wagtail sets itself. Validating them costs queries and finds nothing.
_SET_BY_WAGTAIL = frozenset({"content_type", "latest_revision", "live_revision"})


class PublishableMixin:
    """Goes before Wagtail's classes in the bases of a page type, or of a snippet with drafts."""

    live: bool
    live_revision_id: int | None
    locked: bool
    current_workflow_task: Task | None

    # `indexed_once` updates the search index instead.
    search_auto_update = False

    def save(self, *args: object, **kwargs: Any) -> None:
        """Save the row with its entries in both indexes, or nothing."""
        with transaction.atomic(), indexed_once(self, kwargs.get("update_fields")):
            super().save(*args, **kwargs)  # type: ignore[misc]

    def full_clean(
        self, exclude: Iterable[str] | None = None, validate_unique: bool = True, validate_constraints: bool = True
    ) -> None:
        excluded = {*(exclude or ()), *_SET_BY_WAGTAIL}
        super().full_clean(excluded, validate_unique, validate_constraints)  # type: ignore[misc]

    def publish(
        self,
        revision: Revision,
        user: AbstractBaseUser | None = None,
        changed: bool = True,
        log_action: bool | str = True,
        previous_revision: Revision | None = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Publish or schedule, by the action registered for the model (`site_core.publishing.actions`)."""
        action = action_registry.get_action_class(type(self), "publish")
        publishing = action(revision, user, changed, log_action, previous_revision)
        publishing.execute(skip_permission_checks=skip_permission_checks)

    def unpublish(self, *args: object, **kwargs: object) -> None:
        with transaction.atomic():
            lock_row(self)
            super().unpublish(*args, **kwargs)  # type: ignore[misc]

    def save_revision(self, *args: object, overwrite_revision: Revision | None = None, **kwargs: object) -> Revision:
        """Save a draft. Autosave overwrites its last draft, unless that is protected: then it makes a new one."""
        if overwrite_revision is not None and is_protected(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(  # type: ignore[misc]
            *args, overwrite_revision=overwrite_revision, **kwargs
        )

    def with_content_json(self, content: Content) -> Self:
        """Keep the live revision of the row: the one in the content is as old as the draft.

        Drop an expiry in the past, which would make every later draft invalid.
        """
        restored = super().with_content_json(content)  # type: ignore[misc]
        restored.live_revision_id = self.live_revision_id if self.live else None
        if restored.expire_at and restored.expire_at <= timezone.now():
            restored.expire_at = None
        return restored

    def update_aliases(self, *args: object, **kwargs: object) -> None:
        """Update aliases only of a live page. Wagtail publishes an alias as soon as its source is scheduled."""
        if self.live:
            super().update_aliases(*args, **kwargs)  # type: ignore[misc]

    def get_lock(self) -> BaseLock | None:
        """A scheduled update locks no one out: publishing in the meantime asks what happens to the update."""
        if self.locked:
            return BasicLock(self)
        task = self.current_workflow_task
        return task.lock_class(self, task) if task else None


def lock_row(obj: DraftStateMixin) -> None:
    """Lock the object's row until the transaction ends. On SQLite, the transaction itself locks."""
    model = Page if isinstance(obj, Page) else type(obj)
    model._base_manager.select_for_update().filter(pk=obj.pk).values_list("pk").first()


def scheduled_revisions(obj: Draftable) -> QuerySet[Revision]:
    return obj.revisions.filter(approved_go_live_at__isnull=False)


@contextmanager
def kept_schedules(obj: Draftable) -> Iterator[dict[int, datetime]]:
    """Schedule again at the end of the block what Wagtail unschedules inside it. Yields the times by revision pk."""
    scheduled = dict(scheduled_revisions(obj).values_list("pk", "approved_go_live_at"))
    yield scheduled
    for pk, at in scheduled.items():
        Revision.objects.filter(pk=pk).update(approved_go_live_at=at)


def is_protected(revision: Revision) -> bool:
    """Whether the revision is or was public, is scheduled, or was shown or decided in a review: never overwritten."""
    model = revision.base_content_type.model_class()
    is_live = model._base_manager.filter(live_revision=revision.pk).exists()
    was_public = Publication.objects.filter(revision_id=revision.pk).exists()
    is_approved = Q(approved_go_live_at__isnull=False) | Q(task_states__isnull=False)
    return is_live or was_public or Revision.objects.filter(is_approved, pk=revision.pk).exists()


def parsed_datetime(value: object) -> datetime | None:
    """A go-live or an expiry in the content of a revision. SQLite may return the string “null” for None."""
    return value if isinstance(value, datetime) else parse_datetime(str(value or ""))


def without_past_go_live(content: Content) -> Content:
    """The content without a go-live in the past, which a form would reject as invalid."""
    go_live_at = parsed_datetime(content.get("go_live_at"))
    if go_live_at and go_live_at <= timezone.now():
        return {**content, "go_live_at": None}
    return content
