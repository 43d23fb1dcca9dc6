"""The types of publishing. Wagtail ships none, so the protocol names what publishing uses of its classes."""

from datetime import datetime
from typing import ClassVar, Protocol, TypeAlias

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Manager, Model
from django.db.models.options import Options
from wagtail.locks import BaseLock
from wagtail.models import DraftStateMixin, Revision

# A revision's content: each field by its name, as JSON holds it.
Content: TypeAlias = dict[str, object]
User: TypeAlias = AbstractUser | AnonymousUser
# The user who acts; None where a program does.
Actor: TypeAlias = User | None


class Draftable(Protocol):
    """A page, or a snippet with drafts."""

    _base_manager: ClassVar[Manager[DraftStateMixin]]
    _meta: "ClassVar[Options[DraftStateMixin]]"

    pk: int
    live: bool
    has_unpublished_changes: bool
    first_published_at: datetime | None
    go_live_at: datetime | None
    expire_at: datetime | None
    live_revision: Revision
    live_revision_id: int | None
    latest_revision: Revision
    latest_revision_id: int | None
    revisions: Manager[Revision]
    scheduled_revision: Revision | None
    workflow_in_progress: bool
    locked: bool
    locked_by: AbstractUser | None
    locked_by_id: int | None

    def get_lock(self) -> BaseLock | None: ...

    def full_clean(self, *args: object, **kwargs: object) -> None: ...

    def save_revision(self, *args: object, **kwargs: object) -> Revision: ...

    def unpublish(self, *args: object, **kwargs: object) -> None: ...

    def with_content_json(self, content: Content) -> "Draftable": ...


# What the ledger records: an object with drafts, or one of a model that is registered for it.
Recorded: TypeAlias = Draftable | Model
