"""The shapes that publishing works with: an object with drafts, and one of the admin's views of it.

Wagtail ships no types, so these say what of its classes publishing relies on.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, TypeAlias

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from wagtail.models import Revision

# A revision's content: each field by its name, as JSON holds it.
Content: TypeAlias = dict[str, object]
# Whoever acts; None where a program does.
Actor: TypeAlias = AbstractBaseUser | AnonymousUser | None


class Draftable(Protocol):
    """A page, or a snippet with drafts."""

    pk: int
    live: bool
    go_live_at: datetime | None
    expire_at: datetime | None
    live_revision: Revision
    live_revision_id: int | None
    latest_revision: Revision
    latest_revision_id: int | None
    has_unpublished_changes: bool

    def save_revision(self, *args: object, **kwargs: object) -> Revision: ...

    def serializable_data(self) -> Content: ...

    def with_content_json(self, content: Content) -> "Draftable": ...


class EditView(Protocol):
    """Wagtail's view that edits a page or a snippet, as far as our mixins use it."""

    request: HttpRequest
    form: BaseForm
    has_unsaved_changes: bool

    def get_edit_url(self) -> str: ...

    def get_context_data(self, **kwargs: object) -> dict[str, object]: ...

    def render_to_response(self, context: Mapping[str, object]) -> HttpResponse: ...
