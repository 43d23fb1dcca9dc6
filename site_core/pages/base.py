"""SitePage: the abstract base of every page."""

from base64 import b64encode
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.functional import classproperty
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface, TitleFieldPanel
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.query import PageQuerySet
from wagtail.search import index

from site_core.organization.crisis_help import has_help_lines
from site_core.organization.models import OrganizationSettings
from site_core.page_cache.memoize import cache_is_bypassed, memoized
from site_core.page_cache.previews import KnownPreviewsMixin
from site_core.pages.content_checks.findings import refuse_blocked_content
from site_core.pages.page_links import look_up_links
from site_core.publishing.change_notes import NotedForm, change_note_field, change_note_panel
from site_core.publishing.ledger.notes import Updates
from site_core.publishing.publishable import PublishableMixin
from site_core.publishing.schedule.fields import eastern_publishing_panel
from site_core.seo.structured_data import Claim, web_page
from site_core.social_cards.card import SocialCard
from site_core.social_cards.open_graph import shared_link

PAGE, LISTING_CARD, SOCIAL_CARD = "", "card", "social"


class SitePageQuerySet(PageQuerySet):
    """Pages, read as sentences."""

    def visible(self) -> Self:
        """Those any visitor may see: live, and neither private themselves nor below a private page.

        Wagtail's `public()` fetches every restriction each time; here they are memoized, and the same query asks for
        them where nothing may be.
        """
        pages: Self = self.live()
        if cache_is_bypassed():
            path = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
            restrictions = PageViewRestriction.objects.annotate(path=path).filter(path__startswith=F("page__path"))
            return pages.exclude(Exists(restrictions))
        for private in private_paths():
            pages = pages.exclude(path__startswith=private)
        return pages


@memoized
def private_paths() -> tuple[str, ...]:
    """The place in the tree of each page that not everybody may see."""
    return tuple(PageViewRestriction.objects.order_by("page__path").values_list("page__path", flat=True).distinct())


@memoized
def alias_paths() -> tuple[str, ...]:
    """The place in the tree of each alias: who may see it, and what is below it, is decided elsewhere in the tree."""
    return tuple(Page.objects.exclude(alias_of=None).order_by("path").values_list("path", flat=True))


class SitePageForm(NotedForm, WagtailAdminPageForm):
    """The admin's form for a page."""


class SitePage(PublishableMixin, KnownPreviewsMixin, Page):
    """What every page has: a title, a summary that stands for it elsewhere, and three previews."""

    summary = models.TextField(
        max_length=300,
        help_text="One or two sentences that say what the page holds. Lists, search engines and shared links show it.",
    )

    change_note = change_note_field()

    # How the page looks in a list: the preview shows it, and lists include it.
    card_template: ClassVar[str] = "components/page_card.html"

    # What its page shows of other tables, so that one query reads both.
    shown_with: ClassVar[tuple[str, ...]] = ()

    # Whether it says when it was last updated, and what changed. What only gathers other pages does not.
    shows_updates: ClassVar[bool] = True

    base_form_class = SitePageForm
    preview_modes = [(PAGE, "Page"), (LISTING_CARD, "Listing card"), (SOCIAL_CARD, "Social card")]
    default_preview_mode = PAGE

    content_panels = [TitleFieldPanel("title"), FieldPanel("summary")]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    help_text="The end of the page's web address. Changing it leaves a redirect behind.",
                ),
                FieldPanel(
                    "seo_title",
                    help_text="What search engines show instead of the title, if that is too long.",
                ),
                FieldPanel("show_in_menus"),
            ],
            heading="Address and menu",
        )
    ]
    settings_panels = [eastern_publishing_panel()]

    @classproperty
    def edit_handler(cls) -> TabbedInterface:
        """The tabs that every page has. Wagtail would call the last one “Settings”, where nobody looks for dates."""
        notes = [change_note_panel()] if cls.shows_updates else []
        tabs = {
            "Content": [*cls.content_panels, *notes],
            "Promote": cls.promote_panels,
            "Schedule": cls.settings_panels,
        }
        lists = [ObjectList(panels, heading=heading) for heading, panels in tabs.items()]
        return TabbedInterface(lists, base_form_class=cls.base_form_class)

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.AutocompleteField("summary")]

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Asked of every page that is served: the database need not be, where nothing around it can be private."""
        if not self.path.startswith((*private_paths(), *alias_paths())):
            return PageViewRestriction.objects.none()
        restrictions: QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return restrictions

    @property
    def description(self) -> str:
        """What search engines and shared links say of the page."""
        return self.search_description or self.summary

    def publish(self, revision: Revision, user: Any = None, *args: Any, **kwargs: Any) -> None:
        """As it says there. What somebody publishes is checked first; what the ledger puts back was public before.

        Raises ValidationError with a sentence at each place that keeps the page back.
        """
        if user is not None:
            refuse_blocked_content(revision.as_object())
        super().publish(revision, user, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["shows_help"] = has_help_lines(self)
        if self.shows_updates:
            context["updates"] = Updates.of(self)
        look_up_links(getattr(self, "body", None))
        if not getattr(request, "is_preview", False):
            card = self.social_card(OrganizationSettings.shown(request))
            address = self.get_url(request) or ""
            context["shared"] = shared_link(self.title, self.description, address, card, "page_card", self.pk)
        return context

    def structured_data(self, request: HttpRequest, context: Any) -> list[Claim]:
        """What the page says of itself to machines, itself first, with nothing that it does not show."""
        return [web_page(request, self.get_url(request), self.title, self.summary)]

    def card_foot(self, organization: OrganizationSettings) -> str:
        """What kind of page it is and where it comes from, for its social card; of the site's own pages, whose."""
        return organization.parent

    def social_card(self, organization: OrganizationSettings) -> SocialCard:
        """The picture that other sites show of a link to the page."""
        return SocialCard(organization.name, self.title, self.card_foot(organization))

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        if mode_name == LISTING_CARD:
            return "previews/listing_card.html"
        if mode_name == SOCIAL_CARD:
            return "previews/social_card.html"
        return self.get_template(request)

    def card_context(self) -> dict[str, Any]:
        """What the listing card needs besides the page, for its preview."""
        return {}

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        if mode_name == LISTING_CARD:
            context |= self.card_context()
        if mode_name == SOCIAL_CARD:
            card = self.social_card(OrganizationSettings.shown(request))
            context |= {"words": card.words, "picture": f"data:image/png;base64,{b64encode(card.draw()).decode()}"}
        return context


class IndexPage(SitePage):
    """A page that gathers others, of which there is one, below the home page, at an address that never changes."""

    slug: str
    fixed_slug: ClassVar[str]
    shows_updates = False
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug != self.fixed_slug:
            raise ValidationError(
                {"slug": f"This page's address is “{self.fixed_slug}”, because other addresses build on it."}
            )

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self.fixed_slug
        super().full_clean(*args, **kwargs)
