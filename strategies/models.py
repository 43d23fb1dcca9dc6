"""The pages of strategies, initiatives and components, and the page that lists them."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.template import Context
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, Revision
from wagtail.query import PageQuerySet
from wagtail.search import index

from impact.blocks import body_blocks_with_stats
from impact.shown import current_stats
from news.items import newest_about
from news.models import NewsItemComponent, NewsItemPage
from news.reported_counts import counts_about
from site_core.organization.models import OrganizationSettings
from site_core.page_cache.memoize import memoized
from site_core.pages.base import IndexPage, SitePage, SitePageQuerySet
from site_core.pages.indexed_body import BodyField
from site_core.seo.structured_data import Claim, recorded
from site_core.taxonomy.models import Kind, Term
from strategies.own_term import issues_of_own_term, saved_own_term
from strategies.record import StrategyRow, strategy_rows
from strategies.strategy_form import StrategyPageForm

NEWS_ON_A_STRATEGY = 6
# The kinds of term that may have a strategy page, with the headings of the list in its order.
HEADINGS = {
    Kind.STRATEGY: "Strategies",
    Kind.INITIATIVE: "Initiatives",
    Kind.COMPONENT: "Components",
}


class StrategyPageQuerySet(SitePageQuerySet):
    """Strategy pages, filtered and sorted for lists."""

    def of_kind(self, kind: str) -> "StrategyPageQuerySet":
        """The pages of one kind of term, as `listed` sorts them."""
        return self.listed().filter(term__kind=kind)

    def listed(self) -> "StrategyPageQuerySet":
        """Sorts by the editors' order and defers the bodies, which are slow to load."""
        pages: StrategyPageQuerySet = self.select_related("term").defer("body").order_by("path")
        return pages

    def with_uses(self) -> "StrategyPageQuerySet":
        """Prefetches where each is used, in one query."""
        pages: StrategyPageQuerySet = self.prefetch_related("uses")
        return pages


class StrategyIndexPage(IndexPage):
    """The list of all strategies, initiatives and components."""

    fixed_slug = "strategies"
    subpage_types: ClassVar[list[str]] = ["strategies.StrategyPage"]
    template = "strategies/strategy_index_page.html"

    class Meta:
        verbose_name = "strategy list"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context(request, *args, **kwargs)
        pages = list(StrategyPage.objects.visible().child_of(self).listed().with_uses())
        rows = strategy_rows(pages)
        groups = [(HEADINGS[kind], [row for row in rows if row.page.kind == kind]) for kind in HEADINGS]
        return context | {"groups": [(heading, of_kind) for heading, of_kind in groups if of_kind]}


class StrategyPage(SitePage):
    """A strategy, initiative or component. Its term decides which, and holds its other names."""

    term = models.ForeignKey(
        Term,
        null=True,
        blank=True,
        verbose_name="tag",
        on_delete=models.SET_NULL,
        related_name="pages",
        limit_choices_to={"kind__in": list(HEADINGS)},
        help_text="Impact stats and news with this tag appear on this page automatically. A new tag is made when the "
        "page is published.",
    )
    kind_of_new_tag = models.CharField(
        max_length=12,
        choices=[(kind.value, kind.label) for kind in HEADINGS],
        default=Kind.STRATEGY,
        help_text="Matters only if you do not choose a tag above.",
    )
    abbreviation = models.CharField(max_length=12, blank=True, help_text="Such as “GVI.”")
    who_takes_part = models.CharField(
        max_length=255, blank=True, help_text="Such as “Community members, law enforcement and support providers.”"
    )
    where_it_began = models.CharField(
        max_length=255, blank=True, help_text="The place and the year, if you have them."
    )
    body = StreamField(body_blocks_with_stats(), blank=True, max_num=60)
    contact_name = models.CharField(max_length=120, blank=True, help_text="The person who answers questions about it.")
    contact_email = models.EmailField("contact email", blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)

    objects = PageManager.from_queryset(StrategyPageQuerySet)()

    base_form_class = StrategyPageForm
    parent_page_types: ClassVar[list[str]] = ["strategies.StrategyIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "strategies/strategy_page.html"
    serve_select_related = ("term",)
    content_panels = [
        SitePage.content_panels[0],
        MultiFieldPanel(["term", "kind_of_new_tag", "abbreviation"], heading="Tag and abbreviation"),
        FieldPanel("summary"),
        MultiFieldPanel(["who_takes_part", "where_it_began"], heading="In short"),
        InlinePanel(
            "uses",
            heading="Where it is on record",
            label="Place",
            help_text="The places where a source says that it was carried out, announced or studied. Impact stats and "
            "news name other places by themselves, under “Places in our records.”",
        ),
        FieldPanel("body"),
        MultiFieldPanel(["contact_name", "contact_email", "contact_phone"], heading="Contact"),
    ]
    search_fields = [
        index.SearchField("abbreviation"),
        index.AutocompleteField("abbreviation"),
        index.RelatedFields("term", [index.SearchField("aliases"), index.AutocompleteField("aliases")]),
        index.RelatedFields("uses", [index.RelatedFields("place", [index.SearchField("name")])]),
        # The body comes last, so that a search extract can begin with it.
        *SitePage.search_fields,
        BodyField("body"),
    ]

    class Meta:
        verbose_name = "strategy"
        verbose_name_plural = "strategies"

    @property
    def kind(self) -> str:
        return self.term.kind if self.term else self.kind_of_new_tag

    @property
    def kind_name(self) -> str:
        """“Strategy”, “Initiative” or “Component”."""
        return str(Kind(self.kind).label)

    @property
    def other_names(self) -> list[str]:
        """The names besides the title and the abbreviation."""
        names = self.term.other_names if self.term else []
        return [name for name in names if name != self.abbreviation]

    def card_foot(self, organization: OrganizationSettings) -> str:
        """“Strategy · GVI”, for the social card."""
        return " · ".join(part for part in (self.kind_name, self.abbreviation) if part)

    def clean(self) -> None:
        super().clean()
        if self.term_id:
            holder = StrategyPage.objects.filter(term_id=self.term_id).exclude(pk=self.pk).first()
            # Copies and aliases start with the term of the original and remain drafts until it changes.
            if holder and self.live and holder.live:
                raise ValidationError(
                    {"term": f"“{holder.title}” is already the page of that tag. Choose another tag."}
                )

    def unfinished(self) -> Iterable[tuple[str, str]]:
        return issues_of_own_term(self) if self.term_id is None else ()

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Give a page without a term the one of its title, also in the revision, and publish or schedule it."""
        with transaction.atomic():
            page = revision.as_object()
            if page.term_id is None and not any(issues_of_own_term(page)):
                revision.content["term"] = saved_own_term(page).pk
                Revision.objects.filter(pk=revision.pk).update(content=revision.content)
            super().publish(revision, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context(request, *args, **kwargs)
        if not self.term:
            return context | {"stats": [], "counts": [], "rows": [], "components": [], "record": None}
        news = NewsItemPage.objects.visible().about(self.term)
        stats = [stat for stat in current_stats() if stat.strategy_id == self.term_id]
        return context | {
            "stats": sorted(stats, key=lambda stat: (str(stat.place), stat.sort_order)),
            "counts": counts_about(self.term),
            "rows": newest_about(self.term, NEWS_ON_A_STRATEGY),
            "components": self.components_in(news),
            "record": strategy_rows([self])[0],
            "about_partner_violence": self.term.concerns_partner_violence,
        }

    def structured_data(self, request: HttpRequest, context: Context) -> list[Claim]:
        """The page, with its strategy under all its names as the subject."""
        names = [name for name in (self.abbreviation, *self.other_names) if name]
        (page,) = super().structured_data(request, context)
        return [page | {"about": recorded({"@type": "Thing", "name": self.title, "alternateName": names})}]

    def components_in(self, news: PageQuerySet) -> list["StrategyPage"]:
        """The pages of the components tagged in the strategy's news; none for initiatives and components."""
        if self.kind != Kind.STRATEGY:
            return []
        tags = NewsItemComponent.objects.filter(content_object__in=news).values("tag_id")
        return list(StrategyPage.objects.visible().of_kind(Kind.COMPONENT).filter(term_id__in=tags))


@memoized
def rows_of_strategies() -> tuple[StrategyRow, ...]:
    """A row for each visible strategy, in the editors' order."""
    return tuple(strategy_rows(StrategyPage.objects.visible().of_kind(Kind.STRATEGY).with_uses()))
