"""SitePage: the abstract base of every page."""

from base64 import b64encode
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.template import Context
from django.utils.functional import classproperty
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface, TitleFieldPanel
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision
from wagtail.query import PageQuerySet
from wagtail.search import index

from site_core.fields.slugs import free_slug
from site_core.organization.crisis_help import has_help_lines
from site_core.organization.models import OrganizationSettings
from site_core.page_cache.memoize import cache_is_bypassed, memoized
from site_core.page_cache.previews import KnownPreviewsMixin
from site_core.pages.content_checks.findings import messages_with_reason, refuse_blocked_content
from site_core.pages.content_checks.reasons import REASON_FIELD, log_reason, reasons_given
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
    """Queries of pages."""

    def visible(self) -> Self:
        """Pages that any visitor may see: live, not private and not below a private page.

        Wagtail's `public()` fetches all restrictions each time. Here they are memoized. While the cache is bypassed, a
        subquery reads them.
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
    """The tree path of each page with a view restriction."""
    return tuple(PageViewRestriction.objects.order_by("page__path").values_list("page__path", flat=True).distinct())


@memoized
def alias_paths() -> tuple[str, ...]:
    """The tree path of each alias. The restrictions of its source page also hold for it and the pages below it."""
    return tuple(Page.objects.exclude(alias_of=None).order_by("path").values_list("path", flat=True))


class SitePageForm(NotedForm, WagtailAdminPageForm):
    """The edit form of a page. Its slug may be left empty: `SitePage.fill_slug` makes one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    reason_to_keep = forms.CharField(
        label="Why it may stay",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence for your colleagues, such as “That is the name of the day.” The page's history keeps "
        "it, and visitors do not see it.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.instance.reason_to_keep = cleaned.get("reason_to_keep", "")
        return cleaned


class ReasonPanel(FieldPanel):
    """The box for a reason. It appears once a check has asked for one."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            box = self.bound_field
            return super().is_shown() and box is not None and bool(box.errors or box.value())


class SitePage(PublishableMixin, KnownPreviewsMixin, Page):
    """A page with a title, a summary, a change note and three previews."""

    slug: str
    summary = models.TextField(
        max_length=300,
        help_text="One or two sentences on what the page is about. Lists, search engines and shared links show them.",
    )

    change_note = change_note_field()

    # The template of the page in a list. Lists include it, and a preview shows it.
    card_template: ClassVar[str] = "components/page_card.html"

    # Relations to read in the same query when the page is served.
    serve_select_related: ClassVar[tuple[str, ...]] = ()

    # What the edit form says about the issues that need a reason. The page's history keeps it.
    reason_to_keep = ""

    # Whether the page shows when it was last updated and what changed. Pages that only list other pages do not.
    shows_updates: ClassVar[bool] = True

    # Slugs that no title may be made into, because the site itself answers there.
    reserved_slugs: ClassVar[frozenset[str]] = frozenset()

    base_form_class = SitePageForm
    preview_modes = [(PAGE, "Page"), (LISTING_CARD, "Listing card"), (SOCIAL_CARD, "Social card")]
    default_preview_mode = PAGE

    content_panels = [TitleFieldPanel("title"), FieldPanel("summary")]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    help_text="The end of the page's URL. If you leave it empty, it is made from the title. "
                    "If you change it, the old URL redirects to the new one.",
                ),
                FieldPanel(
                    "seo_title",
                    help_text="What search engines show in place of the title, for a title that is too long.",
                ),
                FieldPanel("show_in_menus"),
            ],
            heading="URL and menu",
        )
    ]
    settings_panels = [eastern_publishing_panel()]

    @classproperty
    def edit_handler(cls) -> TabbedInterface:
        """The tabs of the edit view. Wagtail calls the last one “Settings”, where nobody looks for dates."""
        notes = [change_note_panel()] if cls.shows_updates else []
        tabs = {
            "Content": [ReasonPanel(REASON_FIELD, disable_comments=True), *cls.content_panels, *notes],
            "Promote": cls.promote_panels,
            "Schedule": cls.settings_panels,
        }
        lists = [ObjectList(panels, heading=heading) for heading, panels in tabs.items()]
        return TabbedInterface(lists, base_form_class=cls.base_form_class)

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.AutocompleteField("summary")]

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.fill_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self.fill_slug()
        super().minimal_clean()

    def fill_slug(self) -> None:
        """Make a slug from the title if it has none. Wagtail's own stays empty for a title without Latin letters."""
        # A page without a place in the tree has no parent yet, and nobody knows which slugs are taken there.
        if not self.slug and (parent := self.get_parent()):
            siblings = parent.get_children().not_page(self).values_list("slug", flat=True)
            taken = self.reserved_slugs.union(siblings)
            self.slug = free_slug(self.title, taken, max_length=255, otherwise="page")

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Skips the query for a page that cannot be private. Wagtail calls this for every page it serves."""
        if not self.path.startswith((*private_paths(), *alias_paths())):
            return PageViewRestriction.objects.none()
        restrictions: QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return restrictions

    @property
    def description(self) -> str:
        """The description for search engines and shared links."""
        return self.search_description or self.summary

    def publish(self, revision: Revision, user: AbstractBaseUser | None = None, *args: Any, **kwargs: Any) -> None:
        """Check the content first if a user publishes. Content that the ledger restores was public before.

        Raises ValidationError with a message at each field or block with an issue that stops it.
        """
        if user is not None:
            refuse_blocked_content(revision.as_object())
        super().publish(revision, user, *args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a draft, and in the page's history why what the checks have marked may stay."""
        draft: Revision = super().save_revision(*args, **kwargs)
        if self.reason_to_keep and (kept := messages_with_reason(self)):
            log_reason(self, draft, kept, self.reason_to_keep, kwargs.get("user"))
        return draft

    def repeats(self) -> Iterable[tuple[str, str]]:
        """The fields whose content another page had first, each with a sentence that names that page.

        A draft may have them. They keep it from going live.
        """
        return ()

    @property
    def names_source(self) -> bool:
        """Whether the page names where its content comes from, apart from its body."""
        return False

    @property
    def new_reasons(self) -> QuerySet[PageLogEntry]:
        """Why what the checks have marked may stay, in the drafts after what is public. Its review shows them."""
        given = reasons_given(self)
        return given.filter(revision__gt=self.live_revision_id) if self.live_revision_id else given

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, object]:
        context: dict[str, object] = super().get_context(request, *args, **kwargs)
        context["shows_help"] = has_help_lines(self)
        if self.shows_updates:
            context["updates"] = Updates.of(self)
        look_up_links(getattr(self, "body", None))
        if not getattr(request, "is_preview", False):
            card = self.social_card(OrganizationSettings.shown(request))
            path = self.get_url(request) or ""
            context["shared"] = shared_link(self.title, self.description, path, card, "page_card", self.pk)
        return context

    def structured_data(self, request: HttpRequest, context: Context) -> list[Claim]:
        """The JSON-LD claims of the page, the page itself first. They hold nothing that the page does not show."""
        return [web_page(request, self.get_url(request), self.title, self.summary)]

    def card_foot(self, organization: OrganizationSettings) -> str:
        """The last line of the social card: the kind of page and its source, or the parent organization."""
        return organization.parent

    def social_card(self, organization: OrganizationSettings) -> SocialCard:
        """The picture that other sites show with a link to the page."""
        return SocialCard(organization.name, self.title, self.card_foot(organization))

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        if mode_name == LISTING_CARD:
            return "previews/listing_card.html"
        if mode_name == SOCIAL_CARD:
            return "previews/social_card.html"
        return self.get_template(request)

    def card_context(self) -> dict[str, object]:
        """The context of the listing card, besides the page, for its preview."""
        return {}

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        context: dict[str, object] = super().get_preview_context(request, mode_name)
        if mode_name == LISTING_CARD:
            context |= self.card_context()
        if mode_name == SOCIAL_CARD:
            card = self.social_card(OrganizationSettings.shown(request))
            context |= {"words": card.words, "picture": f"data:image/png;base64,{b64encode(card.draw()).decode()}"}
        return context


class IndexPage(SitePage):
    """A page that lists other pages. There is one of each type, below the home page, and its slug never changes."""

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
                {"slug": f"The slug of this page must stay “{self.fixed_slug}”, because other URLs depend on it."}
            )

    def fill_slug(self) -> None:
        self.slug = self.slug or self.fixed_slug
