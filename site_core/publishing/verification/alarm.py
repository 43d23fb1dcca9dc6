"""The alarm: the public does not see what was published. It is logged, and mailed to the users who may publish it."""

import logging
from collections import defaultdict

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.mail import EmailMessage, get_connection
from django.db.models import Model
from django.template.loader import render_to_string

from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.receipts import Receipt
from site_core.publishing.runner.failure_mail import PATIENCE, publishers_of

logger = logging.getLogger(__name__)


def alarm(receipts: list[Receipt]) -> None:
    """Write one line for each receipt to the log, and send one mail to each user who may publish."""
    for receipt in receipts:
        logger.error("Not what the public sees: %s. %s", receipt.publication, receipt.problem)
    try:
        get_connection(timeout=PATIENCE).send_messages(mails(receipts))
    except Exception:
        # Each mail backend has its own exceptions. The admin shows the problem, too.
        logger.exception("The mails about what the public does not see were not sent.")


def mails(receipts: list[Receipt]) -> list[EmailMessage]:
    """One for each user who may publish one of the objects and wants mails about failures."""
    receipts_of: dict[AbstractUser, list[Receipt]] = defaultdict(list)
    for receipt in receipts:
        people = publishers_of(_object_of(receipt.publication))
        for person in people.exclude(mail_choices__failures=False).exclude(email="").order_by("pk"):
            receipts_of[person].append(receipt)
    return [
        EmailMessage(
            _subject(shown),
            render_to_string(
                "publishing/mail/not_seen.txt",
                {"receipts": shown, "person": person, "admin": f"{settings.WAGTAILADMIN_BASE_URL}/admin/"},
            ),
            to=[person.email],
        )
        for person, shown in receipts_of.items()
    ]


def _subject(receipts: list[Receipt]) -> str:
    more = f", and {len(receipts) - 1} more" if len(receipts) > 1 else ""
    return " ".join(f"The public does not see: {receipts[0].publication.title}{more}".split())


def _object_of(row: Publication) -> Model | None:
    """None if it no longer exists."""
    return apps.get_model(row.model_label)._base_manager.filter(pk=row.object_id).first()
