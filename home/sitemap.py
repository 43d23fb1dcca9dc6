"""What stands in the sitemap: visible pages, places with a page, and figures, each with its last change.

The last change of a page is its last publishing. What gathers others (the home page, the lists) changes with them, so
there it is the newest row of the ledger at or below its address; a figure and a place are dated by the ledger as well.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.urls import reverse
from wagtail.models import Page

from home.models import HomePage
from home.places.records import places_with_a_page
from impact.models import ImpactStat
from news.models import NewsItemPage
from news.tagged_items import TAGGED_ITEMS
from site_core.pages.base import IndexPage, SitePageQuerySet
from site_core.publishing.ledger.publications import Publication, label_of
from site_core.seo.sitemap import Entry, Section
from site_core.taxonomy.models import Kind

ROWS_AT_ONCE = 500


def pages(home: Page) -> Any:
    """The visible pages of the site."""
    return SitePageQuerySet(Page).visible().descendant_of(home, inclusive=True)


def page_entries(home: Page, pages: Any) -> Iterator[Entry]:
    types = ContentType.objects.get_for_models(HomePage, *IndexPage.__subclasses__()).values()
    gathering = {content_type.pk for content_type in types}
    rows = pages.values_list("url_path", "content_type_id", "last_published_at")
    for url_path, content_type, published in rows.iterator(chunk_size=ROWS_AT_ONCE):
        path = f"/{url_path.removeprefix(home.url_path)}"
        yield Entry(path, newest_below(path) if content_type in gathering else published)


def newest_below(path: str) -> datetime | None:
    """When anything at an address or below it was last published, changed or taken down."""
    at: datetime | None = Publication.objects.filter(address__startswith=path).aggregate(at=Max("at"))["at"]
    return at


def places(home: Page) -> Any:
    return places_with_a_page().select_related(None)


def place_entries(home: Page, places: Any) -> Iterator[Entry]:
    """Each dated by the newest change of the place, of a figure measured there or of an item about it."""
    rows = list(places)
    own = newest_of(rows)
    figures = ImpactStat.objects.standing().filter(place__in=rows)
    visible = NewsItemPage.objects.visible().values("pk")
    ties = TAGGED_ITEMS[Kind.PLACE]._default_manager.filter(tag__in=rows, content_object__in=visible)
    measured = dict(figures.order_by().values_list("place").annotate(Max("last_published_at")))
    written = dict(ties.order_by().values_list("tag").annotate(Max("content_object__last_published_at")))
    for place in rows:
        times = (own.get(str(place.pk)), measured.get(place.pk), written.get(place.pk))
        yield Entry(reverse("place", args=[place.slug]), max((one for one in times if one), default=None))


def figures(home: Page) -> Any:
    """Those that have a page: withdrawn ones, too, because theirs says so."""
    return ImpactStat.objects.live()


def stat_entries(home: Page, figures: Any) -> Iterator[Entry]:
    rows = list(figures)
    recorded = newest_of(rows)
    for stat in rows:
        yield Entry(stat.get_absolute_url(), recorded.get(str(stat.pk), stat.last_published_at))


def newest_of(objects: Sequence[Any]) -> dict[str, datetime]:
    """The time of the newest row of the ledger for each of some objects of one model, by their numbers."""
    rows = Publication.objects.filter(model_label=label_of(objects[0]), object_id__in=[str(one.pk) for one in objects])
    return dict(rows.order_by().values_list("object_id").annotate(Max("at")))


SECTIONS = (
    Section("pages", pages, page_entries),
    Section("places", places, place_entries),
    Section("figures", figures, stat_entries),
)
