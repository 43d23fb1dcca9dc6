"""Somebody's calendar of the schedule, for calendar programs, which cannot log in: its address is the secret."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from site_core.publishing.schedule.calendar import CalendarFeed, written_as_calendar
from site_core.publishing.schedule.permissions import seen_by
from site_core.publishing.schedule.queries import coming


@require_safe
def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """What is going to happen and its owner may look at. Not found once the owner has left the admin."""
    address = CalendarFeed.objects.select_related("user").filter(key=key).first()
    if address is None or not address.user.is_active or not address.user.has_perm("wagtailadmin.access_admin"):
        raise Http404("There is no such calendar.")
    calendar = written_as_calendar(seen_by(address.user, coming()), timezone.now())
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
