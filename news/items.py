"""NewsItemPage: a mention in the press, or news of our own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.db.models.query import ValuesListIterable
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from impact.blocks import body_blocks_with_stats
from news.partial_date import EXAMPLES, PartialDateField
from news.publisher_box import PublisherField
from news.publishers import Publisher
from news.rows import ListedItem, NewsRow, rows_of
from news.structured_data import item_claims
from news.tagged_items import TAGGED_ITEMS, NewsItemComponent, NewsItemInitiative, NewsItemPlace, NewsItemStrategy
from site_core.fields.web_url import WebURLField, canonical_link, check_web_url, spellings
from site_core.organization.models import OrganizationSettings
from site_core.page_cache.memoize import memoized
from site_core.page_cache.sites import root_path
from site_core.pages.base import SitePage, SitePageForm, SitePageQuerySet
from site_core.publishing.trashed_page import outside_trash
from site_core.seo.structured_data import Claim
from site_core.taxonomy.clusters import Cluster, Tag, clusters_in_order, clusters_of, concern_partner_violence
from site_core.taxonomy.fields import TermClusterManager
from site_core.taxonomy.models import Kind, Term


class ItemType(models.TextChoices):
    """What kind of piece it is. Plain news needs no label."""

    NEWS = "news", "News"
    OPINION = "opinion", "Opinion"
    PODCAST = "podcast", "Podcast"
    EVENT = "event", "Event"
    CASE_STUDY = "case-study", "Case study"
    REPORT = "report", "Report"
    VIDEO = "video", "Video"
    ANNOUNCEMENT = "announcement", "Announcement"


def label_of(item_type: str, title: str) -> str:
    """The type where it says something: plain news has no label, nor has a headline that begins with it."""
    label = "" if item_type == ItemType.NEWS else str(ItemType(item_type).label)
    return "" if title.lower().startswith(label.lower()) else label


MORE_ITEMS = 3
# The tag boxes, in the order of the clusters.
CLUSTERS = ("places", "initiatives", "strategies", "components")


class ListedItems(ValuesListIterable):  # type: ignore[type-arg]
    """What Django asks for the rows of a query, for what lists show of items."""

    def __iter__(self) -> Iterator[ListedItem]:
        root = root_path()
        for pk, title, path, kind, date, first_day, summary, publisher in super().__iter__():
            address, label = f"/{path.removeprefix(root)}", label_of(kind, title)
            yield ListedItem(pk, title, address, label, date, first_day, summary, publisher or "")


class NewsItemQuerySet(SitePageQuerySet):
    """News items, read as sentences."""

    def newest_first(self) -> "NewsItemQuerySet":
        """By date; within one date, the item placed last in the tree comes first, and editors may reorder the tree."""
        return self.order_by("-first_day", "-path")

    def about(self, term: Term) -> "NewsItemQuerySet":
        """Those tagged with the term."""
        return self.tagged(term.kind, tag_id=term.pk)

    def tagged(self, kind: str, **tag: Any) -> "NewsItemQuerySet":
        """Those with a tag of the kind that fits."""
        return self.filter(pk__in=TAGGED_ITEMS[kind]._default_manager.filter(**tag).values("content_object_id"))

    def listed(self) -> "NewsItemQuerySet":
        """As a ListedItem each: that is read in a fraction of the time that their whole pages take."""
        fields = ("pk", "title", "url_path", "item_type", "date", "first_day", "summary", "publisher__name")
        listed: NewsItemQuerySet = self.values_list(*fields)
        listed._iterable_class = ListedItems
        return listed

    def same_headline(self, headline: str) -> "NewsItemQuerySet":
        return self.filter(Q(title__iexact=headline) | Q(draft_title__iexact=headline))


class NewsItemForm(SitePageForm):
    """Names an item that is already on file before a second one is made."""

    publisher = PublisherField(
        required=False,
        help_text="Type the name of the newspaper, journal or broadcaster. Leave empty for news of our own.",
    )

    def clean_link(self) -> str:
        if not self.cleaned_data["link"]:
            return ""
        check_web_url(self.cleaned_data["link"])
        link = canonical_link(self.cleaned_data["link"])
        if item := self._others().filter(link__in=spellings(link)).first():
            raise ValidationError(f"This link is already on file: {item.reference}.")
        return link

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        headline, publisher = cleaned.get("title"), cleaned.get("publisher")
        if headline:
            namesakes = self._others().same_headline(headline).select_related("publisher")
            # Another paper may run the same piece under the same headline: that is another mention.
            taken = (item for item in namesakes if not (publisher and item.publisher and publisher != item.publisher))
            if item := next(taken, None):
                self.add_error("title", f"This headline is already on file: {item.reference}.")
        return cleaned

    def _others(self) -> NewsItemQuerySet:
        others: NewsItemQuerySet = outside_trash(NewsItemPage.objects.exclude(pk=self.instance.pk))
        return others


class NewsItemPage(SitePage):
    """Usually somebody else's article: our page says what it holds and where it stands. It is never our article."""

    link = WebURLField(
        "link to the article",
        blank=True,
        db_index=True,
        help_text="The address of the article itself. Leave empty if it is not on record: do not guess.",
    )
    publisher = models.ForeignKey(
        Publisher,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="items",
    )
    date = PartialDateField("date", null=True, help_text=EXAMPLES)
    # What the date sorts as. It follows from the date on every save.
    first_day = models.DateField(null=True, editable=False, db_index=True)
    item_type = models.CharField("type", max_length=20, choices=ItemType.choices, default=ItemType.NEWS)
    author = models.CharField(max_length=255, blank=True, help_text="Who wrote it, such as “Tina Rosenberg”.")
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

    objects = PageManager.from_queryset(NewsItemQuerySet)()

    base_form_class = NewsItemForm
    parent_page_types: ClassVar[list[str]] = ["news.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "news/news_item_page.html"
    shown_with = ("publisher",)
    # What else lists it besides the page above, by the names of the addresses: the proof of a go-live looks there.
    listed_at: ClassVar[tuple[str, ...]] = ("news_feed_json",)
    card_template = "components/news_row.html"

    # One group in the order in which a press mention is keyed in, so that the Tab key goes from box to box.
    content_panels = [
        MultiFieldPanel(
            [
                FieldPanel("link"),
                TitleFieldPanel(
                    "title", heading="Headline", placeholder="Headline", help_text="The headline as it was printed."
                ),
                FieldPanel("publisher"),
                FieldPanel("date"),
                *(FieldPanel(cluster) for cluster in CLUSTERS),
                FieldPanel("summary"),
            ],
            heading="Press mention",
        ),
        MultiFieldPanel([FieldPanel("item_type"), FieldPanel("author")], heading="Kind of piece"),
        FieldPanel("body"),
    ]
    search_fields = [
        index.SearchField("author"),
        index.RelatedFields("publisher", [index.SearchField("name"), index.SearchField("aliases")]),
        index.SearchField("words_of_tags"),
        # The text stands last, so that an extract of what is searched can begin with it.
        *SitePage.search_fields,
        index.SearchField("body"),
        index.FilterField("first_day"),
    ]

    class Meta:
        verbose_name = "news item"
        # As the search index names it: without this, PostgreSQL writes every item's number as text to find one.
        indexes: ClassVar = [models.Index(Cast("page_ptr", models.CharField(max_length=50)), name="news_item_as_text")]

    @property
    def label(self) -> str:
        """What stands in front of its headline."""
        return label_of(self.item_type, self.title)

    @property
    def reference(self) -> str:
        """How the admin names an item: “Headline” (Daily Freeman, April 2018)."""
        known = ", ".join(str(part) for part in (self.publisher, self.date) if part)
        return f"“{self.title}”" + (f" ({known})" if known else "")

    @property
    def clusters(self) -> list[Cluster]:
        """Its tags as this object holds them, saved or not, so that previews show them."""
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
        """With their tags, which would otherwise be read again for every column of the index."""
        return super().get_indexed_objects().prefetch_related(*(f"{kind}_tags__tag" for kind in TAGGED_ITEMS))

    def words_of_tags(self) -> list[str]:
        """What it is found by because of its tags: their names and their other names."""
        ties = [tie for kind in TAGGED_ITEMS for tie in getattr(self, f"{kind}_tags").all()]
        return [words for tie in ties for words in (tie.tag.name, tie.tag.aliases) if words]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.first_day = self.date.first_day if self.date else None
        super().save(*args, **kwargs)

    def card_foot(self, organization: OrganizationSettings) -> str:
        """“Opinion · April 2018 | Daily Freeman”, as far as it is recorded."""
        source = " | ".join(str(part) for part in (self.date, self.publisher) if part)
        return " · ".join(part for part in (str(self.get_item_type_display()), source) if part)

    def card_context(self) -> dict[str, Any]:
        return {"item": self, "clusters": self.clusters}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        is_preview = getattr(request, "is_preview", False)
        clusters = self.clusters if is_preview else clusters_of([self], TAGGED_ITEMS).get(self.pk, [])
        return context | {
            "clusters": clusters,
            "more": self.more_like_it(clusters),
            "about_partner_violence": concern_partner_violence(clusters),
        }

    def structured_data(self, request: HttpRequest, context: Any) -> list[Claim]:
        return item_claims(self, context["clusters"], request)

    def more_like_it(self, clusters: list[Cluster]) -> "MoreLikeIt | None":
        """The newest other items with its first tag, places before the rest; None for an item without tags."""
        if not clusters:
            return None
        tag = clusters[0].tags[0]
        others = [row for row in newest_with(tag.kind, tag.slug) if row.item.pk != self.pk]
        return MoreLikeIt(tag, others[:MORE_ITEMS])


@memoized
def newest_with(kind: str, slug: str) -> list[NewsRow]:
    """The newest items with a tag, one more than one of them shows. Every item with the tag asks for them."""
    items = NewsItemPage.objects.visible().tagged(kind, tag__slug=slug).newest_first()
    return rows_of(items[: MORE_ITEMS + 1].listed())


@dataclass(frozen=True)
class MoreLikeIt:
    """Further items with a tag."""

    tag: Tag
    rows: list[NewsRow]

    @property
    def about(self) -> str:
        """“from Pittsburgh”, “about Drug Market Intervention”."""
        return f"{'from' if self.tag.kind == Kind.PLACE else 'about'} {self.tag.name}"
