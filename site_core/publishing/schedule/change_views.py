"""The pages that move, bring forward or cancel an entry of the schedule."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from wagtail.models import DraftStateMixin, Page, Revision

from site_core.admin.refusal import refuse
from site_core.publishing.eastern import until, written_out
from site_core.publishing.events import models_with_drafts
from site_core.publishing.permissions import may_publish
from site_core.publishing.schedule import rescheduling
from site_core.publishing.schedule.calendar import CalendarFeed
from site_core.publishing.schedule.forms import MoveForm
from site_core.publishing.schedule.queries import EXPIRY_AFTER_GO_LIVE, GO_LIVE
from site_core.publishing.types import User

MOVE, NOW, CANCEL = "move", "now", "cancel"


@dataclass(frozen=True)
class Planned:
    """An entry of the schedule that can be changed, and the function for each change."""

    obj: DraftStateMixin
    title: str
    at: datetime
    is_go_live: bool
    move: Callable[[datetime, User], object]
    cancel: Callable[[User], object]
    now: Callable[[User], object] | None = None

    @property
    def event_label(self) -> str:
        return "goes live" if self.is_go_live else "is taken down"

    @property
    def when(self) -> str:
        return f"{written_out(self.at)} ({until(self.at)})"

    @property
    def now_label(self) -> str:
        return "Publish now" if self.is_go_live else "Take down now"


def change(request: HttpRequest, event: str, number: int, action: str) -> HttpResponse:
    """Ask for confirmation of a change. On POST, make it."""
    if action not in (MOVE, NOW, CANCEL):
        raise Http404("There is no such change.")
    planned = _planned(event, number)
    if planned is None:
        return refuse(request, "This is no longer scheduled. See the schedule for what is.")
    if refusal := _refusal(request, planned):
        return refusal
    if action == NOW and planned.now is None:
        raise Http404("An object that is not public cannot be taken down.")
    form = MoveForm(request.POST if request.method == "POST" else None, initial={"at": planned.at})
    if request.method == "POST" and (action != MOVE or form.is_valid()):
        try:
            message = _execute(request, planned, action, form)
        except rescheduling.NotPossible as error:
            form = form if form.is_bound else MoveForm(request.POST)
            messages.error(request, str(error))
        else:
            messages.success(request, message)
            return redirect("schedule")
    status = 422 if request.method == "POST" else 200
    heading = {MOVE: "Choose another time", NOW: planned.now_label, CANCEL: "Cancel this date"}[action]
    context = {"planned": planned, "form": form, "heading": heading}
    return render(request, f"publishing/schedule/{action}.html", context, status=status)


def _execute(request: HttpRequest, planned: Planned, action: str, form: MoveForm) -> str:
    """Make the change. Return a message that says what was done."""
    if action == MOVE:
        at = form.cleaned_data["at"]
        planned.move(at, request.user)
        return f"“{planned.title}” now {planned.event_label} on {written_out(at)}, {until(at)}."
    if action == NOW and planned.now:
        planned.now(request.user)
        return f"“{planned.title}” is {'public' if planned.is_go_live else 'no longer public'}."
    planned.cancel(request.user)
    return f"Canceled: “{planned.title}” no longer {planned.event_label} on {written_out(planned.at)}."


def _refusal(request: HttpRequest, planned: Planned) -> HttpResponse | None:
    """A refusal if the user may not change it. Checked before anything about the object is shown."""
    if not may_publish(request.user, planned.obj):
        return refuse(request, "Only someone who may publish this can change its schedule. Ask an Editor.")
    lock = planned.obj.get_lock()
    if lock and lock.for_user(request.user):
        return refuse(request, "This is locked, so its schedule cannot be changed. Ask the person who locked it.")
    return None


def _planned(event: str, number: int) -> Planned | None:
    """The entry that a URL names, None if it is not scheduled, or no longer."""
    if event in (GO_LIVE, EXPIRY_AFTER_GO_LIVE):
        revision = Revision.objects.filter(pk=number, approved_go_live_at__isnull=False).first()
        if revision is None or (obj := revision.content_object) is None:
            return None
        return _go_live(revision, obj) if event == GO_LIVE else _expiry_after(revision, obj)
    model = {model._meta.label_lower: model for model in models_with_drafts()}.get(event)
    found = model._base_manager.filter(pk=number, live=True, expire_at__isnull=False).first() if model else None
    return _expiry(found.specific if isinstance(found, Page) else found) if found else None


def _go_live(revision: Revision, obj: DraftStateMixin) -> Planned:
    return Planned(
        obj=obj,
        title=revision.object_str,
        at=revision.approved_go_live_at,
        is_go_live=True,
        move=lambda at, user: rescheduling.move_go_live(revision, at, user),
        cancel=lambda user: rescheduling.cancel_go_live(revision, user),
        now=lambda user: rescheduling.publish_now(revision, user),
    )


def _expiry_after(revision: Revision, obj: DraftStateMixin) -> Planned | None:
    at = rescheduling.date_in(revision, "expire_at")
    if at is None:
        return None
    return Planned(
        obj=obj,
        title=revision.object_str,
        at=at,
        is_go_live=False,
        move=lambda at, user: rescheduling.move_expiry_of_scheduled(revision, at, user),
        cancel=lambda user: rescheduling.move_expiry_of_scheduled(revision, None, user),
    )


def _expiry(obj: DraftStateMixin) -> Planned:
    return Planned(
        obj=obj,
        title=str(obj),
        at=obj.expire_at,
        is_go_live=False,
        move=lambda at, user: rescheduling.move_expiry(obj, at, user),
        cancel=lambda user: rescheduling.move_expiry(obj, None, user),
        now=lambda user: rescheduling.take_down_now(obj, user),
    )


@require_POST
def new_feed_url(request: HttpRequest) -> HttpResponse:
    """Give the user a new secret URL for calendar programs. The old one stops working."""
    user: Any = request.user
    CalendarFeed.objects.update_or_create(user=user, defaults={"key": secrets.token_urlsafe(32)})
    messages.success(request, "Your calendar has a new link. It is below the schedule.")
    return redirect("schedule")
