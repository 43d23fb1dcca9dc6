"""Sends the emails that wait. The publishing process does this every second, on one machine at a time."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone

from site_core.mail.models import UnsentMail

logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=10)
GIVEN_UP_AFTER = timedelta(days=1)
# In one pass, so that a process that is stopped does not go on.
MOST_AT_ONCE = 20
NO_SUCH_USER = 500

AWAY = "The mail server does not answer."
NOT_ACCEPTED = "The mail server does not accept email from the site: {}."
REFUSED = "The mail server refused this email: {}."
OURS = "The email could not be written. This is a fault of the site, and its log says more."


class _Refused(Exception):
    """A server that works does not take this email, and never will. The message is the sentence about it."""


def deliver_due() -> None:
    """Send each email that is due. A server that does not answer is left alone until the next try."""
    for _ in range(MOST_AT_ONCE):
        mail = UnsentMail.objects.due(timezone.now()).order_by("next_try_at", "pk").first()
        if mail is None:
            return
        if not mail.claim(timezone.now()):
            continue
        try:
            _send(mail)
        except _Refused as refused:
            _give_up(mail, str(refused))
        except OSError as error:
            _postpone(mail, _sentence(error))
            return
        except Exception:
            logger.exception("%s could not be written.", mail)
            _give_up(mail, OURS)
        else:
            _is_sent(mail)


def _send(mail: UnsentMail) -> None:
    """Raises OSError if the server does not take email at all now, and _Refused if it does not take this one."""
    try:
        get_connection(settings.MAIL_SERVER_BACKEND).send_messages([mail.message()])
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = max(error.recipients.values())
        if code < NO_SUCH_USER:
            raise
        raise _Refused(REFUSED.format(_words(code, answer))) from error
    except smtplib.SMTPDataError as error:
        if error.smtp_code < NO_SUCH_USER:
            raise
        raise _Refused(REFUSED.format(_words(error.smtp_code, error.smtp_error))) from error


def _is_sent(mail: UnsentMail) -> None:
    """Deletes it. If the server answers again, all others are due, too."""
    UnsentMail.objects.filter(pk=mail.pk).delete()
    if mail.attempts:
        logger.warning("%s was sent after %s failed attempts.", mail, mail.attempts)
        UnsentMail.objects.waiting().filter(attempts__gt=0).update(next_try_at=timezone.now())


def _postpone(mail: UnsentMail, problem: str) -> None:
    """Lets this email wait, twice as long as the last time, and those that are due with it."""
    now = timezone.now()
    if not mail.attempts:
        logger.error("%s waits. %s", mail, problem)
    waiting = UnsentMail.objects.filter(pk=mail.pk) | UnsentMail.objects.due(now)
    waiting.update(next_try_at=now + wait_after(mail.attempts), attempts=F("attempts") + 1, problem=problem)
    for late in UnsentMail.objects.waiting().filter(queued_at__lt=now - GIVEN_UP_AFTER):
        _give_up(late, problem)


def wait_after(attempts: int) -> timedelta:
    return min(FIRST_WAIT * 2 ** min(attempts, 10), LONGEST_WAIT)


def _give_up(mail: UnsentMail, problem: str) -> None:
    logger.error("%s was given up. %s", mail, problem)
    now: datetime = timezone.now()
    UnsentMail.objects.filter(pk=mail.pk).update(given_up_at=now, problem=problem, attempts=F("attempts") + 1)


def _sentence(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return NOT_ACCEPTED.format(_words(error.smtp_code, error.smtp_error))
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return NOT_ACCEPTED.format(_words(*max(error.recipients.values())))
    return AWAY


def _words(code: int, answer: bytes | str) -> str:
    """What a server answers, on one line and without its last period."""
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())[:300]}".strip().rstrip(".")
