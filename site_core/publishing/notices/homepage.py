"""The panel “News for you” of the admin home page: checks that are due, and what went live."""

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from site_core.admin.homepage import SHOWN, Line, Lines
from site_core.fields.dates import day_in_words
from site_core.publishing.eastern import written_out
from site_core.publishing.events import reviewed_models
from site_core.publishing.history.recorded_objects import kind_of
from site_core.publishing.history.views import happened
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.notices.recipients import of_writer, went_live
from site_core.publishing.types import User

# How long something that went live is news.
NEWS_FOR = timedelta(days=7)
# How long ahead a check is announced.
AHEAD = timedelta(days=14)
OVERDUE = "This check is overdue, and the public page says so."


def add_news_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Wagtail's hook `construct_homepage_panels`."""
    if lines := [*checks_of(request.user), *live_news_of(request.user)]:
        panels.append(Lines("news-for-you", 50, "News for you", lines))


def checks_of(user: User) -> list[Line]:
    """The checks that the user is the owner of and that are due or soon will be, the earliest first."""
    until = timezone.localdate() + AHEAD
    lines = []
    for model in reviewed_models():
        due = model._base_manager.filter(live=True, owner=user.pk, next_due__lte=until)
        for obj in due.select_related("live_revision").order_by("next_due", "pk")[:SHOWN]:
            if not obj.needs_checks:
                continue
            lines.append(
                Line(
                    title=obj.live_revision.object_str if obj.live_revision else str(obj),
                    kind=str(obj._meta.verbose_name),
                    url=obj.check_url,
                    note=f"check due {day_in_words(obj.next_due)}",
                    warning=OVERDUE if obj.check_is_overdue else "",
                )
            )
    return lines


def live_news_of(user: User) -> list[Line]:
    """What the user wrote and somebody else, or the schedule, made public in the last days, and still is."""
    rows = of_writer(went_live(Publication.objects.filter(at__gte=timezone.now() - NEWS_FOR)), user)
    return [
        Line(
            title=row.title,
            kind=kind_of(row.model_label),
            url=row.path or reverse("publication", args=[row.pk]),
            note=f"{happened(row)}, {written_out(row.at)}",
        )
        for row in rows.still_public().newest_first().defer("content", "references")[:SHOWN]
    ]
