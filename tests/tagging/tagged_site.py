"""A small site whose tags are in every kind of use, and what it looks like to the database and to visitors."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex, Revision

from impact.models import ImpactStat
from news.models import NewsItemPage
from news.tagged_items import TAGGED_ITEMS
from site_core.taxonomy.models import FormerSlug, Term
from strategies.models import StrategyPage
from strategies.uses import StrategyUse
from tests import factories

BEFORE_AFTER = {
    "outcome": "example incidents",
    "before": 20,
    "before_period": "2015",
    "after": 10,
    "after_period": "2016",
    "source": "State report, p. 12",
}


@dataclass
class TaggedSite:
    """Two spellings of one place, the right one, and what uses them."""

    wrong: Any
    worse: Any
    right: Any
    live: Any
    both: Any
    draft: Any
    edited: Any
    scheduled: Any
    with_block: Any
    stat: Any
    strategy: Any
    editor: Any


def tagged_site(tree: factories.SiteTree) -> TaggedSite:
    wrong = factories.PlaceTermFactory(name="Highpoint")
    worse = factories.PlaceTermFactory(name="Hi Point", aliases="Hy Point")
    right = factories.PlaceTermFactory(name="High Point", aliases="High Point, NC")
    FormerSlug.objects.create(kind="place", slug="hp", term=wrong)
    smaller = factories.PlaceTermFactory(name="Southside", larger_place=wrong)

    def item(title: str, *places: Any, **fields: Any) -> Any:
        return factories.NewsItemPageFactory(parent=tree.news, title=title, places=list(places), **fields)

    strategy = factories.StrategyPageFactory(parent=tree.strategies, title="Street outreach")
    strategy.uses.add(StrategyUse(place=wrong, source="Example Gazette, April 2018"))
    strategy.save_revision().publish()
    edited = item("Edited since", smaller)
    edited.places.add(wrong)
    edited.save_revision()
    scheduled = item("Scheduled update", worse)
    scheduled.title, scheduled.go_live_at = "Scheduled update, longer", timezone.now() + timedelta(days=2)
    scheduled.save_revision().publish()
    return TaggedSite(
        wrong=wrong,
        worse=worse,
        right=right,
        live=item("Live", wrong),
        both=item("All three", wrong, smaller, right, worse),
        draft=item("Draft", wrong, draft=True),
        edited=edited,
        scheduled=scheduled,
        with_block=item("Block", body=[("before_after", BEFORE_AFTER | {"place": wrong})]),
        stat=factories.ImpactStatFactory(place=wrong),
        strategy=strategy,
        editor=factories.UserFactory(role="Managing editor"),
    )


def rows_on_file() -> dict[str, list[Any]]:
    """Every row of what the public sees and what authors work on. The ledger and the history only grow."""
    models: list[Any] = [Term, FormerSlug, Page, NewsItemPage, ImpactStat, StrategyPage, StrategyUse, Revision]
    found = {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in [*models, *TAGGED_ITEMS.values()]
    }
    references = ReferenceIndex.objects.values_list("object_id", "to_object_id", "model_path", "content_path")
    return found | {"references": sorted(references)}


def public_pages() -> dict[str, Any]:
    """The answers of the site at the addresses of its objects, lists and feeds."""
    urls = ["/", "/news/", "/places/", "/impact/", "/strategies/", "/sitemap.xml", "/news/feed.json", "/news/feed.rss"]
    urls += [page.url for page in Page.objects.live().filter(depth__gt=2)]
    for slug in ("highpoint", "hi-point", "high-point", "hp"):
        urls += [
            f"/news/?place={slug}",
            f"/news/feed.atom?place={slug}",
            f"/places/{slug}/",
            f"/changes/feed.json?place={slug}",
        ]
    urls += [stat.get_absolute_url() for stat in ImpactStat.objects.live()]
    urls += ["/search/?q=Highpoint", "/search/suggestions?q=hi"]
    client = Client()
    answers = {url: client.get(url) for url in urls}
    return {
        url: (answer.status_code, answer.headers.get("Location"), answer.getvalue()) for url, answer in answers.items()
    }
