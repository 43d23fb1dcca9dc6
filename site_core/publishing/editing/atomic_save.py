"""What the admin's own screens for pages and for snippets have in common.

A save in the admin is one transaction that locks the object's row before anything is read: no number that another
save has just changed is written back, and what cannot be published leaves everything, a schedule included, as it was.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.admin import messages
from wagtail.models import Revision

from site_core.publishing.approval_rules import ApprovalRefused
from site_core.publishing.eastern import written_out
from site_core.publishing.editing.rebase import is_due, scheduled_update
from site_core.publishing.permissions import may_publish
from site_core.publishing.publishable import lock_row
from site_core.publishing.runner.failures import FailedEvent, failures_about, next_try_of

# What keeps an object from being saved or published although its form was filled in well.
Refusal = ValidationError | IntegrityError | ObjectDoesNotExist | ApprovalRefused
REFUSALS = (ValidationError, IntegrityError, ObjectDoesNotExist, ApprovalRefused)
NOT_SAVED = (
    "This could not be saved. Something that it names may have been removed meanwhile, or something else may just "
    "have taken the same address. What you typed is still here: look through what you chose, and save again."
)


class AtomicSaveMixin:
    """Stands before one of Wagtail's screens to create or edit something: a POST to it happens wholly or not at all.

    After a failure the screen is asked a second time, told why, so that it shows what was typed as it does for any
    other mistake.
    """

    refused_with: Refusal | None = None

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponse]:
        make: Any = super().as_view  # type: ignore[misc]
        view = make(**initkwargs)

        @wraps(view)
        def whole(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            try:
                with transaction.atomic():
                    cls.lock(initkwargs, kwargs)
                    return view(request, *args, **kwargs)
            except REFUSALS as refusal:
                with transaction.atomic():
                    cls.lock(initkwargs, kwargs)
                    return make(**initkwargs, refused_with=refusal)(request, *args, **kwargs)

        return whole

    @classmethod
    def lock(cls, initkwargs: dict[str, Any], kwargs: dict[str, Any]) -> None:
        """Lock the row of what the address names."""
        raise NotImplementedError

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if self.refused_with is None:
            return super().form_valid(form)  # type: ignore[misc]
        add_errors_to_fields(form, self.refused_with)
        return self.form_invalid(form)  # type: ignore[attr-defined]


class AtomicUnpublishMixin:
    """Goes before Wagtail's view that unpublishes, which runs an action of its own and no transaction."""

    object: Any

    def unpublish(self) -> HttpResponse | None:
        """Unpublish the object and write its row in the ledger, or change nothing."""
        with transaction.atomic():
            lock_row(self.object)
            response: HttpResponse | None = super().unpublish()  # type: ignore[misc]
        return response


def add_errors_to_fields(form: BaseForm, refusal: Refusal) -> None:
    """Put the reason where the form can show it: at the field it concerns, else above the form."""
    if isinstance(refusal, ApprovalRefused):
        form.add_error(None, str(refusal))
    elif not isinstance(refusal, ValidationError):
        form.add_error(None, NOT_SAVED)
    elif not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
    else:
        for name, errors in refusal.error_dict.items():
            if name in form.fields:
                form.add_error(name, errors)
            else:
                form.add_error(None, sentences(ValidationError({name: errors})))


def sentences(refusal: ValidationError) -> list[str]:
    """Each reason, with the name of the field that it is about."""
    if not hasattr(refusal, "error_dict"):
        return list(refusal.messages)
    return [
        reason if name == NON_FIELD_ERRORS else f"{capfirst(name.replace('_', ' '))}: {reason}"
        for name, reasons in refusal.message_dict.items()
        for reason in reasons
    ]


def schedule_message(obj: Any, former: Revision | None) -> str:
    """What publishing has just scheduled, and what became of the schedule before; "" if there is and was none."""
    name = f"“{obj}”"
    now = scheduled_update(obj)
    before = written_out(former.approved_go_live_at) if former else ""
    if now is None:
        return f"{name} is public. What was scheduled for {before} is public with it." if former else ""
    said = f"Scheduled for {written_out(now.approved_go_live_at)}: {name}."
    if former:
        said += f" This takes the place of what was scheduled for {before}, which stays in the history."
    return said


def add_schedule_messages(request: HttpRequest, obj: Any, edit_live_url: str) -> None:
    """Above the form: what could not be carried out, that an update is scheduled, and whether the form shows it.

    `edit_live_url` is where what is public now is edited, "" if nothing is.
    """
    for failed in failures_about(obj, timezone.now()):
        messages.error(request, failure_message(failed, may_try=may_publish(request.user, obj)))
    scheduled = scheduled_update(obj)
    if scheduled is None:
        return
    at = written_out(scheduled.approved_go_live_at)
    if is_due(scheduled):
        said = f"{'An update' if obj.live else 'This'} was due {at} and has not gone live yet."
    else:
        said = f"An update is scheduled for {at}." if obj.live else f"Scheduled to go live {at}."
    if obj.latest_revision_id != scheduled.pk:
        shown = "What you see and edit here is a newer draft, which is not scheduled."
    elif obj.live:
        shown = "What you see and edit here is that update."
    else:
        shown = "What you see and edit here is what goes live."
    if is_due(scheduled) and obj.latest_revision_id == scheduled.pk:
        shown += " Mend it here and publish it."
    link = edit_live_url and format_html(
        ' To change what is public now: <a href="{}">Fix what is public now</a>.', edit_live_url
    )
    messages.info(request, format_html("{} {}{}", said, shown, link))


def failure_message(failed: FailedEvent, *, may_try: bool) -> SafeString:
    """What was to happen, since when it is late, why, and what happens next."""
    link = may_try and format_html(
        ' <a href="{}">Try now</a>, without a change here.', reverse("try_failed_event", args=[failed.pk])
    )
    return format_html(
        "This was to {} on {} and could not. {} Its schedule is kept. Next try {}.{}",
        failed.what_was_to_happen,
        written_out(failed.due_at),
        failed.reason,
        next_try_of(failed),
        link or "",
    )


def live_version_message(obj: Any) -> str:
    """Above the form that shows what is public now."""
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
    """Where it is asked what becomes of the scheduled update."""
    return reverse("scheduled_update_question", args=[fix.pk])
