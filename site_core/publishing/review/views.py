"""The page of one review: what would change, in words and side by side, and the decision.

The email to people who may approve links here. Everything on the page works without JavaScript.
"""

from dataclasses import dataclass

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
    OWN_EDIT,
    SEND_BACK,
    ApprovalRefused,
    needs_another,
)
from site_core.publishing.eastern import written_out
from site_core.publishing.permissions import may_see
from site_core.publishing.review.approval import ReasonForm, ReviewTask
from site_core.publishing.review.content_diff import changes_between
from site_core.publishing.schedule.dialogs import future_go_live
from site_core.publishing.types import User

NOT_ALLOWED = "You may not see this review, because you may not edit what it is about."
EDITED_MEANWHILE = "This was edited while you were reading. Look at it again before you decide."


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
    def goes_live_at(self) -> str:
        """When it goes live if approving schedules it, "" if approving publishes it at once."""
        at = future_go_live(self.revision.as_object())
        return written_out(at) if at else ""

    @property
    def url(self) -> str:
        return reverse("review", args=[self.state.pk])

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
    form = ReasonForm()
    if request.method == "POST":
        action = request.POST.get("action", "")
        form = ReasonForm(request.POST) if action == SEND_BACK else form
        if response := _decide(request, shown, action, form):
            return response
    return _review_page(request, shown, form)


def _decide(request: HttpRequest, shown: Review, action: str, form: ReasonForm) -> HttpResponse | None:
    """Carry out the decision, or say why not. None if the page is to be shown again with errors in its form."""
    allowed = shown.choices_of(request.user)
    if action not in allowed:
        raise ApprovalRefused(_why_not(shown, request.user))
    if request.POST.get("revision") != str(shown.revision.pk):
        messages.warning(request, EDITED_MEANWHILE)
        return redirect(shown.url)
    if action == SEND_BACK and not form.is_valid():
        return None
    comment = form.cleaned_data["comment"] if action == SEND_BACK else request.POST.get("comment", "")
    shown.state.task.specific.on_action(shown.state, request.user, action, comment=comment)
    done = "was sent back to its author" if action == SEND_BACK else "was approved"
    messages.success(request, f"“{shown.title}” {done}.")
    return redirect("wagtailadmin_home")


def _why_not(shown: Review, user: User) -> str:
    if not shown.is_running:
        return "This review is closed. There is nothing left to decide."
    return OWN_EDIT if needs_another(user, shown.obj) else "You may not decide this review."


def _review_page(request: HttpRequest, shown: Review, form: ReasonForm) -> HttpResponse:
    choices = shown.choices_of(request.user)
    compares = shown.live_revision and shown.is_running
    context = {
        "review": shown,
        "form": form,
        "changes": changes_between(shown.live_revision, shown.revision, request) if compares else [],
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
