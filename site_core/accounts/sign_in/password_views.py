"""Wagtail's pages and forms for a new password, with limits on attempts."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.admin.views.account import PasswordResetConfirmView, PasswordResetView

from site_core.accounts.invitations import ResetForm
from site_core.accounts.log import record
from site_core.accounts.models import User
from site_core.accounts.networks import network_of
from site_core.accounts.sign_in import throttle


class LimitedResetView(PasswordResetView):
    """Mails a link to choose a new password."""

    def form_valid(self, form: ResetForm) -> HttpResponse:
        email = User.objects.normalize_email(form.cleaned_data["email"])
        try:
            throttle.require_attempt("reset", email, network_of(self.request))
        except ValidationError as error:
            return _too_many(self.request, error)
        for person in form.get_users(email):
            record("reset_requested", person, self.request)
        response: HttpResponse = super().form_valid(form)
        return response


class LimitedResetConfirmView(PasswordResetConfirmView):
    """Follows the link of an invitation or a reset. Wrong links are counted, as somebody may try them out."""

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        network = network_of(self.request)
        try:
            throttle.require_attempt("link", kwargs["uidb64"], network)
        except ValidationError as error:
            return _too_many(self.request, error)
        response: HttpResponseBase = super().dispatch(*args, **kwargs)
        if self.validlink or response.status_code != HTTPStatus.OK:
            throttle.forgive("link", kwargs["uidb64"], network)
        return response

    user: User

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        # The form saves the whole row, which somebody may have changed since it was read.
        self.user = form.user = User.objects.select_for_update().get(pk=self.user.pk)
        response: HttpResponse = super().form_valid(form)
        record("password_changed", self.user, self.request, by=self.user)
        return response


class LimitedPasswordChangeForm(PasswordChangeForm):
    """The form of the account screen. A screen that was left open must not serve to guess the password."""

    def clean_old_password(self) -> str:
        throttle.require_attempt("password", self.user.email, "account screen")
        password: str = super().clean_old_password()
        throttle.forgive("password", self.user.email, "account screen")
        return password


def _too_many(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return render(
        request, "accounts/too_many.html", {"sentence": error.messages[0]}, status=HTTPStatus.TOO_MANY_REQUESTS
    )
