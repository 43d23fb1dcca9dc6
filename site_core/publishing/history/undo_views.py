"""The admin's undo: a page that says what will change, and the button."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import DraftStateMixin

from site_core.publishing.history.recorded_objects import object_of
from site_core.publishing.history.row_comparison import changes_of_rows
from site_core.publishing.history.undo import (
    CannotBeUndone,
    last_two,
    put_back,
    refuse_if_blocked,
    stored,
    undo,
)
from site_core.publishing.history.views import history_of, line_of
from site_core.publishing.ledger.publications import Cause, Publication, label_of
from site_core.publishing.permissions import may_publish
from site_core.publishing.publishable import scheduled_revisions
from site_core.publishing.types import Actor, Draftable, Recorded, User
from site_core.publishing.visibility import is_pk


def undo_view(request: HttpRequest, label: str, object_id: str) -> HttpResponse:
    """Restore what was public before the newest change."""
    obj = _object_for(request.user, label, object_id)
    newest, before = last_two(obj)
    if request.method != "POST":
        return _ask(request, obj, newest, before)
    try:
        undo(obj, request.user, expected=_expected(request))
    except CannotBeUndone as error:
        return _ask(request, obj, newest, before, problem=str(error))
    return _done(request, obj)


def put_back_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what one row of the ledger holds."""
    row = get_object_or_404(Publication, pk=pk)
    obj = _object_for(request.user, row.model_label, row.object_id)
    if not row.is_public:
        raise Http404("Nothing was public then.")
    newest, _ = last_two(obj)
    if request.method != "POST":
        return _ask(request, obj, newest, row)
    try:
        put_back(obj, row, request.user, expected=_expected(request))
    except CannotBeUndone as error:
        return _ask(request, obj, newest, row, problem=str(error))
    return _done(request, obj)


def _expected(request: HttpRequest) -> int | None:
    """The row that the page has shown as the newest."""
    expected = request.POST.get("expected", "")
    return int(expected) if is_pk(expected) else None


def undo_url(obj: Recorded) -> str:
    return reverse("undo", args=[label_of(obj), obj.pk])


def _object_for(user: User, label: str, object_id: str) -> Draftable:
    """The object, if the user may publish it. Raises Http404 and PermissionDenied."""
    obj = object_of(label, object_id)
    if not isinstance(obj, DraftStateMixin):
        raise Http404("There is no such object.")
    if not may_publish(user, obj):
        raise PermissionDenied
    return obj


def _ask(
    request: HttpRequest, obj: Draftable, newest: Publication | None, row: Publication | None, problem: str = ""
) -> HttpResponse:
    """What is public now, what will be, what differs between the two, and what becomes of the draft."""
    both = (newest, row) if newest and newest.is_public and row and row.is_public else None
    context = {
        "obj": obj,
        "newest": newest,
        "now": line_of(newest) if newest else None,
        "then": line_of(row) if row and row.is_public else None,
        "changes": changes_of_rows(*both) if both else [],
        "compares": both is not None,
        "problem": problem or _problem(obj, row, request.user),
        "was_moved": row is not None and was_moved_since(row),
        "has_schedule": scheduled_revisions(obj).exists(),
        "in_review": obj.workflow_in_progress,
        "history": history_of(obj),
    }
    return render(request, "publishing/undo/confirm.html", context, status=409 if request.method == "POST" else 200)


def was_moved_since(row: Publication) -> bool:
    """Whether the object's path has changed since, or its place among its siblings."""
    later = Publication.objects.filter(model_label=row.model_label, object_id=row.object_id, pk__gt=row.pk)
    return later.filter(cause=Cause.MOVED).exists()


def _problem(obj: Draftable, row: Publication | None, user: Actor) -> str:
    """Why the row cannot be put back, as far as that is known without trying; "" if nothing is in the way."""
    try:
        refuse_if_blocked(obj, row, user)
    except CannotBeUndone as error:
        return str(error)
    return ""


def _done(request: HttpRequest, obj: Draftable) -> HttpResponse:
    edit = AdminURLFinder(request.user).get_edit_url(obj)
    obj = stored(obj)
    outcome = (
        "The previous public version is public again." if obj.live else "It is no longer public, as it was before."
    )
    buttons = [messages.button(edit, "Edit")] if edit else []
    messages.success(request, f"“{obj}”: {outcome} The newer draft is kept.", buttons=buttons)
    return redirect(history_of(obj))
