"""The log of acts: sign-ins and failures, changes of accounts, roles and rules, and exports.

Its rows are in Wagtail's log of models, which Wagtail never deletes. Most are about a person. `ACTIONS` names the
actions; `change_log.py` records edits by themselves.
"""

import logging
from collections.abc import Mapping

from django.conf import settings
from django.core.mail import send_mail
from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.log_actions import log as wagtail_log
from wagtail.models import ModelLogEntry

from site_core.accounts.models import User
from site_core.accounts.networks import network_of

logger = logging.getLogger(__name__)

PREFIX = "accounts."
ACTIONS = {
    "sign_in": "Signed in",
    "sign_in_failed": "Wrong password",
    "second_step_failed": "Wrong second step",
    "sign_out": "Signed out",
    "sessions_ended": "Ended sessions",
    "reset_requested": "Asked for a new password",
    "password_changed": "Changed the password",
    "second_step_added": "Added a second step",
    "second_step_removed": "Removed a second step",
    "second_step_reset": "Reset two-step sign-in",
    "recovery_codes_made": "Made recovery codes",
    "email_change_requested": "Asked to change the email address",
    "email_changed": "Changed the email address",
    "invited": "Sent an invitation",
    "created": "Created",
    "changed": "Changed",
    "deleted": "Deleted",
    "roles_changed": "Changed roles",
    "permissions_changed": "Changed permissions",
    "export": "Exported",
}
# What a person is told by email, as somebody else may have done it.
NOTICES = {
    "password_changed": "Your password was changed.",
    "second_step_added": "A second step for signing in was added: {name}.",
    "second_step_removed": "A second step for signing in was removed: {name}.",
    "second_step_reset": "An Administrator reset your two-step sign-in. Sign in and set it up again.",
    "recovery_codes_made": "New recovery codes were made. The earlier ones no longer work.",
    "email_changed": "Your email address for signing in was changed to {new}.",
}


def record(
    action: str,
    obj: models.Model,
    request: HttpRequest | None = None,
    details: Mapping[str, object] | None = None,
    by: User | None = None,
) -> None:
    """Add a row about an object, most often a person. `by` is who did it: by default, who is at work in the admin."""
    network = {"network": network_of(request)} if request else {}
    wagtail_log(obj, PREFIX + action, user=by, data={**(details or {}), **network})
    if isinstance(obj, User) and action in NOTICES:
        notify(obj.email, NOTICES[action].format(**(details or {})))


def record_wrong_password(email: str, request: HttpRequest) -> None:
    """Add a row about an account, or that there is none. What was typed is left out: it may be a password."""
    person, network = User.objects.filter(email=email).first(), {"network": network_of(request)}
    title = str(person) if person else "No such account"
    wagtail_log(person or User(pk=0), f"{PREFIX}sign_in_failed", title=title, data=network)


def notify(email: str, sentence: str) -> None:
    """Tell a person what happened to their account. A mail that cannot be sent stops nothing."""
    text = render_to_string("accounts/notice.txt", {"sentence": sentence, "site_name": settings.WAGTAIL_SITE_NAME})
    try:
        send_mail(f"Your login for the {settings.WAGTAIL_SITE_NAME} website", text, None, [email])
    except OSError:
        logger.exception("A notice about an account was not sent")


def details_of(entry: ModelLogEntry) -> str:
    """The details of a row in words, without the network."""
    details = {name: value for name, value in entry.data.items() if name != "network" and value}
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in details.items())


class AccountLogFormatter(LogFormatter):
    """Shows an action with its details in Wagtail's histories."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        details = details_of(log_entry)
        return f"{self.label}: {details}" if details else self.label


def register_actions(registry: LogActionRegistry) -> None:
    for action, label in ACTIONS.items():
        registry.register_action(PREFIX + action)(type("Formatter", (AccountLogFormatter,), {"label": label}))
