"""An Administrator takes away somebody's second steps, most often because of a lost phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from site_core.accounts.log import record
from site_core.accounts.models import User
from site_core.accounts.permissions import is_administrator, may_manage
from site_core.accounts.sessions import end_sessions
from site_core.admin.refusal import refuse


def may_reset(user: User, person: User) -> bool:
    """Nobody resets their own: it would take no password."""
    return is_administrator(user) and may_manage(user, person) and user != person


def reset_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then removes every second step of a person and ends their sessions."""
    person = get_object_or_404(User, pk=pk)
    if not may_reset(request.user, person):  # type: ignore[arg-type]
        return refuse(request, "Only an Administrator can reset somebody else’s two-step sign-in.")
    if request.method != "POST":
        return render(request, "accounts/reset_second_step.html", {"person": person})
    person.second_steps.all().delete()
    end_sessions(person.pk)
    record("second_step_reset", person, request)
    messages.success(request, f"{person} now signs in with the password alone, and has to set up a second step.")
    return redirect("wagtailusers_users:index")


def reset_button(user: User, request_user: User) -> list[Button]:
    """In the list of people, among “More options”."""
    if not may_reset(request_user, user):
        return []
    url = reverse("reset_second_step", args=[user.pk])
    return [Button("Reset two-step sign-in", url, icon_name="lock-open", priority=50)]
