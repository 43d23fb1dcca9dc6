"""A site with something of everything on it, so that every rule can be held against every page type."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from impact.models import Evidence, ImpactStat, Rating
from impact.status import Relation
from news.models import NewsItemPage
from site_core.taxonomy.models import ComponentTerm, InitiativeTerm, PlaceTerm, StrategyTerm
from strategies.uses import StrategyUse
from tests import factories


@dataclass
class StockedSite:
    """The site, one live page of each type by its name, and the terms that everything is tagged with."""

    tree: factories.SiteTree
    place: PlaceTerm
    strategy: StrategyTerm
    initiative: InitiativeTerm
    component: ComponentTerm
    stat: ImpactStat
    pages: dict[str, Any] = field(default_factory=dict)

    def add_news(self, number: int) -> NewsItemPage:
        """More items, each with tags in all clusters; the last one is given back."""
        for _ in range(number):
            item = factories.NewsItemPageFactory(
                parent=self.tree.news,
                places=[self.place],
                strategies=[self.strategy],
                initiatives=[self.initiative],
                components=[self.component],
                body=[("before_after", BEFORE_AFTER | {"place": self.place}), ("text", "<p>Example text.</p>")],
            )
        return item

    def add_figures(self, number: int) -> ImpactStat:
        """More figures, each with two studies and a rating; the last one is given back."""
        for _ in range(number):
            relations = (Relation.SUPPORTS, Relation.UNCHECKED)
            stat = factories.ImpactStatFactory(
                place=self.place,
                strategy=self.strategy,
                evidence=[Evidence(study=factories.StudyFactory(), relation=relation) for relation in relations],
                ratings=[Rating(scheme="Example scheme", label="Promising", of="example incidents")],
            )
        return stat

    def page(self, name: str) -> Any:
        """The live page of a type, read anew, so that what one test does to it no other sees."""
        page = self.pages[name]
        return type(page).objects.get(pk=page.pk)

    @property
    def addresses(self) -> dict[str, str]:
        """Where each page type and each view is found."""
        views = {
            "place": reverse("place", args=[self.place.slug]),
            "search": f"{reverse('search')}?q=example",
            "figure": self.stat.get_absolute_url(),
        }
        return {name: page.url for name, page in self.pages.items()} | views


BEFORE_AFTER = {
    "outcome": "example incidents",
    "before": 31,
    "before_period": "2004–2011",
    "after": 14,
    "after_period": "2012–2014",
    "source": "An invented report",
}


EXAMPLE_DIAGRAM = {
    "title": "An example meeting",
    "who": ["Some", "Others"],
    "step": "They meet",
    "text": "An example sentence.",
    "paths": [{"who": "Those who stop", "what": "Help"}, {"who": "Those who go on", "what": "Attention"}],
}


def stocked_site(news: int = 22, figures: int = 9) -> StockedSite:
    """Make the site, with `news` items and `figures` figures."""
    tree = factories.site_tree()
    strategy, component = factories.StrategyTermFactory(), factories.ComponentTermFactory()
    site = StockedSite(
        tree=tree,
        place=factories.PlaceTermFactory(),
        strategy=strategy,
        initiative=factories.InitiativeTermFactory(),
        component=component,
        stat=ImpactStat(),
    )
    strategy_page = factories.StrategyPageFactory(parent=tree.strategies, term=strategy, abbreviation="EX")
    factories.StrategyPageFactory(parent=tree.strategies, term=component)
    site.stat = site.add_figures(figures)
    item = site.add_news(news)
    tree.home.body = home_body(tree, site.stat)
    tree.home.save_revision().publish()
    strategy_page.uses = [StrategyUse(place=site.place, source="An invented report", news_item=item)]
    strategy_page.save_revision().publish()
    text = factories.TextPageFactory(parent=tree.about, body=text_body(site.stat))
    site.pages = {
        "HomePage": tree.home,
        "StrategyIndexPage": tree.strategies,
        "StrategyPage": strategy_page,
        "PlaceIndexPage": tree.places,
        "ImpactPage": tree.impact,
        "NewsIndexPage": tree.news,
        "NewsItemPage": item,
        "TextPage": text,
    }
    return site


def home_body(tree: factories.SiteTree, stat: ImpactStat) -> list[tuple[str, Any]]:
    """Every block of the home page."""
    return [
        (
            "mission",
            {"statement": "An example of a mission.", "lead": "", "aims": ["An aim"], "link": tree.strategies}
            | {"link_text": "How the strategies work", "figure": stat},
        ),
        ("principles", {"heading": "Principles", "principles": [{"title": "An example", "explanation": ""}]}),
        ("strategies", {"heading": "Strategies"}),
        ("latest_news", {"heading": "News", "number": 6}),
        ("impact", {"heading": "Impact", "caution": "An example.", "figures": [], "link": tree.about}),
        ("reported_counts", {"heading": "Counts reported in the news", "number": 6}),
        ("call_to_action", {"text": "Example", "link": {"text": "About", "page": tree.about, "url": ""}}),
    ]


def text_body(stat: ImpactStat) -> list[tuple[str, Any]]:
    """Every block that may stand on a page of text, save those that need a file."""
    step = {"who": "Somebody", "what": "An example step", "text": "<p>Text.</p>"}
    return [
        ("heading", "An example heading"),
        ("text", "<p>Example text.</p>"),
        ("table", {"caption": "An example table", "rows": "Year | Number\n2012 | 31\n2017 | 14"}),
        ("steps", {"steps": [step, step]}),
        ("diagram", EXAMPLE_DIAGRAM),
        ("timeline", {"entries": [{"date": "2004", "text": "An example.", "source": "<p>Example Gazette</p>"}] * 2}),
        ("quote", {"text": "Example words.", "speaker": "A speaker", "source": ""}),
        ("figures", {"heading": "Figures", "figures": [stat]}),
        ("before_after", BEFORE_AFTER | {"place": stat.place}),
        ("evidence_labels", None),
        ("call_to_action", {"text": "Example", "link": {"text": "Out", "page": None, "url": "https://example.org/"}}),
        (
            "picture",
            {"image": factories.SiteImageFactory(), "caption": "A caption"},
        ),
        ("documents", {"heading": "Guides", "documents": [factories.SiteDocumentFactory()]}),
        ("open_questions", {"questions": ["An example question"]}),
    ]
