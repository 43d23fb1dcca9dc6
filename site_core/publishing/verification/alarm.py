"""The alarm: the public does not see what was published. It is logged, and mailed to the users who may publish it."""

import logging
from collections import defaultdict

from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.core.mail import EmailMessage

from site_core.publishing.ledger.receipts import Receipt
from site_core.publishing.runner.failure_mail import mail_to, people_to_tell, send

logger = logging.getLogger(__name__)


def alarm(receipts: list[Receipt]) -> None:
    """Write one line for each receipt to the log, and send one mail to each user who may publish."""
    for receipt in receipts:
        logger.error("Not what the public sees: %s. %s", receipt.publication, receipt.problem)
    send(mails(receipts))


def mails(receipts: list[Receipt]) -> list[EmailMessage]:
    """One for each user who may publish one of the objects and wants mails about failures."""
    receipts_of: dict[AbstractUser, list[Receipt]] = defaultdict(list)
    for receipt in receipts:
        row = receipt.publication
        # None if it no longer exists.
        obj = apps.get_model(row.model_label)._base_manager.filter(pk=row.object_id).first()
        for person in people_to_tell(obj):
            receipts_of[person].append(receipt)
    return [
        mail_to(person, _subject(shown), "publishing/mail/not_seen.txt", {"receipts": shown})
        for person, shown in receipts_of.items()
    ]


def _subject(receipts: list[Receipt]) -> str:
    more = f", and {len(receipts) - 1} more" if len(receipts) > 1 else ""
    return f"The public does not see: {receipts[0].publication.title}{more}"
