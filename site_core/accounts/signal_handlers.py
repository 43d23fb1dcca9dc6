"""Notes when and from where somebody signs in, and records sign-ins and sign-outs in the log."""

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from site_core.accounts import sessions
from site_core.accounts.log import record
from site_core.accounts.models import User
from site_core.accounts.sign_in.second_step import TAKEN


def connect() -> None:
    user_logged_in.connect(_begin_session)
    user_logged_out.connect(_record_sign_out)


def _begin_session(request: HttpRequest, user: User, **kwargs: object) -> None:
    sessions.begin(request)
    record("sign_in", user, request, {"second_step": request.session.get(TAKEN, "")}, by=user)


def _record_sign_out(request: HttpRequest, user: User | None, **kwargs: object) -> None:
    if user:
        record("sign_out", user, request, by=user)
