"""What the admin's edit views for pages and for snippets share.

A save in the admin is one transaction that locks the object's row before it reads anything. It never overwrites what
another save has just changed, and a failed publish leaves everything as it was, including the schedule.
"""

from collections.abc import Callable
from functools import wraps

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
from wagtail.models import Revision

from site_core.publishing.approval_rules import ApprovalRefused
from site_core.publishing.eastern import written_out
from site_core.publishing.editing.rebase import is_due, scheduled_update
from site_core.publishing.permissions import may_publish
from site_core.publishing.publishable import lock_row
from site_core.publishing.runner.failure_reasons import labeled_messages
from site_core.publishing.runner.failures import FailedEvent, failures_about
from site_core.publishing.types import Draftable

# What prevents a save or a publish after the form itself was valid.
SaveError = ValidationError | IntegrityError | ObjectDoesNotExist | ApprovalRefused
SAVE_ERRORS = (ValidationError, IntegrityError, ObjectDoesNotExist, ApprovalRefused)
NOT_SAVED = (
    "This could not be saved. Something it refers to may have been removed in the meantime, or another page may just "
    "have taken the same URL. Your changes are still here: check what you chose, and save again."
)


class AtomicSaveMixin(WagtailAdminTemplateMixin):
    """Goes before Wagtail's create and edit views. A POST succeeds as a whole or changes nothing.

    After a failure, the view runs again with the error, so that the form shows it like any other mistake.
    """

    save_error: SaveError | None = None

    @classmethod
    def as_view(cls, **initkwargs: object) -> Callable[..., HttpResponse]:
        make_view = super().as_view
        view = make_view(**initkwargs)

        @wraps(view)
        def atomic_view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            try:
                with transaction.atomic():
                    cls.lock(initkwargs, kwargs)
                    return view(request, *args, **kwargs)
            except SAVE_ERRORS as error:
                with transaction.atomic():
                    cls.lock(initkwargs, kwargs)
                    return make_view(**initkwargs, save_error=error)(request, *args, **kwargs)

        return atomic_view

    @classmethod
    def lock(cls, initkwargs: dict[str, object], kwargs: dict[str, object]) -> None:
        """Lock the row of the object that the URL names. A new object has none."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if self.save_error is None:
            return super().form_valid(form)
        add_errors_to_fields(form, self.save_error)
        return self.form_invalid(form)


class AtomicUnpublishMixin(UnpublishView):
    """Goes before Wagtail's unpublish views, which run their own action without a transaction."""

    def unpublish(self) -> HttpResponse | None:
        """Unpublish the object and write its row in the ledger, or change nothing."""
        with transaction.atomic():
            lock_row(self.object)
            return super().unpublish()


def add_errors_to_fields(form: BaseForm, error: SaveError) -> None:
    """Add the error to the field it concerns, or to the form as a whole."""
    if isinstance(error, ApprovalRefused):
        form.add_error(None, str(error))
    elif not isinstance(error, ValidationError):
        form.add_error(None, NOT_SAVED)
    elif not hasattr(error, "error_dict"):
        form.add_error(None, error)
    else:
        for name, errors in error.error_dict.items():
            if name in form.fields:
                form.add_error(name, errors)
            else:
                form.add_error(None, labeled_messages(ValidationError({name: errors})))


def schedule_message(obj: Draftable, former: Revision | None) -> str:
    """What publishing has scheduled, and what it did to the former schedule, "" if nothing is or was scheduled."""
    name = f"“{obj}”"
    now = scheduled_update(obj)
    before = written_out(former.approved_go_live_at) if former else ""
    if now is None:
        return f"{name} is public. What was scheduled for {before} is public with it." if former else ""
    message = f"Scheduled for {written_out(now.approved_go_live_at)}: {name}."
    if former:
        message += f" This replaces what was scheduled for {before}, which stays in the history."
    return message


def add_schedule_messages(request: HttpRequest, obj: Draftable, edit_live_url: str) -> None:
    """Above the form: what has failed, what is scheduled, and whether the form shows it.

    `edit_live_url` is where the live version is edited, "" if there is none.
    """
    for failed in failures_about(obj, timezone.now()):
        messages.error(request, failure_message(failed, may_try=may_publish(request.user, obj)))
    scheduled = scheduled_update(obj)
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
        "This was to {} on {} and could not. {} It stays scheduled. Next try {}.{}",
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
