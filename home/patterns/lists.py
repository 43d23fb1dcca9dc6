"""The patterns of lists: rows of news, strategies and pages, and the filters and links around them."""

from typing import Any

from wagtail.models import Page

from home.patterns.pattern import Example, Group, Pattern
from home.text_page import TextPage
from news.items import ItemType
from news.listing.facets import Facet, FacetChoice, Relaxation
from news.listing.query import NewsQuery
from news.models import NewsIndexPage
from news.partial_date import PartialDate
from news.rows import ListedItem, NewsRow
from site_core.fields.pagination import ListPage
from site_core.taxonomy.clusters import Cluster, Tag
from site_core.taxonomy.models import Kind, PlaceTerm, StrategyTerm
from strategies.models import StrategyPage
from strategies.record import StrategyRow

# 255 characters, the maximum length of a headline.
LONGEST_HEADLINE = (
    "An example of a headline that goes on for as long as any headline may, because some newspapers print whole "
    "sentences, and because a list has to hold them all without cutting off any word, pushing others aside or running "
    "into the line that names the paper."
)
SUMMARY = "An example of a summary. It says in one or two sentences what the page holds."


class ExamplePages:
    """Makes unsaved pages. Their paths are below `root`, the URL path of the home page."""

    def __init__(self, root: str) -> None:
        self.root = root

    def page(self, model: type[Page], title: str, summary: str = SUMMARY, **fields: Any) -> Any:
        return model(title=title, summary=summary, live=True, url_path=f"{self.root}example/", **fields)

    def news(self, title: str, year: int | None = 2018, **fields: Any) -> NewsRow[ListedItem]:
        """Return a row of an item. Any of its fields may be empty."""
        day = PartialDate(year, 4) if year else None
        item = ListedItem(
            pk=0,
            title=title,
            url="/example/",
            label=fields.get("label", ""),
            date=day,
            first_day=day.first_day if day else None,
            summary=fields.get("summary", SUMMARY),
            publisher=fields.get("publisher", "Example Gazette"),
        )
        return NewsRow(item, fields.get("clusters", []))

    def news_rows(self) -> list[NewsRow[ListedItem]]:
        """Return a row for each form of a row."""
        return [
            self.news("An example of a headline", clusters=every_cluster()),
            self.news("An example with a label", label=ItemType.OPINION.label, clusters=every_cluster()[:1]),
            self.news("An example of our own, without a publisher", publisher=""),
            self.news(LONGEST_HEADLINE, 2016, label=ItemType.REPORT.label, summary=" ".join([SUMMARY] * 3)),
            self.news("An example of which little is on record", None, publisher="", summary=""),
        ]

    def strategy_rows(self) -> list[StrategyRow]:
        """Return a strategy with all the fields of a row, and one with as few as possible."""
        places = [Tag(Kind.PLACE, name, "example") for name in ("Example City", "Example Town")]
        return [
            StrategyRow(self.page(StrategyPage, "Example Strategy", abbreviation="EXS"), places, 3),
            StrategyRow(self.page(StrategyPage, "Example without an abbreviation"), places[:1], 1),
            StrategyRow(self.page(StrategyPage, "Example with nothing on record", summary=""), [], 0),
        ]


def every_cluster() -> list[Cluster]:
    """Two tags of each kind."""
    return [
        Cluster(kind, tuple(Tag(kind, f"{word} {kind.label.lower()}", "example") for word in ("First", "Second")))
        for kind in Kind
    ]


def list_patterns(pages: ExamplePages) -> Group:
    """News, strategies and pages, with filters and pagination."""
    rows = pages.news_rows()
    chosen = NewsQuery(
        (PlaceTerm(name="Example City", slug="example"), StrategyTerm(name="Example Strategy", slug="example")),
        ItemType.OPINION,
        2018,
    )
    news = pages.page(NewsIndexPage, "News")
    return Group(
        "Lists",
        [
            Pattern(
                "components/news_list.html",
                [Example({"rows": rows}, "With summaries"), Example({"rows": rows, "compact": True}, "Compact")],
            ),
            Pattern("components/news_by_year.html", [Example({"rows": rows, "level": 3})]),
            Pattern("components/clusters.html", [Example({"clusters": every_cluster()})]),
            Pattern(
                "components/chosen_filters.html",
                [Example({"page": news, "query": chosen})],
            ),
            Pattern("components/news_filters.html", [Example({"page": news, "query": chosen, "facets": _facets()})]),
            Pattern("components/relaxations.html", _relaxations(news, chosen)),
            Pattern("components/pagination.html", _pagination()),
            Pattern(
                "components/feeds.html",
                [
                    Example({"query_string": ""}, "All news"),
                    Example({"query_string": "place=example", "about": "Example City"}, "News about something"),
                ],
            ),
            Pattern(
                "components/strategy_row.html", [Example({"row": row}) for row in pages.strategy_rows()], is_row=True
            ),
            Pattern("components/page_card.html", _page_cards(pages), is_row=True),
            Pattern("components/main_pages.html", [Example()]),
        ],
    )


def _facets() -> list[Facet]:
    """Return a facet with a chosen value and a count above the limit, one with a long name, and an empty one."""
    places = [
        FacetChoice("a", "Example City", 12, is_chosen=True),
        FacetChoice("b", "Example Town", 1_001, is_chosen=False),
    ]
    publishers = [FacetChoice("c", LONGEST_HEADLINE, 3, is_chosen=False)]
    return [Facet("place", places), Facet("publisher", publishers), Facet("year", [])]


def _relaxations(news: NewsIndexPage, chosen: NewsQuery) -> list[Example]:
    some = [Relaxation(choice, count) for choice, count in zip(chosen.choices[:2], (12, 1), strict=True)]
    return [
        Example({"page": news, "relaxations": some}, "One filter is too many"),
        Example({"page": news, "relaxations": []}, "Several are"),
    ]


def _pagination() -> list[Example]:
    pages = {
        "First page": ListPage(1, [], 60, has_next=True),
        "A page between": ListPage(2, [], 60, has_next=True),
        "Last page": ListPage(3, [], 60),
        "Of more than are counted": ListPage(2, [], None, has_next=True),
    }
    return [Example({"listing": page, "name": f"Example, {state.lower()}"}, state) for state, page in pages.items()]


def _page_cards(pages: ExamplePages) -> list[Example]:
    return [
        Example({"page": pages.page(TextPage, "An example of a title")}),
        Example({"page": pages.page(StrategyPage, "An example of a strategy")}, "A strategy"),
        Example({"page": pages.page(TextPage, "An example without a summary", "")}, "Without a summary"),
    ]
