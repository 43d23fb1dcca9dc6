"""Asks what happens to a scheduled update when a change is to be published now.

The change is already saved as a draft, so leaving the page loses nothing. Schedules stay as they are until the answer,
and an answer counts only for the versions that were shown.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic import HookResponseMixin
from wagtail.models import DraftStateMixin, Page, Revision

from site_core.admin.refusal import refuse
from site_core.publishing.differences.changed_labels import changed_labels
from site_core.publishing.eastern import written_out
from site_core.publishing.editing.conflict_choices import choices_for
from site_core.publishing.editing.merge import Side
from site_core.publishing.editing.rebase import (
    UndecidedConflicts,
    is_due,
    public_content,
    publish_and_rebase,
    rebased,
    update_at_risk,
)
from site_core.publishing.editing.refusal_list import as_list
from site_core.publishing.permissions import may_publish
from site_core.publishing.publishable import lock_row
from site_core.publishing.runner.failure_reasons import labeled_messages
from site_core.publishing.types import Draftable

# The answers, as the form sends them.
REBASE, REPLACE = "carry", "replace"
NOT_ALLOWED = "You may not publish this, so you cannot decide what happens to its schedule."
LOCKED = "This is locked, so it cannot be published now. Your change is saved as a draft."
NOTHING_SCHEDULED = (
    "Nothing is scheduled anymore: the update has gone live or was canceled. Your change is saved as a draft and is "
    "not public. Look at it again, then publish it."
)
ALREADY_PUBLIC = "Your change is public already."
NEWER_DRAFT = "Someone has saved a newer draft, so nothing was published. Look at it, then publish it."
CHANGED_MEANWHILE = (
    "What is public or what is scheduled has changed since you were asked. Look at both again, and answer once more."
)
CHOOSE = "Both versions change the content below. Choose which version stands in the scheduled update, for each."
ANSWER = "Choose one of the two answers."


def conflict_view(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Ask on GET. On POST, carry out the answer in one transaction."""
    fix = get_object_or_404(Revision, pk=revision_id)
    obj = fix.content_object
    if not isinstance(obj, DraftStateMixin):
        raise Http404
    if not may_publish(request.user, obj):
        return refuse(request, NOT_ALLOWED)
    if (lock := obj.get_lock()) and lock.for_user(request.user):
        return refuse(request, LOCKED)
    if request.method != "POST":
        return _ask_or_redirect(request, fix)
    try:
        with transaction.atomic():
            lock_row(obj)
            return _answer(request, Revision.objects.get(pk=revision_id))
    except UndecidedConflicts:
        return _ask_or_redirect(request, fix, CHOOSE)
    except ValidationError as error:
        return _ask_or_redirect(request, fix, as_list("This could not be published.", labeled_messages(error, obj)))


def _answer(request: HttpRequest, fix: Revision) -> HttpResponse:
    """Carry out the answer. Raises UndecidedConflicts and ValidationError; then nothing has changed."""
    obj = fix.content_object
    scheduled = update_at_risk(obj, fix.content)
    shown = (request.POST.get("scheduled"), request.POST.get("public"))
    if scheduled is None or obj.latest_revision_id != fix.pk:
        return _ask_or_redirect(request, fix)
    if shown != (str(scheduled.pk), str(obj.live_revision_id)):
        return _ask_or_redirect(request, fix, CHANGED_MEANWHILE)
    answer = request.POST.get("answer")
    if answer not in (REBASE, REPLACE):
        return _ask_or_redirect(request, fix, ANSWER)
    if response := _run_hooks("before_publish", request, obj):
        return response
    at = written_out(scheduled.approved_go_live_at)
    if answer == REBASE:
        publish_and_rebase(fix, request.user, _chosen(request.POST))
        result = f" is public with your change, and the update scheduled for {at} now includes it, too."
    else:
        fix.publish(user=request.user)
        result = f" is public with your change. The update scheduled for {at} is canceled; it stays in the history."
    published = Revision.objects.get(pk=fix.pk).content_object
    if response := _run_hooks("after_publish", request, published):
        return response
    messages.success(request, f"“{published}”{result}")
    return redirect(_edit_url(request, obj))


def _ask_or_redirect(request: HttpRequest, fix: Revision, sentence: str = "") -> HttpResponse:
    """Show the question, or redirect to the form if there is nothing left to decide."""
    obj = fix.content_object
    scheduled = update_at_risk(obj, fix.content)
    if obj.live_revision_id == fix.pk or obj.latest_revision_id != fix.pk or scheduled is None:
        reason = NEWER_DRAFT if obj.latest_revision_id != fix.pk else NOTHING_SCHEDULED
        messages.warning(request, ALREADY_PUBLIC if obj.live_revision_id == fix.pk else reason)
        return redirect(_edit_url(request, obj))
    model, chosen = type(obj), _chosen(request.POST)
    base = public_content(obj) or {}
    return render(
        request,
        "publishing/scheduled_update/question.html",
        {
            "obj": obj,
            "at": written_out(scheduled.approved_go_live_at),
            "is_due": is_due(scheduled),
            "scheduled": scheduled,
            "live_revision_id": obj.live_revision_id,
            "in_fix": changed_labels(model, base, fix.content),
            "in_update": changed_labels(model, base, scheduled.content),
            "choices": choices_for(model, rebased(fix, scheduled, chosen).conflicts, chosen),
            "sentence": sentence,
            "edit_url": _edit_url(request, obj),
        },
    )


def _chosen(posted: Mapping[str, object]) -> dict[str, Side]:
    prefix = "choice-"
    return {
        name.removeprefix(prefix): Side(str(value))
        for name, value in posted.items()
        if name.startswith(prefix) and value in list(Side)
    }


def _run_hooks(name: str, request: HttpRequest, obj: Draftable) -> HttpResponse | None:
    """Run Wagtail's hooks around publishing, which have another name for pages."""
    return HookResponseMixin().run_hook(f"{name}_page" if isinstance(obj, Page) else name, request, obj)


def _edit_url(request: HttpRequest, obj: Draftable) -> str:
    return AdminURLFinder(request.user).get_edit_url(obj) or reverse("wagtailadmin_home")
