"""Emails about a failed event, once for each event, to the people who can fix it."""

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permissions import policy_registry

from site_core.fields.text import clean_text
from site_core.publishing.eastern import written_out
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.types import Recorded

logger = logging.getLogger(__name__)


def mail_publishers(failures: Iterable[FailedEvent]) -> None:
    send([mail for failed in failures for mail in _mails(failed)])


def people_to_tell(obj: Recorded | None) -> QuerySet[Any]:
    """The active users who may publish the object, or any page if it is deleted, and who want mail about failures."""
    obj = obj or Page.get_first_root_node()
    users = policy_registry.get(obj).users_with_permission_for_instance("publish", obj)
    return (
        users.filter(is_active=True).exclude(mail_choices__failures=False).exclude(email="").order_by("pk").distinct()
    )


def mail_to(person: AbstractUser, subject: str, template_name: str, context: dict[str, object]) -> EmailMessage:
    """A mail to one person. A title in the subject may contain line breaks."""
    admin = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_home')}"
    body = render_to_string(template_name, {**context, "person": person, "admin": admin})
    return EmailMessage(clean_text(subject, one_line=True), body, to=[person.email])


def _mails(failed: FailedEvent) -> list[EmailMessage]:
    obj = failed.obj()
    edit_url = AdminURLFinder().get_edit_url(obj) if obj else None
    context = {
        "failed": failed,
        "due": written_out(failed.due_at),
        "next_try": written_out(failed.next_try_at),
        "edit_url": f"{settings.WAGTAILADMIN_BASE_URL}{edit_url}" if edit_url else "",
    }
    subject = f"Did not {failed.what_was_to_happen}: {failed.title}"
    return [mail_to(person, subject, "publishing/mail/go_live_failed.txt", context) for person in people_to_tell(obj)]


def send(mails: list[EmailMessage]) -> None:
    """Hands the emails over. A public site queues them, so that nobody waits for its mail server."""
    try:
        get_connection().send_messages(mails)
    except Exception:
        # Every mail backend raises its own errors. None may stop publishing.
        logger.exception("Emails were not sent. The admin shows the same.")
