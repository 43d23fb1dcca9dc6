"""The alarm: what was published is not what the public sees. It is logged, and mailed to those who can see to it."""

import logging
from collections import defaultdict
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.receipts import Receipt
from site_core.publishing.runner.failure_mail import PATIENCE, publishers_of

logger = logging.getLogger(__name__)


def alarm(receipts: list[Receipt]) -> None:
    """Say it once of each receipt: one line each in the log, one mail to each person who may publish."""
    for receipt in receipts:
        logger.error("Not what the public sees: %s. %s", receipt.publication, receipt.problem)
    try:
        get_connection(timeout=PATIENCE).send_messages(mails(receipts))
    except Exception:
        # Each backend raises errors of its own, and the admin says the same.
        logger.exception("The mails about what the public does not see were not sent.")


def mails(receipts: list[Receipt]) -> list[EmailMessage]:
    """One for each person who may publish one of the objects and wants to hear of failures."""
    meant: dict[Any, list[Receipt]] = defaultdict(list)
    for receipt in receipts:
        people = publishers_of(_object_of(receipt.publication))
        for person in people.exclude(mail_choices__failures=False).exclude(email="").order_by("pk"):
            meant[person].append(receipt)
    return [
        EmailMessage(
            _subject(shown),
            render_to_string(
                "publishing/mail/not_seen.txt",
                {"receipts": shown, "person": person, "admin": f"{settings.WAGTAILADMIN_BASE_URL}/admin/"},
            ),
            to=[person.email],
        )
        for person, shown in meant.items()
    ]


def _subject(receipts: list[Receipt]) -> str:
    more = f", and {len(receipts) - 1} more" if len(receipts) > 1 else ""
    return " ".join(f"The public does not see: {receipts[0].publication.title}{more}".split())


def _object_of(row: Publication) -> Any:
    """None where it is gone."""
    model: Any = apps.get_model(row.model_label)
    return model._base_manager.filter(pk=row.object_id).first()
