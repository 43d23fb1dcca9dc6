"""The page of one review: what would change, in words and side by side, and the decision.

The email to people who may approve links here. Everything on the page works without JavaScript.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import DraftStateMixin, Page, Revision, TaskState
from wagtail.utils.decorators import xframe_options_sameorigin_override

from site_core.admin.refusal import refuse
from site_core.publishing.approval_rules import (
    APPROVE,
    APPROVE_ALONE,
    EDITED_MEANWHILE,
    OWN_EDIT,
    SEND_BACK,
    ApprovalRefused,
    needs_another,
)
from site_core.publishing.differences.content_diff import changes_between
from site_core.publishing.eastern import written_out
from site_core.publishing.editing.atomic_save import schedule_button
from site_core.publishing.editing.rebase import scheduled_update
from site_core.publishing.permissions import may_see
from site_core.publishing.publishable import lock_row
from site_core.publishing.review.approval import ReviewTask, Timing
from site_core.publishing.review.forms import ReasonForm
from site_core.publishing.review.rounds import earlier_rounds, last_sent_back
from site_core.publishing.review.used_objects import changes_of_used, newest_row
from site_core.publishing.review.writers import sittings
from site_core.publishing.schedule.dialogs import future_go_live
from site_core.publishing.schedule.forms import GoLiveForm
from site_core.publishing.schedule.rescheduling import NotPossible
from site_core.publishing.types import User

# When what is approved goes live, as the form says it.
AT_ONCE, AT_A_TIME = "now", "at"
NOT_ALLOWED = "You may not see this review, because you may not edit what it is about."


@dataclass(frozen=True)
class Review:
    """A review and its object."""

    state: TaskState
    obj: DraftStateMixin

    @classmethod
    def of(cls, state: TaskState | None) -> "Review | None":
        """None if the object is deleted, or if the task is not a ReviewTask."""
        obj = state and state.workflow_state.content_object
        if state is None or obj is None or not isinstance(state.task.specific, ReviewTask):
            return None
        return cls(state, obj.specific if isinstance(obj, Page) else obj)

    @property
    def is_running(self) -> bool:
        return bool(self.state.status == TaskState.STATUS_IN_PROGRESS)

    @property
    def revision(self) -> Revision:
        """The revision that approving would publish. After the decision, the revision that was decided on."""
        return self.obj.latest_revision if self.is_running else self.state.revision

    @property
    def live_revision(self) -> Revision | None:
        return self.obj.live_revision if self.obj.live else None

    @property
    def kind(self) -> str:
        return str(self.obj._meta.verbose_name)

    @property
    def title(self) -> str:
        return str(self.revision.object_str)

    @property
    def edited_at(self) -> str:
        return written_out(self.revision.created_at)

    @property
    def decided_at(self) -> str:
        return written_out(self.state.finished_at) if self.state.finished_at else ""

    @property
    def goes_live_at(self) -> datetime | None:
        """The date of the draft, None if it has none ahead."""
        return future_go_live(self.revision.as_object())

    @property
    def url(self) -> str:
        return reverse("review", args=[self.state.pk])

    def keep_revision(self) -> None:
        """Autosave overwrites no revision of a review (`is_protected`), so what is shown stays what is approved."""
        if self.is_running:
            TaskState.objects.filter(pk=self.state.pk).update(revision=self.obj.latest_revision_id)

    def choices_of(self, user: User) -> set[str]:
        """The decisions open to the user, none after the decision."""
        task = self.state.task.specific
        return {name for name, *_ in task.get_actions(self.obj, user)} if self.is_running else set()


def review_of(pk: int) -> Review:
    """The review of a task state. Raises Http404 if it or its object is deleted."""
    state = get_object_or_404(TaskState.objects.select_related("workflow_state", "revision__user"), pk=pk)
    if shown := Review.of(state):
        return shown
    raise Http404("There is no such review.")


def review(request: HttpRequest, number: int) -> HttpResponse:
    """Show the review. On POST, carry out the decision."""
    shown = review_of(number)
    if not may_see(request.user, shown.obj):
        return refuse(request, NOT_ALLOWED)
    with transaction.atomic():
        lock_row(shown.obj)
        shown = review_of(number)
        forms = _forms(request, shown)
        if request.method == "POST" and (response := _decide(request, shown, *forms)):
            return response
        shown.keep_revision()
    return _review_page(request, shown, *forms)


def _forms(request: HttpRequest, shown: Review) -> tuple[ReasonForm, GoLiveForm]:
    """The form to send it back and the form to schedule it. The one that was sent has what was typed."""
    sent_back = request.POST.get("action") == SEND_BACK
    reason = ReasonForm(request.POST) if sent_back else ReasonForm()
    if request.POST.get("when") == AT_A_TIME and not sent_back:
        return reason, GoLiveForm(request.POST)
    return reason, GoLiveForm(initial={"goes_live": shown.goes_live_at} if shown.is_running else None)


def _decide(request: HttpRequest, shown: Review, reason: ReasonForm, go_live: GoLiveForm) -> HttpResponse | None:
    """Carry out the decision, or say why not. None if the page is to be shown again with errors in a form."""
    action = request.POST.get("action", "")
    allowed = shown.choices_of(request.user)
    if action not in allowed:
        raise ApprovalRefused(_why_not(shown, request.user))
    if request.POST.get("revision") != str(shown.revision.pk):
        messages.warning(request, EDITED_MEANWHILE)
        return redirect(shown.url)
    if any(form.is_bound and not form.is_valid() for form in (reason, go_live)):
        return None
    comment = reason.cleaned_data["comment"] if action == SEND_BACK else request.POST.get("comment", "")
    details = {"comment": comment, "seen": request.POST.get("seen", ""), "timing": _timing(request, shown, go_live)}
    try:
        shown.state.task.specific.on_action(shown.state, request.user, action, **details)
    except NotPossible as error:
        go_live.add_error("goes_live", str(error))
        return None
    update = None if action == SEND_BACK else scheduled_update(shown.obj)
    done = "was sent back to its author" if action == SEND_BACK else "was approved"
    when = f" It is scheduled for {written_out(update.approved_go_live_at)}." if update else ""
    messages.success(request, f"“{shown.title}” {done}.{when}", buttons=[schedule_button()] if update else None)
    return redirect("wagtailadmin_home")


def _timing(request: HttpRequest, shown: Review, go_live: GoLiveForm) -> Timing | None:
    """When it goes live. None if the draft's own date counts, as where the request does not say."""
    if go_live.is_bound:
        return Timing(go_live.cleaned_data["goes_live"])
    return Timing(None) if request.POST.get("when") == AT_ONCE and shown.goes_live_at else None


def _why_not(shown: Review, user: User) -> str:
    if not shown.is_running:
        return "This review is closed. There is nothing left to decide."
    return OWN_EDIT if needs_another(user, shown.obj) else "You may not decide this review."


def _review_page(request: HttpRequest, shown: Review, reason: ReasonForm, go_live: GoLiveForm) -> HttpResponse:
    choices = shown.choices_of(request.user)
    compares = shown.live_revision and shown.is_running
    rounds = earlier_rounds(shown.state, shown.obj)
    sent_back = last_sent_back(rounds, shown.live_revision) if shown.is_running else None
    update = scheduled_update(shown.obj) if shown.is_running else None
    draft = shown.revision.as_object() if shown.is_running else None
    context = {
        "review": shown,
        "form": reason,
        "go_live_form": go_live,
        "rounds": rounds,
        "sent_back": sent_back,
        "since_sent_back": changes_between(sent_back.revision, shown.revision, request) if sent_back else [],
        "writers": sittings(shown.obj, shown.live_revision, shown.revision) if shown.is_running else [],
        "scheduled_at": update and written_out(update.approved_go_live_at),
        "changed_meanwhile": changes_of_used(shown.state, shown.revision) if shown.is_running else [],
        "seen": newest_row(),
        "changes": changes_between(shown.live_revision, shown.revision, request) if compares else [],
        "hints": getattr(draft, "worth_another_look", []),
        "marked_wording": getattr(draft, "marked_wording", []),
        "may_approve": APPROVE in choices,
        "may_approve_alone": APPROVE_ALONE in choices,
        "may_send_back": SEND_BACK in choices,
        "why_not": "" if {APPROVE, APPROVE_ALONE} & choices else _why_not(shown, request.user),
        "edit_url": AdminURLFinder(request.user).get_edit_url(shown.obj),
    }
    return render(request, "publishing/review/review.html", context)


@xframe_options_sameorigin_override
def review_side(request: HttpRequest, number: int, side: str) -> HttpResponse:
    """A preview of the public version or the draft, which the page shows in a frame."""
    shown = review_of(number)
    if not may_see(request.user, shown.obj):
        return refuse(request, NOT_ALLOWED)
    revision = shown.live_revision if side == "public" else shown.revision
    if revision is None:
        raise Http404("This is not public.")
    instance = revision.as_object()
    return instance.make_preview_request(request, instance.default_preview_mode)
