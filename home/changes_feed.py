"""The feed of change notes: of the whole site or, with `?place=…`, about one place."""

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
from news.listing.query import get_term
from news.models import NewsItemPage
from site_core.organization.models import OrganizationSettings
from site_core.pages.base import SitePageQuerySet
from site_core.publishing.ledger.publications import Publication, PublicationQuerySet
from site_core.seo.feeds import AtomFeed, FeedEntry, JsonFeed, SiteFeed, feed_response
from site_core.taxonomy.models import Kind, Term

MAX_ENTRIES = 50
DESCRIPTION = "What changed on this site, in a sentence or two each. Small fixes are left out."
FORMATS: dict[str, type[SiteFeed]] = {"atom": AtomFeed, "json": JsonFeed}
STAT = ImpactStat._meta.label


@require_safe
def changes_feed(request: HttpRequest, form: str) -> HttpResponseBase:
    """Return the newest change notes of visible objects. Redirects the former slug of a place to the current one.

    Raises Http404 for a place that does not exist.
    """
    slug = request.GET.get("place", "")
    place = get_term(Kind.PLACE, slug) if slug else None
    path = reverse(f"changes_feed_{form}")
    if place and place.slug != slug:
        return redirect(f"{path}?place={place.slug}", permanent=True)
    site, first = Site.find_for_request(request), Publication.objects.order_by("at").first()
    if site is None or first is None:
        raise Http404("There is no site yet, so there are no changes.")
    organization = OrganizationSettings.shown(request)
    about = f": {place.name}" if place else ""
    feed = FORMATS[form](
        title=f"Changes{about} | {organization.name}",
        description=DESCRIPTION,
        author_name=organization.name,
        link=site.root_url + (reverse("place", args=[place.slug]) if place else "/"),
        feed_url=site.root_url + path + (f"?place={place.slug}" if place else ""),
        language=settings.LANGUAGE_CODE,
        changed=first.at,
    )
    for entry in feed_entries(newest_notes(place), request, site.root_url):
        feed.add_entry(entry)
    return feed_response(request, feed)


def newest_notes(place: Term | None) -> list[Publication]:
    """Return the newest rows of `notes_on`, without content."""
    rows = notes_on(place).newest_first().only("at", "model_label", "object_id", "note")
    return list(rows[:MAX_ENTRIES])


def notes_on(place: Term | None) -> PublicationQuerySet:
    """Return the rows of the ledger with a change note, of objects that any visitor can see now.

    A withdrawn stat counts as visible, because its page says that it is withdrawn.
    """
    pages = SitePageQuerySet(Page).visible()
    stats = ImpactStat.objects.live()
    if place:
        pages, stats = NewsItemPage.objects.visible().about(place), stats.filter(place_id=place.pk)
    # An alias shows the content of another page, which has the note already.
    of_pages = ~Q(model_label=STAT) & Q(object_id__in=text_pks_of(pages.filter(alias_of=None)))
    of_stats = Q(model_label=STAT, object_id__in=text_pks_of(stats))
    return Publication.objects.with_note().filter(of_pages | of_stats)


def text_pks_of(objects: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Return the pks as text, as the ledger stores them."""
    return objects.order_by().annotate(text_pk=Cast("pk", CharField())).values("text_pk")


def feed_entries(rows: Sequence[Publication], request: HttpRequest, root_url: str) -> list[FeedEntry]:
    """Return an entry for each row, with the current title and URL of its object."""
    stats = ImpactStat.objects.select_related("place").in_bulk(pks_of(rows, of_stats=True))
    pages = Page.objects.in_bulk(pks_of(rows, of_stats=False))
    entries = []
    for row in rows:
        if row.model_label == STAT:
            stat = stats[int(row.object_id)]
            title, url = title_of(stat), root_url + stat.get_absolute_url()
        else:
            page = pages[int(row.object_id)]
            title, url = page.title, page.get_full_url(request)
        # A page outside the tree of the site has no URL.
        if url:
            entries.append(feed_entry(row, title, url))
    return entries


def pks_of(rows: Sequence[Publication], *, of_stats: bool) -> set[str]:
    return {row.object_id for row in rows if (row.model_label == STAT) == of_stats}


def title_of(stat: ImpactStat) -> str:
    return f"Withdrawn: {stat}" if stat.is_withdrawn else str(stat)


def feed_entry(row: Publication, title: str, url: str) -> FeedEntry:
    return FeedEntry(
        # The host, the slug and the title may change, and an object may have several notes.
        identity=uuid5(NAMESPACE_OID, f"{row.model_label} {row.object_id} {row.at.isoformat()}").urn,
        url=url,
        title=title,
        summary=row.note,
        text=format_html("<p>{}</p>", row.note),
        published=row.at,
        updated=row.at,
        tags=[],
        elsewhere="",
    )
