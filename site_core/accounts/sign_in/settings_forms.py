"""What a person changes about signing in, each a form on one screen. What matters asks for the password again."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin import messages

from site_core.accounts.log import record
from site_core.accounts.models import SecondStep, User
from site_core.accounts.networks import network_of
from site_core.accounts.sessions import end_sessions
from site_core.accounts.sign_in import passkeys, second_step, throttle
from site_core.accounts.sign_in.email_change import request_email_change

# In the session: the secret that the QR code shows, until a code proves that an app has it.
APP_SECRET = "app_secret"  # noqa: S105 (a name)


class SignInForm(forms.Form):
    """A form of the screen. `carry_out` does what it asks for, and returns a page if there is something to show."""

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def carry_out(self) -> HttpResponse | None:
        raise NotImplementedError


class ConfirmedForm(SignInForm):
    """Asks for the password, so that a screen left open is no way to take over an account."""

    field_order = ("name", "code", "step", "email", "password")

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_password(self) -> str:
        network = network_of(self.request)
        throttle.require_attempt("password", self.user.email, network)
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            record("sign_in_failed", self.user, self.request)
            raise ValidationError("That is not your password.")
        throttle.forgive("password", self.user.email, network)
        return password

    def added(self, step: SecondStep) -> HttpResponse | None:
        """Counts a new second step as taken here, ends sessions elsewhere, and shows recovery codes the first time."""
        record("second_step_added", self.user, self.request, {"name": step.name})
        self.request.session[second_step.TAKEN] = step.kind
        end_sessions(self.user.pk, except_for=self.request.session.session_key)
        messages.success(self.request, f"{step.name} added. From now on you need it to sign in.")
        has_codes = self.user.second_steps.filter(kind=SecondStep.Kind.CODES).exists()
        return None if has_codes else self.show_new_codes()

    def show_new_codes(self) -> HttpResponse:
        codes = second_step.new_recovery_codes(self.user)
        record("recovery_codes_made", self.user, self.request)
        return render(self.request, "accounts/recovery_codes.html", {"codes": codes})


class AppForm(ConfirmedForm):
    """Adds an authenticator app."""

    code = forms.CharField(
        label="Code that the app shows", widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            secret = self.request.session.get(APP_SECRET, "")
            self.step = second_step.add_app(self.user, secret, self.cleaned_data["code"]) if secret else None
            if self.step is None:
                self.add_error("code", "That code is wrong. Scan the QR code again, and enter the code that is shown.")
        return self.cleaned_data

    def carry_out(self) -> HttpResponse | None:
        self.request.session.pop(APP_SECRET, None)
        return self.added(self.step) if self.step else None


class PasskeyForm(ConfirmedForm):
    """Adds a passkey, which the browser has made."""

    name = forms.CharField(label="Name of this passkey, such as “My laptop”", max_length=60)
    credential = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            answer, name = self.cleaned_data["credential"], self.cleaned_data["name"]
            self.step = passkeys.complete_registration(self.request, self.user, name, answer)
            if self.step is None:
                raise ValidationError("The browser did not create a passkey. Try again.")
        return self.cleaned_data

    def carry_out(self) -> HttpResponse | None:
        return self.added(self.step) if self.step else None


class CodesForm(ConfirmedForm):
    """Makes new recovery codes."""

    def carry_out(self) -> HttpResponse:
        return self.show_new_codes()


class RemovalForm(ConfirmedForm):
    """Removes a second step. Recovery codes alone are none, so they go with the last."""

    step = forms.ModelChoiceField(SecondStep.objects.none(), label="What to remove")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].queryset = self.user.second_steps.exclude(  # type: ignore[attr-defined]
            kind=SecondStep.Kind.CODES
        )

    def carry_out(self) -> None:
        step: SecondStep = self.cleaned_data["step"]
        step.delete()
        if not self.user.second_steps.exclude(kind=SecondStep.Kind.CODES).exists():
            self.user.second_steps.all().delete()
            self.request.session.pop(second_step.TAKEN, None)
        record("second_step_removed", self.user, self.request, {"name": step.name})
        messages.success(self.request, f"{step.name} removed.")


class EmailForm(ConfirmedForm):
    """Asks for a new email address."""

    email = forms.EmailField(label="New email address")

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            try:
                request_email_change(self.user, self.cleaned_data["email"], self.request)
            except OSError:
                raise ValidationError("The mail to that address could not be sent. Try again later.") from None
        return self.cleaned_data

    def carry_out(self) -> None:
        messages.success(self.request, f"Open the link that was mailed to {self.cleaned_data['email']}.")


class EndSessionsForm(SignInForm):
    """Ends one session, or all but this one."""

    session = forms.CharField(required=False)

    def carry_out(self) -> None:
        here = self.request.session.session_key
        ended = end_sessions(self.user.pk, only=self.cleaned_data["session"], except_for=here)
        record("sessions_ended", self.user, self.request, {"number": ended})
        messages.success(self.request, "Signed out there.")


FORMS: dict[str, type[SignInForm]] = {
    "app": AppForm,
    "passkey": PasskeyForm,
    "codes": CodesForm,
    "remove": RemovalForm,
    "email": EmailForm,
    "end": EndSessionsForm,
}
