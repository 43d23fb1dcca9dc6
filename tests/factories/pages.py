"""Pages, and the tree of pages that every site has."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import factory
import wagtail_factories
from django.utils import timezone
from wagtail.models import Page, Site

from home.models import HomePage, PlaceIndexPage, TextPage
from impact.models import ImpactPage
from news.models import NewsIndexPage, NewsItemPage
from news.partial_date import PartialDate
from strategies.models import StrategyIndexPage, StrategyPage
from tests.factories.plain import PublisherFactory, StrategyTermFactory
from tests.factories.states import published


class SitePageFactory(wagtail_factories.PageFactory):
    """A page below `parent`, in one of the three states."""

    class Meta:
        abstract = True

    class Params:
        scheduled = factory.Trait(go_live_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1)))

    draft = False
    summary = "An invented page that stands for a real one."

    @classmethod
    def _build(cls, model_class: Any, *args: Any, draft: bool, **fields: Any) -> Any:
        return super()._build(model_class, *args, **fields)

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Page, fields: dict[str, Any]) -> Any:
        draft = fields.pop("draft")
        page = parent.add_child(instance=model_class(**{**fields, "live": False}))
        return published(page, draft=draft)


class HomePageFactory(SitePageFactory):
    """The home page, below the root of the tree unless told otherwise. `site_tree` makes it the site's."""

    class Meta:
        model = HomePage

    parent = factory.LazyFunction(Page.get_first_root_node)
    title = "Example network"
    # The home page of a new Wagtail site holds “home”.
    slug = "front"


class TextPageFactory(SitePageFactory):
    class Meta:
        model = TextPage

    title = factory.Sequence(lambda number: f"Example page {number}")


class StrategyIndexPageFactory(SitePageFactory):
    class Meta:
        model = StrategyIndexPage

    title = "Strategies"
    slug = StrategyIndexPage.fixed_slug
    show_in_menus = True


class PlaceIndexPageFactory(SitePageFactory):
    class Meta:
        model = PlaceIndexPage

    title = "Places"
    slug = PlaceIndexPage.fixed_slug
    show_in_menus = True


class ImpactPageFactory(SitePageFactory):
    class Meta:
        model = ImpactPage

    title = "Impact"
    slug = ImpactPage.fixed_slug
    show_in_menus = True


class NewsIndexPageFactory(SitePageFactory):
    class Meta:
        model = NewsIndexPage

    title = "News"
    slug = NewsIndexPage.fixed_slug
    show_in_menus = True


class StrategyPageFactory(SitePageFactory):
    """A strategy below `parent`, with a term of its title unless one is given."""

    class Meta:
        model = StrategyPage

    title = factory.Sequence(lambda number: f"Example strategy {number}")
    term = factory.SubFactory(StrategyTermFactory, name=factory.SelfAttribute("..title"))


class NewsItemPageFactory(SitePageFactory):
    """A press mention below `parent`. Tags are given by cluster: `places=[…]`, `strategies=[…]`."""

    class Meta:
        model = NewsItemPage

    title = factory.Sequence(lambda number: f"Example headline {number}")
    date = PartialDate(2018, 4)
    publisher = factory.SubFactory(PublisherFactory)

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Page, fields: dict[str, Any]) -> Any:
        clusters = {name: fields.pop(name, []) for name in CLUSTERS}
        draft = fields.pop("draft")
        page = parent.add_child(instance=model_class(**{**fields, "live": False}))
        for name, terms in clusters.items():
            getattr(page, name).set(terms)
        return published(page, draft=draft)


CLUSTERS = ("places", "initiatives", "strategies", "components")


@dataclass(frozen=True)
class SiteTree:
    """The pages that every site has."""

    home: HomePage
    strategies: StrategyIndexPage
    places: PlaceIndexPage
    impact: ImpactPage
    news: NewsIndexPage
    about: TextPage


def site_tree() -> SiteTree:
    """Make the pages of every site, in the order of the main menu, in place of Wagtail's welcome page."""
    site = Site.objects.get(is_default_site=True)
    welcome, site.root_page = site.root_page, HomePageFactory()
    site.save()
    welcome.delete()
    home = HomePage.objects.get(pk=site.root_page_id)
    return SiteTree(
        home=home,
        strategies=StrategyIndexPageFactory(parent=home),
        places=PlaceIndexPageFactory(parent=home),
        impact=ImpactPageFactory(parent=home),
        news=NewsIndexPageFactory(parent=home),
        about=TextPageFactory(parent=home, title="About", show_in_menus=True),
    )
