"""One review on one screen: what changed since what is public, in words and side by side, and the decision.

The mail to those who may approve leads here. Everything on it works without JavaScript.
"""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, TaskState
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

NOT_YOURS = "You may not see this review, because you may not edit what it is about."
EDITED_MEANWHILE = "It was edited while you were reading. Look at it again before you decide."


@dataclass(frozen=True)
class Review:
    """A review that has been asked for, with what it is about."""

    state: TaskState
    obj: Any

    @classmethod
    def of(cls, state: TaskState | None) -> "Review | None":
        """None where what it is about is gone, or where the task is none of ours."""
        obj = state and state.workflow_state.content_object
        if state is None or obj is None or not isinstance(state.task.specific, ReviewTask):
            return None
        return cls(state, obj.specific if isinstance(obj, Page) else obj)

    @property
    def is_running(self) -> bool:
        return bool(self.state.status == TaskState.STATUS_IN_PROGRESS)

    @property
    def revision(self) -> Any:
        """What approving would make public; once decided, what was decided on."""
        return self.obj.latest_revision if self.is_running else self.state.revision

    @property
    def live_revision(self) -> Any:
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
        """Its time, where approving schedules it; "" where approving publishes it at once."""
        at = self.revision.as_object().go_live_at
        return written_out(at) if at and at > timezone.now() else ""

    @property
    def address(self) -> str:
        return reverse("review", args=[self.state.pk])

    def choices_of(self, user: Any) -> set[str]:
        """What this person may decide; nothing where it is decided."""
        task = self.state.task.specific
        return {name for name, *_ in task.get_actions(self.obj, user)} if self.is_running else set()


def review_of(number: int) -> Review:
    """The review of this number, or 404 where it or what it is about is gone."""
    state = get_object_or_404(TaskState.objects.select_related("workflow_state", "revision__user"), pk=number)
    if shown := Review.of(state):
        return shown
    raise Http404("There is no such review.")


def review(request: HttpRequest, number: int) -> HttpResponse:
    """The screen, and on POST the decision."""
    shown = review_of(number)
    if not may_see(request.user, shown.obj):
        return refuse(request, NOT_YOURS)
    form = ReasonForm()
    if request.method == "POST":
        action = request.POST.get("action", "")
        form = ReasonForm(request.POST) if action == SEND_BACK else form
        if response := _decide(request, shown, action, form):
            return response
    return _screen(request, shown, form)


def _decide(request: HttpRequest, shown: Review, action: str, form: ReasonForm) -> HttpResponse | None:
    """Carry the decision out, or say why not; None where the screen is to be shown with the errors in it."""
    allowed = shown.choices_of(request.user)
    if action not in allowed:
        raise ApprovalRefused(_why_not(shown, request.user))
    if request.POST.get("revision") != str(shown.revision.pk):
        messages.warning(request, EDITED_MEANWHILE)
        return redirect(shown.address)
    if action == SEND_BACK and not form.is_valid():
        return None
    comment = form.cleaned_data["comment"] if action == SEND_BACK else request.POST.get("comment", "")
    shown.state.task.specific.on_action(shown.state, request.user, action, comment=comment)
    done = "was sent back to its author" if action == SEND_BACK else "was approved"
    messages.success(request, f"“{shown.title}” {done}.")
    return redirect("wagtailadmin_home")


def _why_not(shown: Review, user: Any) -> str:
    if not shown.is_running:
        return "This review is over. There is nothing left to decide."
    return OWN_EDIT if needs_another(user, shown.obj) else "You may not decide this review."


def _screen(request: HttpRequest, shown: Review, form: ReasonForm) -> HttpResponse:
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
    """How it looks before or after, as a page of its own that the screen frames."""
    shown = review_of(number)
    if not may_see(request.user, shown.obj):
        return refuse(request, NOT_YOURS)
    revision = shown.live_revision if side == "public" else shown.revision
    if revision is None:
        raise Http404("It is not public.")
    instance = revision.as_object()
    response: HttpResponse = instance.make_preview_request(request, instance.default_preview_mode)
    return response


def review_urls() -> list[URLPattern]:
    """The addresses below /admin/."""
    return [
        path("review/<int:number>/", review, name="review"),
        path("review/<int:number>/public/", review_side, {"side": "public"}, name="review_public"),
        path("review/<int:number>/draft/", review_side, {"side": "draft"}, name="review_draft"),
    ]
