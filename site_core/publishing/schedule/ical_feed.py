"""The schedule of a user for calendar programs. These cannot log in, so the URL is secret."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from site_core.publishing.schedule.calendar import CalendarFeed, icalendar
from site_core.publishing.schedule.permissions import visible_entries
from site_core.publishing.schedule.queries import coming


@require_safe
def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """The upcoming entries that the user may see. Raises Http404 if the user has no access to the admin."""
    feed = CalendarFeed.objects.select_related("user").filter(key=key).first()
    if feed is None or not feed.user.is_active or not feed.user.has_perm("wagtailadmin.access_admin"):
        raise Http404("There is no such calendar.")
    calendar = icalendar(visible_entries(feed.user, coming()), timezone.now())
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
