"""The login page and the page of the second step: the only way in."""

import time
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.generic import FormView
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.views.account import LoginView

from site_core.accounts.log import record, record_wrong_password
from site_core.accounts.models import SecondStep, User
from site_core.accounts.networks import network_of
from site_core.accounts.sign_in import passkeys, second_step, throttle

# In the session, between the two steps: whose password was right, and what comes after the second step.
PENDING = "pending_sign_in"
# Seconds to take the second step in.
PATIENCE = 600


class LimitedLoginForm(LoginForm):
    """Wagtail's form with a limit on attempts."""

    def clean(self) -> dict[str, Any]:
        email = User.objects.normalize_email(self.cleaned_data.get("username"))
        if not email or not self.cleaned_data.get("password"):
            return dict(self.cleaned_data)
        network = network_of(self.request)
        throttle.require_attempt("password", email, network)
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            record_wrong_password(email, self.request)
            raise
        throttle.forgive("password", email, network)
        return cleaned


def _status_of(form: forms.Form) -> int:
    return HTTPStatus.TOO_MANY_REQUESTS if form.has_error("__all__", throttle.TOO_MANY) else HTTPStatus.OK


@method_decorator(never_cache, name="dispatch")
class SignInView(LoginView):
    """The first step: email and password. Signs in a user who has no second step."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """A signed-in user who may not see a private page can sign in to another account.

        Wagtail's view would lead back to the page, and the page to it.
        """
        came_from = self.get_redirect_url()
        if came_from and not came_from.startswith(reverse("wagtailadmin_home")):
            return FormView.get(self, request, *args, **kwargs)
        return super().get(request, *args, **kwargs)

    def get_form_class(self) -> type[LoginForm]:
        return LimitedLoginForm

    def form_valid(self, form: LimitedLoginForm) -> HttpResponse:
        user, remember = form.get_user(), form.cleaned_data["remember"]
        if user.second_steps.exists():
            self.request.session[PENDING] = {
                "user": user.pk,
                "hash": user.get_session_auth_hash(),
                "at": time.time(),
                "remember": remember,
                "next": self.get_success_url(),
            }
            return redirect("second_step")
        sign_in(self.request, user, remember=remember)
        if second_step.is_required_of(user):
            day = date_format(localtime(second_step.due_at(user)), "F j")
            messages.warning(
                self.request,
                f"Your role needs two-step sign-in by {day}. Set it up under Account, Signing in.",
            )
        return HttpResponseRedirect(self.get_success_url())

    def form_invalid(self, form: LimitedLoginForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = _status_of(form)
        return response


class SecondStepForm(forms.Form):
    """A code, or what the browser answers for a passkey."""

    code = forms.CharField(
        label="Code from your authenticator app, or a recovery code",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": ""}),
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean(self) -> dict[str, Any]:
        network = network_of(self.request)
        throttle.require_attempt("code", self.user.email, network)
        answer, code = self.cleaned_data.get("credential"), self.cleaned_data.get("code", "")
        if answer:
            step = passkeys.complete_authentication(self.request, self.user, answer)
        else:
            step = second_step.use_code(self.user, code)
        if step is None:
            record("second_step_failed", self.user, self.request, by=self.user)
            raise ValidationError(
                "That passkey was not accepted. Try again, or use a code."
                if answer
                else "That code is wrong, or it was used before. Wait for the next one and try again."
            )
        throttle.forgive("code", self.user.email, network)
        self.step = step
        return self.cleaned_data


@method_decorator(never_cache, name="dispatch")
class SecondStepView(FormView):  # type: ignore[type-arg]
    """The second step, within ten minutes of the password."""

    form_class = SecondStepForm
    template_name = "accounts/second_step.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.pending: dict[str, Any] = request.session.get(PENDING, {})
        user = User.objects.filter(pk=self.pending.get("user"), is_active=True).first()
        is_in_time = time.time() - self.pending.get("at", 0) < PATIENCE
        if user is None or not is_in_time or user.get_session_auth_hash() != self.pending["hash"]:
            return redirect("wagtailadmin_login")
        self.user = user
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request, "user": self.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = set(self.user.second_steps.values_list("kind", flat=True))
        return {
            **super().get_context_data(**kwargs),
            "passkey_options": passkeys.begin_authentication(self.request, self.user),
            "has_codes": bool(kinds - {SecondStep.Kind.PASSKEY}),
        }

    def form_valid(self, form: SecondStepForm) -> HttpResponse:
        sign_in(self.request, self.user, remember=self.pending["remember"], step=form.step)
        return HttpResponseRedirect(self.pending["next"])

    def form_invalid(self, form: SecondStepForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = _status_of(form)
        return response


def sign_in(request: HttpRequest, user: User, *, remember: bool, step: SecondStep | None = None) -> None:
    """Begin a session of the user, who has taken every step that there is."""
    request.session.flush()
    if step:
        request.session[second_step.TAKEN] = step.kind
    login(request, user)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
