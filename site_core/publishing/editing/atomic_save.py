"""What the admin's edit views for pages and for snippets share.

A form is read and checked before the transaction of its save: on SQLite nobody else can write while one is open. The
save locks the object's row, and begins again if anybody has changed the object since the form was read. So it never
overwrites what another save has just changed, and a failed publish leaves everything as it was, the schedule too.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin import messages
from wagtail.admin.views.generic import UnpublishView, WagtailAdminTemplateMixin
from wagtail.models import DraftStateMixin, Page, Revision, WorkflowState

from site_core.page_cache.metrics import REFUSED_SAVES
from site_core.publishing.approval_rules import ApprovalRefused
from site_core.publishing.eastern import written_out
from site_core.publishing.editing.partial_save import leave_out_what_is_wrong, with_left_out
from site_core.publishing.editing.rebase import is_due, scheduled_update
from site_core.publishing.editing.refusal_list import add_refusals_message, with_boxes_named
from site_core.publishing.history.hooks import add_undo_message
from site_core.publishing.permissions import may_publish, require_unlocked
from site_core.publishing.publishable import lock_row
from site_core.publishing.runner.failure_reasons import labeled_messages
from site_core.publishing.runner.failures import FailedEvent, failures_about
from site_core.publishing.types import Draftable

logger = logging.getLogger(__name__)

# What prevents a save or a publish after the form itself was valid.
SaveError = ValidationError | IntegrityError | ObjectDoesNotExist | ApprovalRefused
SAVE_ERRORS = (ValidationError, IntegrityError, ObjectDoesNotExist, ApprovalRefused)
# Wagtail's code for what is wrong in the form itself.
INVALID = "validation_error"
NOT_SAVED = (
    "This could not be saved, and the fault is ours: the technical team has been told. Your changes are still here. "
    "Something they refer to may have been removed in the meantime, or another page may just have taken the same URL: "
    "check what you chose, and save again."
)


class ChangedMeanwhile(Exception):
    """The object was saved, published, reviewed or locked by somebody else since the form was read."""


class AtomicSaveMixin(WagtailAdminTemplateMixin):
    """Goes before Wagtail's create and edit views. A POST succeeds as a whole or changes nothing.

    After a failure, the view runs again with the error, so that the form shows it like any other mistake.
    """

    save_error: SaveError | None = None
    # What `state_of` said before the view read anything. None if the row is locked already.
    state_read: tuple[object, ...] | None = None

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponse]:
        make_view = super().as_view
        view = make_view(**initkwargs)

        def locked(request: HttpRequest, *args: object, save_error: SaveError | None = None, **kwargs: Any) -> Any:
            with transaction.atomic():
                if obj := cls.locked_object(initkwargs, kwargs):
                    lock_row(obj)
                return make_view(**initkwargs, save_error=save_error)(request, *args, **kwargs)

        def checked_first(request: HttpRequest, *args: object, **kwargs: Any) -> HttpResponse:
            state = state_of(cls.locked_object(initkwargs, kwargs))
            return make_view(**initkwargs, state_read=state)(request, *args, **kwargs)

        @wraps(view)
        def atomic_view(request: HttpRequest, *args: object, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            try:
                # Taking back from review changes something even if the form is invalid.
                if "action-cancel-workflow" not in request.POST:
                    with suppress(ChangedMeanwhile):
                        return checked_first(request, *args, **kwargs)
                return locked(request, *args, **kwargs)
            except SAVE_ERRORS as error:
                return locked(request, *args, save_error=error, **kwargs)

        return atomic_view

    @classmethod
    def locked_object(cls, initkwargs: dict[str, Any], kwargs: dict[str, Any]) -> DraftStateMixin | None:
        """The object that the URL names, by its pk alone. A new object has none."""
        return None

    def check_content(self, form: BaseForm) -> None:
        """Check what is about to be saved, before the transaction. Raises ValidationError."""

    def save_form(self, form: BaseForm) -> HttpResponse:
        """Save what the valid form holds, in a transaction that has locked the row."""
        return super().form_valid(form)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if self.save_error is None:
            try:
                self.check_content(form)
            except ValidationError as error:
                self.save_error = error
        if self.save_error is not None:
            add_errors_to_fields(form, self.save_error)
            return self.form_invalid(form)
        with transaction.atomic():
            if self.state_read is not None:
                obj = self.locked_object({"model": getattr(self, "model", None)}, self.kwargs)
                if obj:
                    lock_row(obj)
                if state_of(obj) != self.state_read:
                    raise ChangedMeanwhile
            return self.save_form(form)

    @property
    def is_autosave(self) -> bool:
        """Whether what is invalid is an autosave, which no lock and no newer version forbids."""
        is_draft = self.expects_json_response and not any(name.startswith("action-") for name in self.request.POST)
        is_open = getattr(self, "produced_error_code", INVALID) == INVALID and not getattr(
            self, "locked_for_user", None
        )
        return bool(is_draft and is_open and self.save_error is None)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Name each box that is wrong, where Wagtail says only that something is. Autosave saves the others."""
        if self.is_autosave and (left_out := leave_out_what_is_wrong(form)):
            return with_left_out(self.form_valid(form), form, left_out)
        response = super().form_invalid(form)
        if self.expects_json_response:
            return with_boxes_named(response, form)
        add_refusals_message(self.request, form)
        return response


def state_of(obj: DraftStateMixin | None) -> tuple[object, ...]:
    """What anybody changes who saves, publishes, schedules, reviews, locks or moves the object."""
    if obj is None:
        return ()
    model = Page if isinstance(obj, Page) else type(obj)
    revisions = Revision.objects.for_instance(obj)
    reviews = WorkflowState.objects.filter(base_content_type=obj.get_base_content_type(), object_id=str(obj.pk))
    return (
        *model._base_manager.filter(pk=obj.pk).values_list(),
        revisions.order_by("-pk").values_list("pk", "created_at").first(),
        *revisions.filter(approved_go_live_at__isnull=False).order_by("pk").values_list("pk", "approved_go_live_at"),
        reviews.order_by("-pk").values_list("pk", "status", "current_task_state__status").first(),
    )


class AtomicUnpublishMixin(UnpublishView):
    """Goes before Wagtail's unpublish views, which run their own action without a transaction."""

    def unpublish(self) -> HttpResponse | None:
        """Unpublish the object and write its row in the ledger, or change nothing."""
        with transaction.atomic():
            lock_row(self.object)
            require_unlocked(self.request.user, self.object)
            return super().unpublish()

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Offer undo, after the message that says what was done."""
        response = super().post(request, *args, **kwargs)
        add_undo_message(request, self.object)
        return response


def add_errors_to_fields(form: Any, error: SaveError) -> None:
    """Add the error to the field it concerns, or to the form as a whole."""
    if isinstance(error, ApprovalRefused):
        form.add_error(None, str(error))
    elif not isinstance(error, ValidationError):
        logger.error("A valid form could not be saved: %r.", form.instance, exc_info=error)
        REFUSED_SAVES.inc()
        form.add_error(None, NOT_SAVED)
    elif not hasattr(error, "error_dict"):
        form.add_error(None, error)
    else:
        for name, errors in error.error_dict.items():
            if name in form.fields:
                form.add_error(name, errors)
            else:
                form.add_error(None, labeled_messages(ValidationError({name: errors}), form.instance))


def schedule_message(obj: Draftable, former: Revision | None) -> str:
    """What publishing has scheduled, and what it did to the former schedule, "" if nothing is or was scheduled."""
    name = f"“{obj}”"
    now = scheduled_update(obj)
    before = written_out(former.approved_go_live_at) if former else ""
    if now is None:
        return f"{name} is public. What was scheduled for {before} is public with it." if former else ""
    message = f"{name} is scheduled for {written_out(now.approved_go_live_at)}."
    if former:
        message += f" This replaces what was scheduled for {before}, which stays in the history."
    return message


def schedule_button() -> tuple[str, str, bool]:
    """The link to the schedule, in a message that something is scheduled."""
    return messages.button(reverse("schedule"), "See the schedule")


def add_schedule_messages(request: HttpRequest, obj: Draftable, edit_live_url: str) -> None:
    """Above the form: what has failed, what is scheduled, and whether the form shows it.

    `obj` is its row as a view has just read it. `edit_live_url` is where the live version is edited, "" if there is
    none.
    """
    for failed in failures_about(obj, timezone.now()):
        messages.error(request, failure_message(failed, may_try=may_publish(request.user, obj)))
    scheduled = obj.scheduled_revision
    if scheduled is None:
        return
    at = written_out(scheduled.approved_go_live_at)
    if is_due(scheduled):
        message = f"{'An update' if obj.live else 'This'} was due {at} and has not gone live yet."
    else:
        message = f"An update is scheduled for {at}." if obj.live else f"Scheduled to go live {at}."
    if obj.latest_revision_id != scheduled.pk:
        shown = "What you see and edit here is a newer draft, which is not scheduled."
    elif obj.live:
        shown = "What you see and edit here is that update."
    else:
        shown = "What you see and edit here is what goes live."
    if is_due(scheduled) and obj.latest_revision_id == scheduled.pk:
        shown += " Fix it here and publish it."
    link = edit_live_url and format_html(
        ' To change what is public now: <a href="{}">Fix what is public now</a>.', edit_live_url
    )
    messages.info(request, format_html("{} {}{}", message, shown, link))


def failure_message(failed: FailedEvent, *, may_try: bool) -> SafeString:
    """What failed, since when it is late, why, and what happens next."""
    link = may_try and format_html(
        ' <a href="{}">Try now</a>, without changing it here.', reverse("try_failed_event", args=[failed.pk])
    )
    return format_html(
        "This was supposed to {} on {}, and could not. {} It stays scheduled. Next try {}.{}",
        failed.what_was_to_happen,
        written_out(failed.due_at),
        failed.reason,
        failed.next_try,
        link or "",
    )


def live_version_message(obj: Draftable) -> str:
    """Above the form that shows the live version."""
    scheduled = scheduled_update(obj)
    if scheduled is None:
        return "You see and edit what is public now."
    at = written_out(scheduled.approved_go_live_at)
    update = f"The update that was due {at}" if is_due(scheduled) else f"The update scheduled for {at}"
    return (
        f"You see and edit what is public now. {update} stays as it is; "
        "when you publish your change, you are asked whether to carry it into that update."
    )


def conflict_url(fix: Revision) -> str:
    """The page that asks what happens to the scheduled update."""
    return reverse("scheduled_update_question", args=[fix.pk])
