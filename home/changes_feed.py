"""What readers were told of changes, as a feed: of everything, or with `?place=…` of what is about one place."""

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.conf import settings
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from impact.models import ImpactStat
from news.listing.query import term_at
from news.models import NewsItemPage
from site_core.organization.models import OrganizationSettings
from site_core.pages.base import SitePageQuerySet
from site_core.publishing.ledger.publications import Publication
from site_core.seo.feeds import AtomFeed, FeedEntry, JsonFeed, SiteFeed, feed_response
from site_core.taxonomy.models import Kind, Term

MOST_ENTRIES = 50
DESCRIPTION = "What changed on this site, in a sentence each. Small fixes are left out."
FORMATS: dict[str, type[SiteFeed]] = {"atom": AtomFeed, "json": JsonFeed}
FIGURE = ImpactStat._meta.label


@require_safe
def changes_feed(request: HttpRequest, form: str) -> HttpResponseBase:
    """The newest change notes of what is public now.

    Raises Http404 for a place that does not exist; a former address of one leads on to that of today.
    """
    asked = request.GET.get("place", "")
    place = term_at(Kind.PLACE, asked) if asked else None
    path = reverse(f"changes_feed_{form}")
    if place and place.slug != asked:
        return redirect(f"{path}?place={place.slug}", permanent=True)
    site, opened = Site.find_for_request(request), Publication.objects.order_by("at").first()
    if site is None or opened is None:
        raise Http404("There is no site of which anything could change.")
    organization = OrganizationSettings.shown(request)
    about = f": {place.name}" if place else ""
    feed = FORMATS[form](
        title=f"Changes{about} | {organization.name}",
        description=DESCRIPTION,
        author_name=organization.name,
        link=site.root_url + (reverse("place", args=[place.slug]) if place else "/"),
        feed_url=site.root_url + path + (f"?place={place.slug}" if place else ""),
        language=settings.LANGUAGE_CODE,
        changed=opened.at,
    )
    for entry in entries_of(newest_notes(place), request, site.root_url):
        feed.add_entry(entry)
    return feed_response(request, feed)


def newest_notes(place: Term | None) -> list[Publication]:
    """The rows that told readers of a change, without their content, of what any visitor can see now.

    A figure that was withdrawn still has its page, which says so.
    """
    pages: Any = SitePageQuerySet(Page).visible()
    figures: Any = ImpactStat.objects.live()
    if place:
        pages, figures = NewsItemPage.objects.visible().about(place), figures.filter(place_id=place.pk)
    # An alias shows what another page says: its change is told once.
    of_pages = ~Q(model_label=FIGURE) & Q(object_id__in=numbers_of(pages.filter(alias_of=None)))
    of_stats = Q(model_label=FIGURE, object_id__in=numbers_of(figures))
    rows = Publication.objects.with_note().filter(of_pages | of_stats).newest_first()
    return list(rows.only("at", "model_label", "object_id", "note")[:MOST_ENTRIES])


def numbers_of(objects: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Their numbers as the ledger writes them."""
    return objects.order_by().annotate(number=Cast("pk", CharField())).values("number")


def entries_of(rows: Sequence[Publication], request: HttpRequest, root_url: str) -> list[FeedEntry]:
    """Each by the name and at the address that its object has today: what was taken out of a title stays out."""
    numbers: dict[bool, set[str]] = {True: set(), False: set()}
    for row in rows:
        numbers[row.model_label == FIGURE].add(row.object_id)
    figures = ImpactStat.objects.select_related("place").in_bulk(numbers[True])
    pages = Page.objects.in_bulk(numbers[False])
    entries = []
    for row in rows:
        if row.model_label == FIGURE:
            stat = figures[int(row.object_id)]
            title, address = name_of(stat), root_url + stat.get_absolute_url()
        else:
            page = pages[int(row.object_id)]
            title, address = page.title, page.get_full_url(request)
        # A page outside the site's own tree has none.
        if address:
            entries.append(entry_of(row, title, address))
    return entries


def name_of(stat: ImpactStat) -> str:
    return f"Withdrawn: {stat}" if stat.is_withdrawn else str(stat)


def entry_of(row: Publication, title: str, address: str) -> FeedEntry:
    return FeedEntry(
        # Host, slug and title may change, and a page changes more than once.
        identity=uuid5(NAMESPACE_OID, f"{row.model_label} {row.object_id} {row.at.isoformat()}").urn,
        address=address,
        title=title,
        summary=row.note,
        text=format_html("<p>{}</p>", row.note),
        published=row.at,
        updated=row.at,
        tags=[],
        elsewhere="",
    )
