"""SitePage: the abstract base of every page."""

from base64 import b64encode
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.template import Context
from django.utils.functional import classproperty
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface, TitleFieldPanel
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from site_core.organization.crisis_help import has_help_lines
from site_core.organization.models import OrganizationSettings
from site_core.page_cache.previews import KnownPreviewsMixin
from site_core.pages.access import PageAccessMixin
from site_core.pages.content_checks.findings import (
    ContentIssue,
    hints_of,
    messages_with_reason,
    refuse_blocked_content,
)
from site_core.pages.content_checks.reasons import REASON_FIELD, log_reason, reasons_given
from site_core.pages.content_checks.wording.marked_lines import marked_lines
from site_core.pages.form import ReasonPanel, SitePageForm
from site_core.pages.page_links import look_up_links
from site_core.pages.page_slugs import fitting_slug
from site_core.publishing.change_notes import change_note_field, change_note_panel
from site_core.publishing.ledger.notes import Updates
from site_core.publishing.publishable import PublishableMixin
from site_core.publishing.schedule.fields import eastern_publishing_panel
from site_core.publishing.visibility import hidden_pages, restricting_paths, visible
from site_core.seo.structured_data import Claim, web_page
from site_core.social_cards.card import SocialCard
from site_core.social_cards.open_graph import shared_link

PAGE, LISTING_CARD, SOCIAL_CARD = "", "card", "social"


class SitePageQuerySet(PageQuerySet):
    """Queries of pages."""

    def visible(self) -> Self:
        """Pages that any visitor may see: live and not private, nor an alias of a page that visitors do not see."""
        return visible(self)


class SitePage(PublishableMixin, PageAccessMixin, KnownPreviewsMixin, Page):
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
    # What the checks have found in the text of a form before the transaction of its save. None if they have not run.
    text_issues: list[ContentIssue] | None = None

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
                    heading="Web address ending",
                    help_text="If you leave it blank, it is made from the title. "
                    "If you change it, the old web address redirects to the new one.",
                ),
                FieldPanel(
                    "seo_title",
                    heading="Title in search results",
                    help_text="What search engines show in place of the title, for a title that is too long.",
                ),
                FieldPanel("show_in_menus"),
            ],
            heading="Web address and menu",
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
        """Make a slug if it has none, and cut one that is too long."""
        self.slug = fitting_slug(self, self.reserved_slugs)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Those of the page, its ancestors and the sources of aliases among them, with the sources' own ancestors.

        Wagtail forgets the latter. It calls this for every page it serves, so most pages cost no query.
        """
        if not self.path.startswith(hidden_pages().paths):
            return PageViewRestriction.objects.none()
        restrictions: QuerySet[PageViewRestriction] = PageViewRestriction.objects.filter(
            page__path__in=restricting_paths(self.path)
        )
        return restrictions

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Raises Http404 for an alias of a page that is not live, as for that page."""
        if not path_components and self.pk in hidden_pages().aliases:
            raise Http404
        result: RouteResult = super().route(request, path_components)
        return result

    @property
    def description(self) -> str:
        """The description for search engines and shared links."""
        return self.search_description or self.summary

    def publish(self, revision: Revision, user: AbstractBaseUser | None = None, *args: Any, **kwargs: Any) -> None:
        """Check the content first if a user publishes. Content that the ledger restores was public before.

        Raises ValidationError with a message at each field or block with an issue that stops it.
        """
        if user is not None:
            page = revision.as_object()
            page.text_issues = getattr(revision, "text_issues", None)
            refuse_blocked_content(page)
        super().publish(revision, user, *args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a draft, and in the page's history why what the checks have marked may stay."""
        draft: Revision = super().save_revision(*args, **kwargs)
        draft.text_issues = self.text_issues
        if self.reason_to_keep and (kept := messages_with_reason(self)):
            log_reason(self, draft, kept, self.reason_to_keep, kwargs.get("user"))
        return draft

    def repeats(self) -> Iterable[tuple[str, str]]:
        """The fields whose content another page had first, each with a sentence that names that page.

        A draft may have them. They keep it from going live.
        """
        return ()

    def unfinished(self) -> Iterable[tuple[str, str]]:
        """The fields that hold what only a draft may hold, each with a sentence that says what is to be done."""
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

    # What the checks say after it is published. Its review says the same before.
    worth_another_look = property(hints_of)
    # What the rules of wording mark. Its review shows what its authors see.
    marked_wording = property(marked_lines)

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
                {"slug": f"This page’s web address must end in “{self.fixed_slug}”. Other pages depend on it."}
            )

    def fill_slug(self) -> None:
        self.slug = self.slug or self.fixed_slug
