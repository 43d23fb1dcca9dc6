"""Emails to the people who wrote what went live.

They are sent after the change is committed, one after the other, in a thread that no publication waits for.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models.signals import post_save
from django.urls import reverse

from site_core.publishing.eastern import written_out
from site_core.publishing.history.recorded_objects import kind_of
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.notices.recipients import WENT_LIVE, writers_to_mail
from site_core.publishing.runner.failure_mail import mail_to, send

SENDING = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail about news")


def on_recorded(instance: Publication, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw and instance.cause in WENT_LIVE:
        # What is public is so, whatever becomes of its emails. Django cannot log the failure of a partial.
        transaction.on_commit(lambda: tell(instance), robust=True)


def tell(row: Publication) -> None:
    """Send the emails about one row of the ledger."""
    if mails := _went_live(row):
        SENDING.submit(send, mails)


def _went_live(row: Publication) -> list[EmailMessage]:
    context = {
        "row": row,
        "kind": _kind(row),
        "is_scheduled": row.cause == Cause.SCHEDULED,
        "at": written_out(row.at),
        "url": settings.WAGTAILADMIN_BASE_URL + (row.path or reverse("publication", args=[row.pk])),
        "account_url": account_url(),
    }
    return [
        mail_to(person, f"Live: {row.title}", "publishing/mail/went_live.txt", context)
        for person in writers_to_mail(row.pk)
    ]


def _kind(row: Publication) -> str:
    return kind_of(row.model_label).lower()


def account_url() -> str:
    """Where somebody chooses which emails they get."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_account')}#tab-notifications"


def connect() -> None:
    """Called once, in `AppConfig.ready()`."""
    post_save.connect(on_recorded, sender=Publication, dispatch_uid="notices.recorded")
