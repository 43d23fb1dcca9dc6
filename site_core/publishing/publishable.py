"""What every page and every snippet with drafts has in common: how it is saved, published and taken down here.

Wagtail does each of these in steps of its own, so that a failure halfway leaves an object half published or without
its schedule. Here each is one transaction that begins by locking the object's row.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.actions import action_registry
from wagtail.locks import BaseLock, BasicLock
from wagtail.models import Page, Revision

from site_core.publishing.ledger.publications import Publication
from site_core.publishing.search_indexing import indexed_once

# References that Wagtail sets by itself: to look for them whenever an object is validated finds nothing out.
_SET_BY_WAGTAIL = frozenset({"content_type", "latest_revision", "live_revision"})


class PublishableMixin:
    """Stands before Wagtail's own classes in the bases of a page type or of a snippet with drafts."""

    # See `indexing`.
    search_auto_update = False

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With its entries in both indexes, or not at all: a search that sees the one sees the others."""
        with transaction.atomic(), indexed_once(self, kwargs.get("update_fields")):
            super().save(*args, **kwargs)  # type: ignore[misc]

    def full_clean(self, exclude: Any = None, validate_unique: bool = True, validate_constraints: bool = True) -> None:
        excluded = {*(exclude or ()), *_SET_BY_WAGTAIL}
        super().full_clean(excluded, validate_unique, validate_constraints)  # type: ignore[misc]

    def publish(
        self,
        revision: Revision,
        user: Any = None,
        changed: bool = True,
        log_action: bool | str = True,
        previous_revision: Revision | None = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Publish or schedule, by the action that is registered for the model (`site_core.publishing.actions`)."""
        action = action_registry.get_action_class(type(self), "publish")
        publishing = action(revision, user, changed, log_action, previous_revision)
        publishing.execute(skip_permission_checks=skip_permission_checks)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            lock_row(self)
            super().unpublish(*args, **kwargs)  # type: ignore[misc]

    def save_revision(self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any) -> Revision:
        """Save a draft. Autosave writes over its last one, unless that is kept: then it makes a new one."""
        if overwrite_revision is not None and is_protected(overwrite_revision):
            overwrite_revision = None
        saved: Revision = super().save_revision(  # type: ignore[misc]
            *args, overwrite_revision=overwrite_revision, **kwargs
        )
        return saved

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Keep the object's own live revision: the one in the content is as old as the draft.

        Drop an expiry that has passed, which would keep every later draft from being saved.
        """
        restored = super().with_content_json(content)  # type: ignore[misc]
        public: Any = self
        restored.live_revision_id = public.live_revision_id if public.live else None
        if restored.expire_at and restored.expire_at <= timezone.now():
            restored.expire_at = None
        return restored

    def update_aliases(self, *args: Any, **kwargs: Any) -> None:
        """An alias follows what is live: Wagtail would let it go live as soon as its source is scheduled."""
        if self.live:  # type: ignore[attr-defined]
            super().update_aliases(*args, **kwargs)  # type: ignore[misc]

    @property
    def status_string(self) -> str:
        """How lists in the admin say where it stands. Reviews are called reviews there, not moderation."""
        return str(super().status_string).replace("moderation", "review")  # type: ignore[misc]

    def get_lock(self) -> BaseLock | None:
        """A scheduled update locks nobody out: whoever publishes meanwhile is asked what becomes of it."""
        if self.locked:  # type: ignore[attr-defined]
            return BasicLock(self)
        task = self.current_workflow_task  # type: ignore[attr-defined]
        return task.lock_class(self, task) if task else None


def lock_row(obj: Any) -> None:
    """Let nobody else change the object until the transaction ends. On SQLite the transaction itself does."""
    model = Page if isinstance(obj, Page) else type(obj)
    model._base_manager.select_for_update().filter(pk=obj.pk).values_list("pk").first()


def is_protected(revision: Revision) -> bool:
    """Whether it is or was public, or is scheduled: such a revision is never written over nor purged."""
    model = revision.base_content_type.model_class()
    is_live = model._base_manager.filter(live_revision=revision.pk).exists()
    was_public = Publication.objects.filter(revision_id=revision.pk).exists()
    return is_live or was_public or Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False).exists()


def without_past_go_live(content: dict[str, Any]) -> dict[str, Any]:
    """The content of a revision without a go-live that has come. Left in, editors would be told it is invalid."""
    field: Any = Page._meta.get_field("go_live_at")
    go_live_at = field.to_python(content.get("go_live_at"))
    if go_live_at and go_live_at <= timezone.now():
        return {**content, "go_live_at": None}
    return content
