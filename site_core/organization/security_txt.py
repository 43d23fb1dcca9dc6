"""/.well-known/security.txt: whom to tell of a security problem, and until when that holds (RFC 9116)."""

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from site_core.organization.models import OrganizationSettings
from site_core.page_cache.root_url import root_url_of

# How long before it expires the admin says so.
WARNED_AHEAD = timedelta(days=60)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The file. Raises Http404 while contact or expiry is not entered: without either it means nothing."""
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
    """The last second of an Eastern day, as the file writes it: in UTC."""
    return datetime.combine(day, time(23, 59, 59), timezone.get_default_timezone()).astimezone(UTC)


def security_contact_runs_out(organization: OrganizationSettings) -> bool:
    """Whether the file expires within 60 days, or has. Only the admin may ask: it asks the clock."""
    expires = organization.security_expires
    return bool(organization.security_email and expires and expires <= timezone.localdate() + WARNED_AHEAD)
