"""The sections of the sitemap: visible pages, places with a page, and figures, each with its last change.

A page last changed when it was last published. The home page and the lists change with the pages below them, so their
last change is the newest row of the ledger at or below their URL. Figures and places are dated by the ledger, too.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Model, QuerySet
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
from site_core.taxonomy.models import Kind, PlaceTerm

BATCH_SIZE = 500


def pages(home: Page) -> SitePageQuerySet:
    """Return the visible pages of the site."""
    found: SitePageQuerySet = SitePageQuerySet(Page).visible().descendant_of(home, inclusive=True)
    return found


def page_entries(home: Page, pages: SitePageQuerySet) -> Iterator[Entry]:
    types = ContentType.objects.get_for_models(HomePage, *IndexPage.__subclasses__()).values()
    lists = {content_type.pk for content_type in types}
    rows = pages.values_list("url_path", "content_type_id", "last_published_at")
    for url_path, content_type, published in rows.iterator(chunk_size=BATCH_SIZE):
        path = f"/{url_path.removeprefix(home.url_path)}"
        yield Entry(path, newest_change_below(path) if content_type in lists else published)


def newest_change_below(path: str) -> datetime | None:
    """Return when an object at or below the path was last published, changed or taken down."""
    at: datetime | None = Publication.objects.filter(path__startswith=path).aggregate(at=Max("at"))["at"]
    return at


def places(home: Page) -> QuerySet[PlaceTerm]:
    return places_with_a_page().select_related(None)


def place_entries(home: Page, places: QuerySet[PlaceTerm]) -> Iterator[Entry]:
    """Date each place by the newest change of the place, of a figure for it, or of a news item about it."""
    found = list(places)
    own_changes = newest_changes(found)
    stats = ImpactStat.objects.standing().filter(place__in=found)
    visible = NewsItemPage.objects.visible().values("pk")
    tagged_items = TAGGED_ITEMS[Kind.PLACE]._default_manager.filter(tag__in=found, content_object__in=visible)
    stat_changes = dict(stats.order_by().values_list("place").annotate(Max("last_published_at")))
    news_changes = dict(tagged_items.order_by().values_list("tag").annotate(Max("content_object__last_published_at")))
    for place in found:
        changes = (own_changes.get(str(place.pk)), stat_changes.get(place.pk), news_changes.get(place.pk))
        yield Entry(reverse("place", args=[place.slug]), max((at for at in changes if at), default=None))


def stats(home: Page) -> QuerySet[ImpactStat]:
    """Return the figures that have a page. A withdrawn figure has one."""
    return ImpactStat.objects.live()


def stat_entries(home: Page, stats: QuerySet[ImpactStat]) -> Iterator[Entry]:
    found = list(stats)
    changes = newest_changes(found)
    for stat in found:
        yield Entry(stat.get_absolute_url(), changes.get(str(stat.pk), stat.last_published_at))


def newest_changes(objects: Sequence[Model]) -> dict[str, datetime]:
    """Return the time of the newest row of the ledger for each object of one model, by its pk as text."""
    rows = Publication.objects.filter(model_label=label_of(objects[0]), object_id__in=[str(obj.pk) for obj in objects])
    return dict(rows.order_by().values_list("object_id").annotate(Max("at")))


SECTIONS = (
    Section("pages", pages, page_entries),
    Section("places", places, place_entries),
    Section("figures", stats, stat_entries),
)
