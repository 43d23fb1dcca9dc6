"""Asks what becomes of a scheduled update when a change is to be published at once.

The change is saved as a draft by then, so that whoever leaves the page loses nothing. No schedule is touched before
the answer, and the answer counts only for what was asked about.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Revision

from site_core.admin.refusal import refuse
from site_core.publishing.eastern import written_out
from site_core.publishing.editing.atomic_save import sentences
from site_core.publishing.editing.conflict_choices import choices_for, label_of_field
from site_core.publishing.editing.merge import Side, changed_fields
from site_core.publishing.editing.rebase import (
    UndecidedConflicts,
    alike,
    carried,
    is_due,
    needs_an_answer,
    public_content,
    publish_and_rebase,
    shape_of,
)
from site_core.publishing.permissions import may_publish
from site_core.publishing.publishable import PublishableMixin, lock_row

CARRY, REPLACE = "carry", "replace"
NOT_YOURS = "You may not publish this, so nobody asks you what becomes of its schedule."
LOCKED = "This is locked, so it cannot be published now. Your change is saved as a draft."
NOTHING_SCHEDULED = (
    "Nothing is scheduled any more: the update has gone live or was cancelled meanwhile. Your change is saved as a "
    "draft and not public. Look at it again, then publish it."
)
ALREADY_PUBLIC = "Your change is public already."
NEWER_DRAFT = "Somebody has saved a newer draft meanwhile, so nothing was published. Look at it, then publish it."
CHANGED_MEANWHILE = (
    "What is public or what is scheduled has changed since you were asked. Look at both again and answer once more."
)
CHOOSE = "Both change the same below. Choose which version stands in the scheduled update, for each."
ANSWER = "Choose one of the two answers."


def question_urls() -> list[URLPattern]:
    return [path("scheduled-update/<int:revision_id>/", question, name="scheduled_update_question")]


def question(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Ask on GET; on POST do what was answered, in one transaction."""
    fix = get_object_or_404(Revision, pk=revision_id)
    obj: Any = fix.content_object
    if not isinstance(obj, PublishableMixin):
        raise Http404
    if not may_publish(request.user, obj):
        return refuse(request, NOT_YOURS)
    if (lock := obj.get_lock()) and lock.for_user(request.user):
        return refuse(request, LOCKED)
    if request.method != "POST":
        return _ask_or_say_why_not(request, fix)
    try:
        with transaction.atomic():
            lock_row(obj)
            return _answered(request, Revision.objects.get(pk=revision_id))
    except UndecidedConflicts:
        return _ask_or_say_why_not(request, fix, CHOOSE)
    except ValidationError as refusal:
        return _ask_or_say_why_not(request, fix, f"This could not be published. {' '.join(sentences(refusal))}")


def _answered(request: HttpRequest, fix: Revision) -> HttpResponse:
    """Carry out the answer. Raises UndecidedConflicts and ValidationError, with nothing done."""
    obj = fix.content_object
    scheduled = needs_an_answer(obj, fix.content)
    asked_about = (request.POST.get("scheduled"), request.POST.get("public"))
    if scheduled is None or obj.latest_revision_id != fix.pk:
        return _ask_or_say_why_not(request, fix)
    if asked_about != (str(scheduled.pk), str(obj.live_revision_id)):
        return _ask_or_say_why_not(request, fix, CHANGED_MEANWHILE)
    answer = request.POST.get("answer")
    if answer not in (CARRY, REPLACE):
        return _ask_or_say_why_not(request, fix, ANSWER)
    if response := _run_hooks("before_publish", request, obj):
        return response
    at = written_out(scheduled.approved_go_live_at)
    if answer == CARRY:
        publish_and_rebase(fix, request.user, _chosen(request.POST))
        said = f" is public with your change, and the update scheduled for {at} now holds it, too."
    else:
        fix.publish(user=request.user)
        said = f" is public with your change. The update scheduled for {at} is cancelled; it stays in the history."
    published = Revision.objects.get(pk=fix.pk).content_object
    if response := _run_hooks("after_publish", request, published):
        return response
    messages.success(request, f"“{published}”{said}")
    return redirect(_edit_url(request, obj))


def _ask_or_say_why_not(request: HttpRequest, fix: Revision, sentence: str = "") -> HttpResponse:
    """The question, as objects stand now; back to the form where there is nothing to ask any more."""
    obj = fix.content_object
    scheduled = needs_an_answer(obj, fix.content)
    if obj.live_revision_id == fix.pk or obj.latest_revision_id != fix.pk or scheduled is None:
        said = NEWER_DRAFT if obj.latest_revision_id != fix.pk else NOTHING_SCHEDULED
        messages.warning(request, ALREADY_PUBLIC if obj.live_revision_id == fix.pk else said)
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
            "public_number": obj.live_revision_id,
            "in_fix": _labels(model, base, fix.content),
            "in_update": _labels(model, base, scheduled.content),
            "choices": choices_for(model, carried(fix, scheduled, chosen).conflicts, chosen),
            "sentence": sentence,
            "edit_url": _edit_url(request, obj),
        },
    )


def _labels(model: Any, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of the fields that say something else."""
    changed = changed_fields(alike(model, before), alike(model, after), shape_of(model))
    return [label_of_field(model, name) for name in changed]


def _chosen(posted: Mapping[str, Any]) -> dict[str, Side]:
    prefix = "choice-"
    return {
        name.removeprefix(prefix): Side(value)
        for name, value in posted.items()
        if name.startswith(prefix) and value in list(Side)
    }


def _run_hooks(name: str, request: HttpRequest, obj: Any) -> HttpResponse | None:
    """Wagtail's hooks around publishing, which have another name for pages."""
    for function in hooks.get_hooks(f"{name}_page" if isinstance(obj, Page) else name):
        response = function(request, obj)
        if hasattr(response, "status_code"):
            return response
    return None


def _edit_url(request: HttpRequest, obj: Any) -> str:
    return AdminURLFinder(request.user).get_edit_url(obj) or reverse("wagtailadmin_home")
