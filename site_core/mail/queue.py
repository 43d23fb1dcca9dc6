"""The email backend of a public site: writes each email to the database, and returns.

What is written in a transaction that is rolled back is never sent.
"""

from collections.abc import Sequence
from email.utils import formatdate, make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from site_core.mail.models import UnsentMail


class EmailBackend(BaseEmailBackend):
    """Named by EMAIL_BACKEND. MAIL_SERVER_BACKEND names the one that sends."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        queued = [UnsentMail.of(_taken_apart(message), message.recipients()) for message in email_messages]
        for mail in queued:
            # Raises BadHeaderError, which whoever writes the email is to see.
            mail.message().message()
        return len(UnsentMail.objects.bulk_create([mail for mail in queued if mail.recipients]))


def _taken_apart(message: EmailMessage) -> dict[str, Any]:
    """All of an email as JSON takes it. Raises ValueError if it has attachments: the site sends none."""
    if message.attachments:
        raise ValueError("An email with attachments cannot be queued.")
    # However often it is sent, it is the same email. For these headers Django would ask a name server.
    headers = {
        "Message-ID": make_msgid(domain=settings.SITE_URL.host),
        "Date": formatdate(localtime=settings.EMAIL_USE_LOCALTIME),
        **{name: str(value) for name, value in message.extra_headers.items()},
    }
    alternatives = getattr(message, "alternatives", [])
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "subtype": message.content_subtype,
        "from_email": str(message.from_email),
        **{name: [str(address) for address in getattr(message, name)] for name in ("to", "cc", "bcc", "reply_to")},
        "headers": headers,
        "alternatives": [[str(alternative[0]), str(alternative[1])] for alternative in alternatives],
    }
