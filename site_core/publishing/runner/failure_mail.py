"""The mail about what failed: once for each event, to the people who can mend it."""

import logging
from collections.abc import Iterable
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permissions import policy_registry

from site_core.publishing.eastern import written_out
from site_core.publishing.runner.failures import FailedEvent

logger = logging.getLogger(__name__)

# Seconds: how long a mail server may take, and how much of that the runner waits for.
PATIENCE = 10
HELD_UP = 1


def tell_publishers(failures: Iterable[FailedEvent]) -> None:
    """Send the mails. A mail server that is slow or fails holds nothing up: the admin says the same."""
    mails = [mail for failed in failures for mail in _mails(failed)]
    if mails:
        sending = Thread(target=_send, args=[mails], name="mail about failures")
        sending.start()
        sending.join(HELD_UP)


def publishers_of(obj: Any) -> QuerySet[Any]:
    """The active people who may publish it; of something that is gone, those who may publish any page."""
    obj = obj or Page.get_first_root_node()
    found: QuerySet[Any] = policy_registry.get(obj).users_with_permission_for_instance("publish", obj)
    return found.filter(is_active=True).distinct()


def edit_url(obj: Any) -> str:
    """The address of its edit page in the admin, "" where it has none or is gone."""
    path = AdminURLFinder().get_edit_url(obj) if obj else None
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}" if path else ""


def _mails(failed: FailedEvent) -> list[EmailMessage]:
    obj = failed.obj()
    context = {
        "failed": failed,
        "due": written_out(failed.due_at),
        "next_try": written_out(failed.next_try_at),
        "address": edit_url(obj),
        "admin": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_home')}",
    }
    wanting = publishers_of(obj).exclude(mail_choices__failures=False).exclude(email="")
    subject = " ".join(f"Did not {failed.what_was_to_happen}: {failed.title}".split())
    return [
        EmailMessage(
            subject,
            render_to_string("publishing/mail/go_live_failed.txt", {**context, "person": person}),
            to=[person.email],
        )
        for person in wanting.order_by("pk")
    ]


def _send(mails: list[EmailMessage]) -> None:
    try:
        get_connection(timeout=PATIENCE).send_messages(mails)
    except Exception:
        # Each backend raises errors of its own, and none of them concerns publishing.
        logger.exception("The mails about what failed were not sent. The admin says the same.")
