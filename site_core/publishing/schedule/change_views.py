"""The pages that move, bring forward or cancel an entry of the schedule."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from wagtail.models import DraftStateMixin, Revision

from site_core.admin.refusal import refuse
from site_core.publishing.eastern import until, written_out
from site_core.publishing.permissions import may_publish
from site_core.publishing.schedule import rescheduling
from site_core.publishing.schedule.calendar import CalendarFeed
from site_core.publishing.schedule.entry import Entry, Kind
from site_core.publishing.schedule.forms import MoveForm
from site_core.publishing.schedule.queries import EXPIRY_AFTER_GO_LIVE, GO_LIVE, coming
from site_core.publishing.types import User

MOVED_MEANWHILE = "Somebody else has chosen another time meanwhile. Look at it, then decide again."
MOVE, NOW, CANCEL = "move", "now", "cancel"
# The functions for an entry about a revision, by its event. Only a move takes a time.
_REVISION_CHANGES: dict[str, dict[str, Callable[..., object]]] = {
    GO_LIVE: {MOVE: rescheduling.move_go_live, NOW: rescheduling.publish_now, CANCEL: rescheduling.cancel_go_live},
    EXPIRY_AFTER_GO_LIVE: {
        MOVE: rescheduling.move_expiry_of_scheduled,
        CANCEL: partial(rescheduling.move_expiry_of_scheduled, at=None),
    },
}
# The functions for the expiry of a live object.
_EXPIRY_CHANGES: dict[str, Callable[..., object]] = {
    MOVE: rescheduling.move_expiry,
    NOW: rescheduling.take_down_now,
    CANCEL: partial(rescheduling.move_expiry, at=None),
}


def change(request: HttpRequest, event: str, number: int, action: str) -> HttpResponse:
    """Ask for confirmation of a change. On POST, make it."""
    if action not in _REVISION_CHANGES.get(event, _EXPIRY_CHANGES):
        raise Http404("There is no such change.")
    entry = next((one for one in coming() if (one.event, one.event_pk) == (event, number)), None)
    obj = entry and entry.model._base_manager.filter(pk=entry.object_id).first()
    if entry is None or obj is None:
        return refuse(request, "This is no longer scheduled. See the schedule for what is.")
    if refusal := _refusal(request, obj):
        return refusal
    form = MoveForm(request.POST if request.method == "POST" else None, initial={"at": entry.at})
    if request.POST.get("shown", entry.at.isoformat()) != entry.at.isoformat():
        messages.error(request, MOVED_MEANWHILE)
    elif request.method == "POST" and (action != MOVE or form.is_valid()):
        try:
            message = _execute(request.user, entry, obj, action, form.cleaned_data["at"] if action == MOVE else None)
        except rescheduling.NotPossible as error:
            messages.error(request, str(error))
        else:
            messages.success(request, message)
            return redirect("schedule")
    is_go_live = entry.kind == Kind.GO_LIVE
    now_label = "Publish now" if is_go_live else "Take down now"
    heading = {MOVE: "Choose another time", NOW: now_label, CANCEL: "Cancel this date"}[action]
    context = {"entry": entry, "obj": obj, "is_go_live": is_go_live, "form": form, "heading": heading}
    status = 422 if request.method == "POST" else 200
    return render(request, f"publishing/schedule/{action}.html", context, status=status)


def _execute(user: User, entry: Entry, obj: DraftStateMixin, action: str, at: datetime | None) -> str:
    """Make the change. Return a message that says what was done."""
    if changes := _REVISION_CHANGES.get(entry.event):
        change_it = partial(changes[action], get_object_or_404(Revision, pk=entry.event_pk), user=user)
    else:
        change_it = partial(_EXPIRY_CHANGES[action], obj, user=user)
    if at:
        change_it(at=at)
        return f"“{entry.title}” now {entry.event_label} on {written_out(at)}, {until(at)}."
    change_it()
    if action == NOW:
        return f"“{entry.title}” is {'public' if entry.kind == Kind.GO_LIVE else 'no longer public'}."
    return f"Canceled: “{entry.title}” no longer {entry.event_label} on {entry.when}."


def _refusal(request: HttpRequest, obj: DraftStateMixin) -> HttpResponse | None:
    """A refusal if the user may not change it. Checked before anything about the object is shown."""
    if not may_publish(request.user, obj):
        return refuse(request, "Only someone who may publish this can change its schedule. Ask an Editor.")
    lock = obj.get_lock()
    if lock and lock.for_user(request.user):
        return refuse(request, "This is locked, so its schedule cannot be changed. Ask the person who locked it.")
    return None


@require_POST
def new_feed_url(request: HttpRequest) -> HttpResponse:
    """Give the user a new secret URL for calendar programs. The old one stops working."""
    user: Any = request.user
    CalendarFeed.objects.update_or_create(user=user, defaults={"key": secrets.token_urlsafe(32)})
    messages.success(request, "Your calendar has a new link. It is below the schedule.")
    return redirect("schedule")
