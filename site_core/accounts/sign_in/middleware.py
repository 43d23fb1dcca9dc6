"""What holds for everybody who is signed in to the admin, whichever way they came in."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from site_core.accounts.log import record
from site_core.accounts.models import User
from site_core.accounts.sessions import postpone_end
from site_core.accounts.sign_in import second_step
from site_core.admin.refusal import refuse

# An edit screen that nobody touches asks these every few seconds. That is no activity.
BACKGROUND = "wagtailadmin_editing_sessions"
SET_UP = "Your role needs two-step sign-in. Set it up here to go on."
# What stays open to somebody who still has to set up the second step.
OPEN = {"sign_in_settings", "wagtailadmin_logout", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}


class SignInMiddleware:
    """Asks for the second step, postpones the end of the session, and records exports."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        file = response.get("Content-Disposition", "")
        if file.startswith("attachment") and self.is_at_work(request):
            name = file.partition("=")[2].strip('"')
            user: User = request.user  # type: ignore[assignment]
            record("export", user, request, {"file": name, "path": request.path}, by=user)
        return response

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not self.is_at_work(request):
            return None
        if match.namespace != BACKGROUND:
            postpone_end(request.session)
        if request.session.get(second_step.TAKEN) or match.view_name in OPEN:
            return None
        return self.ask_for_second_step(request)

    def is_at_work(self, request: HttpRequest) -> bool:
        return request.path.startswith(self.admin) and request.user.is_authenticated

    def ask_for_second_step(self, request: HttpRequest) -> HttpResponse | None:
        user: User = request.user  # type: ignore[assignment]
        if user.second_steps.exists():
            # Signed in before it was set up, or past the login page.
            logout(request)
            return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
        if not second_step.is_required_of(user) or second_step.due_at(user) > timezone.now():
            return None
        if request.method != "GET" or request.headers.get("x-requested-with") == "XMLHttpRequest":
            return refuse(request, SET_UP)
        messages.error(request, SET_UP)
        return redirect("sign_in_settings")
