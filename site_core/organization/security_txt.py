"""/.well-known/security.txt: where to report a security problem, and when that contact expires (RFC 9116)."""

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from site_core.organization.models import OrganizationSettings
from site_core.page_cache.root_url import root_url_of

# The admin warns this long before the contact expires.
WARNED_AHEAD = timedelta(days=60)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The file. Raises Http404 until both the contact and its expiry are entered, because RFC 9116 requires both."""
    organization = OrganizationSettings.shown(request)
    if not (organization.security_email and organization.security_expires):
        raise Http404("No security contact is on record.")
    lines = {
        "Contact": f"mailto:{organization.security_email}",
        "Expires": end_of(organization.security_expires).isoformat().replace("+00:00", "Z"),
        "Preferred-Languages": settings.LANGUAGE_CODE.partition("-")[0],
        "Canonical": root_url_of(request) + reverse("security_txt"),
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def end_of(day: date) -> datetime:
    """The last second of an Eastern day, in UTC."""
    return datetime.combine(day, time(23, 59, 59), timezone.get_default_timezone()).astimezone(UTC)


def security_contact_expires_soon(organization: OrganizationSettings) -> bool:
    """Whether the contact expires within 60 days or has expired. Reads the clock, so cached pages must not call it."""
    expires = organization.security_expires
    return bool(organization.security_email and expires and expires <= timezone.localdate() + WARNED_AHEAD)
