"""The certificate that visitors get: until when it holds."""

import socket
import ssl
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from site_core.chores.registry import ChoreProblem

# Certbot renews a month ahead. Two weeks are left to find out why it did not.
RENEWED_BEFORE = timedelta(days=14)
# Seconds.
PATIENCE = 10


def look_at_certificate() -> str:
    """A sentence that says until when it holds. Raises ChoreProblem if that is soon, or browsers refuse it."""
    url = settings.SITE_URL
    if not url.is_https:
        return "There is none: visitors use http."
    try:
        ends_at = end_of_certificate(url.host, url.port)
    except ssl.SSLCertVerificationError as error:
        raise ChoreProblem(f"Browsers refuse the certificate of {url.host}: {error.verify_message}.") from None
    except OSError as error:
        raise ChoreProblem(f"{url.url} does not answer, so its certificate is not known: {error}.") from None
    day = date_format(ends_at.astimezone(timezone.get_default_timezone()), "N j, Y")
    if ends_at - timezone.now() < RENEWED_BEFORE:
        raise ChoreProblem(f"The certificate of {url.host} ends on {day}. Renew it.")
    return f"It is good until {day}."


def end_of_certificate(host: str, port: int, patience: float = PATIENCE) -> datetime:
    """Raises SSLCertVerificationError if browsers refuse it, OSError if nobody answers."""
    with (
        socket.create_connection((host, port), patience) as connection,
        ssl.create_default_context().wrap_socket(connection, server_hostname=host) as secure,
    ):
        certificate = secure.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
