"""Thousands of news items within seconds, for what has to hold and to be quick however much is on file.

Nothing here goes through publishing: rows are written as they stand in the database after it.
"""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page, PageViewRestriction

from news.indexing import index_items
from news.item_types import ItemType
from news.models import NewsIndexPage, NewsItemPage, Publisher
from news.partial_date import PartialDate
from news.tagged_items import TAGGED_ITEMS
from site_core.taxonomy.models import TERM_MODELS, Kind, Term

# Each stands in some summaries, and is neither the beginning nor another form of any other.
WORDS = ("lantern", "orchard", "harbor", "meadow", "granite", "thistle")
TERMS = {Kind.PLACE: 150, Kind.INITIATIVE: 6, Kind.STRATEGY: 12, Kind.COMPONENT: 20}
PUBLISHERS = 60
# When the first item was published; each later one a minute after the one before.
OPENED = datetime(2019, 1, 1, tzinfo=UTC)
YEARS = range(1996, 2019)
# How many tags of each kind an item may have at most.
TAGS = {Kind.PLACE: 4, Kind.INITIATIVE: 1, Kind.STRATEGY: 2, Kind.COMPONENT: 3}


def news_archive(parent: NewsIndexPage, number: int, seed: int = 1996) -> None:
    """Put `number` items below the news list; always the same ones. Some are drafts, a few private."""
    random = Random(seed + parent.numchild)  # noqa: S311
    terms = {kind: _terms(kind, TERMS[kind]) for kind in Kind}
    publishers = _publishers()
    pages = _pages(parent, number)
    items = [_item(page, publishers, random) for page in pages]
    fields: Any = NewsItemPage._meta.local_concrete_fields
    for some in (items[first : first + 500] for first in range(0, number, 500)):
        # Django's bulk_create() refuses what lies in two tables; the rows of the first one are there.
        NewsItemPage._base_manager.get_queryset()._insert(some, fields=fields, using="default")
    _tag(items, terms, random)
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=page, restriction_type="login") for page in pages[99::500]]
    )
    index_items(NewsItemPage.objects.all())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # As in service: it may have counted the tables while they were empty, and then plans as if they were.
            cursor.execute("ANALYZE")


def _terms(kind: Kind, number: int) -> list[Term]:
    """Terms of a kind, made by the first archive of a site; every tenth is archived."""
    names = [f"Example {kind.label} {place}" for place in range(number)]
    model = TERM_MODELS[kind]
    model.objects.bulk_create(
        [
            model(name=name, slug=name.lower().replace(" ", "-"), archived=place % 10 == 9)
            for place, name in enumerate(names)
        ],
        ignore_conflicts=True,
    )
    return list(model.objects.filter(name__in=names).order_by("pk"))


def _publishers() -> list[Publisher]:
    names = [f"Example Herald {number}" for number in range(PUBLISHERS)]
    Publisher.objects.bulk_create(
        [Publisher(name=name, slug=name.lower().replace(" ", "-")) for name in names], ignore_conflicts=True
    )
    return list(Publisher.objects.filter(name__in=names).order_by("pk"))


def last_place(parent: Page) -> int:
    """The place of the last child in the order of the tree; more than their number where some have been deleted."""
    last = parent.get_last_child()
    return int(Page._str2int(last.path[-Page.steplen :])) if last else 0


def _pages(parent: NewsIndexPage, number: int) -> list[Page]:
    content_type = ContentType.objects.get_for_model(NewsItemPage)
    first = last_place(parent) + 1
    # Not all of one length, as in life.
    titles = {place: f"Example headline {place}{' continued' * (place % 2)}" for place in range(first, first + number)}
    pages = [
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, place),
            depth=parent.depth + 1,
            title=title,
            draft_title=title,
            slug=f"archived-headline-{place}",
            url_path=f"{parent.url_path}archived-headline-{place}/",
            content_type=content_type,
            locale=parent.locale,
            live=place % 30 != 0,
            first_published_at=OPENED + timedelta(minutes=place),
            last_published_at=OPENED + timedelta(minutes=place),
        )
        for place, title in titles.items()
    ]
    parent.numchild += number
    parent.save(update_fields=["numchild"])
    made: list[Page] = Page.objects.bulk_create(pages)
    return made


def _item(page: Page, publishers: list[Publisher], random: Random) -> NewsItemPage:
    """An item of which some objects are not recorded, as in life."""
    # A few years, papers and types have most of the items.
    year, month = min(random.choice(YEARS), random.choice(YEARS)), random.randint(1, 12)
    # Nothing goes live without a date.
    date = PartialDate(year, month) if page.live or month > 1 else None
    return NewsItemPage(
        page_ptr_id=page.pk,
        title=page.title,
        summary=f"An example with {' and '.join(random.sample(WORDS, 2))}.",
        date=date,
        first_day=date.first_day if date else None,
        publisher=random.choice(publishers[: random.randint(1, PUBLISHERS)]) if random.random() < 0.8 else None,
        item_type=random.choice([ItemType.NEWS, *ItemType]),
    )


def _tag(items: list[NewsItemPage], terms: dict[Kind, list[Term]], random: Random) -> None:
    """Give the items tags of each kind; the first terms of a kind have the most."""
    for kind in Kind:
        through: Any = TAGGED_ITEMS[kind]
        ties = []
        for item in items:
            some = terms[kind][: random.randint(4, TERMS[kind])]
            chosen = random.sample(some, random.randint(0, TAGS[kind]))
            ties += [through(content_object_id=item.pk, tag=term) for term in chosen]
        through._default_manager.bulk_create(ties)
