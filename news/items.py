"""NewsItemPage: a press mention, or our own news."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.db.models.query import ValuesListIterable
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from impact.blocks import body_blocks_with_stats
from news.article.link_input import LinkInput
from news.asked_for import asked_for_issues
from news.duplicates import repeated_fields
from news.item_form import NewsItemForm
from news.item_types import ItemType, type_label
from news.kept_counts.periods import months_with, part_of
from news.partial_date import EXAMPLES, PartialDateField
from news.publishers import Publisher
from news.rows import ListedItem, NewsRow, rows_of
from news.structured_data import item_claims
from news.tagged_items import TAGGED_ITEMS, NewsItemComponent, NewsItemInitiative, NewsItemPlace, NewsItemStrategy
from site_core.fields.web_url import WebURLField
from site_core.link_checks.gone import gone_links
from site_core.organization.models import OrganizationSettings
from site_core.page_cache.memoize import memoized
from site_core.page_cache.sites import root_path
from site_core.pages.base import SitePage, SitePageQuerySet
from site_core.pages.indexed_body import BodyField
from site_core.publishing.typed_links import visible_link
from site_core.seo.structured_data import Claim
from site_core.taxonomy.clusters import Cluster, Tag, clusters_in_order, clusters_of, concern_partner_violence
from site_core.taxonomy.fields import TermClusterManager
from site_core.taxonomy.models import Kind, Term

# The block of counts before and after, and the condition that the body has one.
COUNTS_BLOCK = "before_after"
HAS_COUNTS = models.Q(Contains(Cast("body", models.TextField()), f'"{COUNTS_BLOCK}"'))


# How many related items the page of an item lists.
RELATED_ITEMS = 3
# The tag fields, in the order of the clusters.
TAG_FIELDS = ("places", "initiatives", "strategies", "components")


class ListedItems(ValuesListIterable):  # type: ignore[type-arg]
    """Makes a `ListedItem` of each row of a query."""

    def __iter__(self) -> Iterator[ListedItem]:
        root = root_path()
        for pk, title, path, item_type, date, first_day, summary, publisher in super().__iter__():
            url, label = f"/{path.removeprefix(root)}", type_label(item_type, title)
            yield ListedItem(pk, title, url, label, date, first_day, summary, publisher or "")


class NewsItemQuerySet(SitePageQuerySet):
    """Filters and orders of news items."""

    def newest_first(self) -> "NewsItemQuerySet":
        """Order by date. Of one date, the item last in the tree comes first, so editors can set the order."""
        return self.order_by("-first_day", "-path")

    def about(self, term: Term) -> "NewsItemQuerySet":
        """Keep the items tagged with the term."""
        return self.tagged(term.kind, tag_id=term.pk)

    def tagged(self, kind: str, **tag: object) -> "NewsItemQuerySet":
        """Keep the items with a tag of the kind that matches the lookups in `tag`."""
        return self.filter(pk__in=TAGGED_ITEMS[kind]._default_manager.filter(**tag).values("content_object_id"))

    def listed(self) -> "NewsItemQuerySet":
        """Return each item as a `ListedItem`, in a fraction of the time that whole pages take."""
        fields = ("pk", "title", "url_path", "item_type", "date", "first_day", "summary", "publisher__name")
        listed: NewsItemQuerySet = self.values_list(*fields)
        listed._iterable_class = ListedItems
        return listed


class NewsItemPage(SitePage):
    """A page about an article, usually by another publisher. It summarizes the article and links to it."""

    link = WebURLField(
        "link to the article",
        blank=True,
        db_index=True,
        help_text="The web address of the article itself. Leave blank if you don’t have it.",
    )
    publisher = models.ForeignKey(
        Publisher,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="items",
    )
    date = PartialDateField("date", null=True, help_text=EXAMPLES)
    # The sort key of the date, set on every save.
    first_day = models.DateField(null=True, editable=False, db_index=True)
    item_type = models.CharField("type", max_length=20, choices=ItemType.choices, default=ItemType.NEWS)
    author = models.CharField(max_length=255, blank=True, help_text="Who wrote it, such as “Tina Rosenberg.”")
    body = StreamField(body_blocks_with_stats(), blank=True, max_num=40)
    places = TermClusterManager(
        through=NewsItemPlace, blank=True, related_name="place_news_items", verbose_name="places"
    )
    initiatives = TermClusterManager(
        through=NewsItemInitiative,
        blank=True,
        related_name="initiative_news_items",
        verbose_name="initiatives",
    )
    strategies = TermClusterManager(
        through=NewsItemStrategy, blank=True, related_name="strategy_news_items", verbose_name="strategies"
    )
    components = TermClusterManager(
        through=NewsItemComponent, blank=True, related_name="component_news_items", verbose_name="components"
    )

    # What the draft names that is not on file, by field. Nothing public has any.
    asked_for = models.JSONField(default=dict, blank=True, editable=False)

    objects = PageManager.from_queryset(NewsItemQuerySet)()

    base_form_class = NewsItemForm
    parent_page_types: ClassVar[list[str]] = ["news.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "news/news_item_page.html"
    # Its page says that the article is no longer online, so that its link stays as it was.
    shows_archived_copy = True
    serve_select_related = ("publisher",)
    # URL names of further lists, besides the parent page, in which verification looks for an item that went live.
    listed_at: ClassVar[tuple[str, ...]] = ("news_feed_json",)
    card_template = "components/news_row.html"

    # One group, in the order in which a press mention is typed, so that the Tab key moves through it.
    content_panels = [
        MultiFieldPanel(
            [
                FieldPanel("link", widget=LinkInput),
                TitleFieldPanel(
                    "title", heading="Headline", placeholder="Headline", help_text="The headline as it was printed."
                ),
                FieldPanel("publisher"),
                FieldPanel("date"),
                *(FieldPanel(field) for field in TAG_FIELDS),
                FieldPanel(
                    "summary",
                    help_text="One sentence on what it says, of at most 110 characters. Lists show it whole.",
                ),
            ],
            heading="Press mention",
        ),
        MultiFieldPanel([FieldPanel("item_type"), FieldPanel("author")], heading="Type and author"),
        FieldPanel("body"),
    ]
    search_fields = [
        index.SearchField("author"),
        index.RelatedFields("publisher", [index.SearchField("name"), index.SearchField("aliases")]),
        index.SearchField("words_of_tags"),
        # The text comes last, so that an excerpt of the indexed text can begin with it.
        *SitePage.search_fields,
        BodyField("body"),
        index.FilterField("first_day"),
    ]

    class Meta:
        verbose_name = "news item"
        # The search index stores pks as text. Without this index, PostgreSQL casts every pk to find one item.
        indexes: ClassVar = [
            models.Index(Cast("page_ptr", models.CharField(max_length=50)), name="news_item_as_text"),
            # Without this one, finding the few items with such a block reads every body.
            models.Index(fields=["first_day"], condition=HAS_COUNTS, name="news_item_with_counts"),
        ]

    @property
    def label(self) -> str:
        """The label before its headline, or ""."""
        return type_label(self.item_type, self.title)

    @property
    def reference(self) -> str:
        """How the admin names an item: “Headline” (Daily Freeman, April 2018)."""
        known = ", ".join(str(part) for part in (self.publisher, self.date) if part)
        return f"“{self.title}”" + (f" ({known})" if known else "")

    @property
    def is_article_gone(self) -> bool:
        return bool(self.link) and self.link in gone_links()

    @property
    def article_url(self) -> str:
        """The link to the article, or to an archived copy of one that is gone.

        "" if there is neither, or if it is a URL of this site where visitors see nothing.
        """
        return gone_links()[self.link] if self.is_article_gone else visible_link(self.link)

    @property
    def names_source(self) -> bool:
        return bool(self.link or self.publisher_id)

    def repeats(self) -> Iterable[tuple[str, str]]:
        return repeated_fields(self)

    def unfinished(self) -> Iterable[tuple[str, str]]:
        return asked_for_issues(self)

    @property
    def clusters(self) -> list[Cluster]:
        """The tags of this object, saved or not, as previews show them."""
        managers = {
            Kind.PLACE: self.places,
            Kind.INITIATIVE: self.initiatives,
            Kind.STRATEGY: self.strategies,
            Kind.COMPONENT: self.components,
        }
        return clusters_in_order(
            {
                kind: [Tag(kind, term.name, term.slug, term.concerns_partner_violence) for term in manager.all()]
                for kind, manager in managers.items()
            }
        )

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """Prefetch the tags, which the index would otherwise read once per column."""
        return super().get_indexed_objects().prefetch_related(*(f"{kind}_tags__tag" for kind in TAGGED_ITEMS))

    def words_of_tags(self) -> list[str]:
        """The names and aliases of its tags, for the search index."""
        tagged_items = [each for kind in TAGGED_ITEMS for each in getattr(self, f"{kind}_tags").all()]
        return [words for each in tagged_items for words in (each.tag.name, each.tag.aliases) if words]

    def save(self, *args: object, **kwargs: object) -> None:
        self.first_day = self.date.first_day if self.date else None
        super().save(*args, **kwargs)

    def card_foot(self, organization: OrganizationSettings) -> str:
        """“Opinion · April 2018 | Daily Freeman”, without the parts that are not on record."""
        source = " | ".join(str(part) for part in (self.date, self.publisher) if part)
        return " · ".join(part for part in (str(self.get_item_type_display()), source) if part)

    def card_context(self) -> dict[str, Any]:
        return {"item": self, "clusters": self.clusters}

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        is_preview = getattr(request, "is_preview", False)
        clusters = self.clusters if is_preview else clusters_of([self], TAGGED_ITEMS).get(self.pk, [])
        return context | {
            "clusters": clusters,
            "more": self.related_items(clusters),
            "about_partner_violence": concern_partner_violence(clusters),
        }

    def structured_data(self, request: HttpRequest, context: Any) -> list[Claim]:
        return item_claims(self, context["clusters"], request)

    def related_items(self, clusters: list[Cluster]) -> "RelatedItems | None":
        """The newest other items with its first tag, or None without tags. Places come before other tags."""
        if not clusters:
            return None
        tag = clusters[0].tags[0]
        others = [row for row in newest_with_tag(tag.kind, tag.slug) if row.item.pk != self.pk]
        return RelatedItems(tag, others[:RELATED_ITEMS])


@memoized
def newest_with_tag(kind: str, slug: str) -> list[NewsRow[ListedItem]]:
    """The newest items with a tag. There is one more than a page lists, because no page lists itself."""
    term = Term.objects.of_kind(kind).filter(slug=slug).first()
    return newest_about(term, RELATED_ITEMS + 1) if term else []


def newest_about(term: Term, number: int) -> list[NewsRow[ListedItem]]:
    """So many of the newest visible items with a tag. Reads only the months that have them: they may be old."""
    items = NewsItemPage.objects.visible().about(term).newest_first().listed()
    return rows_of(part_of(items, months_with((str(term.kind), str(term.pk))), 0, number))


@dataclass(frozen=True)
class RelatedItems:
    """Further items with a tag."""

    tag: Tag
    rows: list[NewsRow[ListedItem]]

    @property
    def about(self) -> str:
        """“from Pittsburgh”, “about Drug Market Intervention”."""
        return f"{'from' if self.tag.kind == Kind.PLACE else 'about'} {self.tag.name}"
