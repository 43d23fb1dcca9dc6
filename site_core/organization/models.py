"""The organization settings, and the alert at the top of every page."""

from datetime import timedelta

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, LockableMixin, Revision, RevisionMixin, WorkflowMixin
from wagtail.search import index

from site_core.fields.web_url import WebURLField
from site_core.organization.blocks import FooterLinkBlock, SocialLinkBlock
from site_core.organization.cached_settings import CachedSetting
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.page_cache.previews import KnownPreviewsMixin
from site_core.publishing.publishable import PublishableMixin
from site_core.publishing.schedule.fields import eastern_publishing_panel
from site_core.publishing.typed_links import visible_link
from site_core.publishing.visibility import visible_url

__all__ = ["Alert", "CrisisHelpSettings", "OrganizationSettings"]


@register_setting(icon="home")
class OrganizationSettings(CachedSetting):
    """Name, contacts and footer of the organization. Public pages leave out what is empty."""

    name = models.CharField(max_length=255, default="National Network for Safe Communities")
    abbreviation = models.CharField(max_length=20, default="NNSC")
    parent = models.CharField(
        "part of",
        max_length=255,
        blank=True,
        help_text="The college or university the organization belongs to.",
    )
    address = models.TextField("postal address", blank=True, help_text="With line breaks.")
    email = models.EmailField("email for everyone", blank=True)
    phone = models.CharField("phone for everyone", max_length=40, blank=True, help_text="Such as 212-555-0100.")
    press_name = models.CharField("press contact", max_length=255, blank=True, help_text="A person, not an office.")
    press_email = models.EmailField("press email", blank=True)
    press_phone = models.CharField(
        max_length=40, blank=True, help_text="A number that somebody answers when a deadline is near."
    )
    security_email = models.EmailField(
        "email for security problems",
        blank=True,
        help_text="For people who find a vulnerability in the site. Somebody has to read this mail.",
    )
    security_expires = models.DateField(
        "valid through",
        null=True,
        blank=True,
        help_text="The last day on which somebody reads this mail, at most a year ahead. The admin reminds you.",
    )
    social_links = StreamField([("link", SocialLinkBlock())], blank=True, max_num=8)
    footer_text = RichTextField(blank=True, features=["bold", "link"])
    footer_links = StreamField([("page", FooterLinkBlock())], blank=True, max_num=10)

    panels = [
        MultiFieldPanel(["name", "abbreviation", "parent", "address"], heading="The organization"),
        MultiFieldPanel(["email", "phone"], heading="Contact"),
        MultiFieldPanel(["press_name", "press_email", "press_phone"], heading="For the press"),
        MultiFieldPanel(["security_email", "security_expires"], heading="Security contact (security.txt)"),
        FieldPanel("social_links"),
        MultiFieldPanel(["footer_text", "footer_links"], heading="Footer"),
    ]

    class Meta:
        verbose_name = "organization"

    def __str__(self) -> str:
        return self.name

    @property
    def can_be_reached(self) -> bool:
        """Whether the public pages have anything to offer to somebody who wants to get in touch."""
        return bool(self.address or self.email or self.phone)

    def clean(self) -> None:
        super().clean()
        if self.security_email and not self.security_expires:
            raise ValidationError({"security_expires": "Enter the last day on which somebody reads this mail."})
        if self.security_expires and not self.security_email:
            raise ValidationError({"security_email": "Enter the email address, or clear the day below."})
        if self.security_expires and self.security_expires > timezone.localdate() + timedelta(days=366):
            raise ValidationError({"security_expires": "Enter a day at most a year ahead."})


class AlertQuerySet(models.QuerySet["Alert"]):
    """Queries of alerts."""

    def newest_live(self) -> "Alert | None":
        """The alert that pages show: the live one that was published last."""
        return self.filter(live=True).select_related("link_page").order_by("-last_published_at", "-pk").first()


class Alert(
    PublishableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    KnownPreviewsMixin,
    index.Indexed,
    models.Model,
):
    """One sentence at the top of every page. It can be scheduled like any draft."""

    text = models.CharField(
        max_length=200,
        help_text="One sentence, such as “Registration for the national conference is open.”",
    )
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="link to a page of this site",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link_url = WebURLField("or to another site", blank=True)
    link_text = models.CharField(max_length=60, blank=True, help_text="The words of the link, such as “Register.”")

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="alert",
        for_concrete_model=False,
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="alert")

    objects = AlertQuerySet.as_manager()

    panels = [
        FieldPanel("text"),
        MultiFieldPanel(["link_page", "link_url", "link_text"], heading="Link"),
        eastern_publishing_panel(),
    ]
    search_fields = [index.SearchField("text"), index.AutocompleteField("text")]
    preview_modes = [("", "At the top of a page")]

    class Meta:
        verbose_name = "alert"
        indexes = [models.Index(fields=["expire_at"])]

    def __str__(self) -> str:
        return self.text

    @property
    def revisions(self) -> models.QuerySet[Revision]:
        return self._revisions

    def clean(self) -> None:
        super().clean()
        if self.link_page_id and self.link_url:
            raise ValidationError({"link_url": "Choose a page of this site or another site, not both."})
        if (self.link_page_id or self.link_url) and not self.link_text:
            raise ValidationError({"link_text": "Enter the words of the link, such as “Register.”"})
        if self.link_text and not (self.link_page_id or self.link_url):
            raise ValidationError({"link_text": "Choose where the link leads, or clear its text."})

    @property
    def link(self) -> str:
        """The URL of the link, "" if there is none or visitors do not see what is there."""
        return visible_url(self.link_page) or visible_link(self.link_url)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "previews/alert.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {**super().get_preview_context(request, mode_name), "alert": self}
