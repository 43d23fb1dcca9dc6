"""What the organization says of itself, and the alert on top of every page."""

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from site_core.fields.web_url import WebURLField
from site_core.organization.blocks import FooterLinkBlock, SocialLinkBlock
from site_core.organization.cached_settings import CachedSetting
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.page_cache.previews import KnownPreviewsMixin
from site_core.publishing.publishable import PublishableMixin
from site_core.publishing.schedule.fields import eastern_publishing_panel

__all__ = ["Alert", "CrisisHelpSettings", "OrganizationSettings"]


@register_setting(icon="home")
class OrganizationSettings(CachedSetting):
    """What the organization says of itself. A part left empty is left out of the public pages."""

    name = models.CharField(max_length=255, default="National Network for Safe Communities")
    abbreviation = models.CharField(max_length=20, default="NNSC")
    parent = models.CharField(
        "part of",
        max_length=255,
        blank=True,
        help_text="The college or university the organization belongs to.",
    )
    address = models.TextField(blank=True, help_text="The postal address, one line below the other.")
    email = models.EmailField("e-mail for everyone", blank=True)
    phone = models.CharField("phone for everyone", max_length=40, blank=True, help_text="Such as 212-555-0100.")
    press_name = models.CharField("press contact", max_length=255, blank=True, help_text="A person, not an office.")
    press_email = models.EmailField("press e-mail", blank=True)
    press_phone = models.CharField(max_length=40, blank=True, help_text="A number that is answered on deadline.")
    security_email = models.EmailField(
        "e-mail for security problems",
        blank=True,
        help_text="For people who find a hole in the site. Somebody has to read it.",
    )
    security_expires = models.DateField(
        "valid through",
        null=True,
        blank=True,
        help_text="Until when that address is sure to be read, at most a year ahead. The admin reminds you in time.",
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

    def clean(self) -> None:
        super().clean()
        if self.security_email and not self.security_expires:
            raise ValidationError({"security_expires": "Enter the day through which the address holds."})
        if self.security_expires and not self.security_email:
            raise ValidationError({"security_email": "Enter the address, or empty the day below."})


class AlertQuerySet(models.QuerySet["Alert"]):
    """Alerts as a visitor may meet them."""

    def newest_live(self) -> "Alert | None":
        """The one alert that is shown: of those that are live, the one published last."""
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
    """One sentence on top of every page. It starts and ends by the schedule that every draft has."""

    text = models.CharField(
        max_length=200,
        help_text="One sentence, such as “Registration for the national conference is open.”",
    )
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="link to a page of ours",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link_url = WebURLField("or to another site", blank=True)
    link_text = models.CharField(max_length=60, blank=True, help_text="What the link says, such as “Register”.")

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
    preview_modes = [("", "On top of the home page")]

    class Meta:
        verbose_name = "alert"
        indexes = [models.Index(fields=["expire_at"])]

    def __str__(self) -> str:
        return self.text

    @property
    def revisions(self) -> models.QuerySet[Any]:
        return self._revisions

    def clean(self) -> None:
        super().clean()
        if self.link_page_id and self.link_url:
            raise ValidationError({"link_url": "Choose a page of ours or another site, not both."})
        if (self.link_page_id or self.link_url) and not self.link_text:
            raise ValidationError({"link_text": "Say what the link leads to, such as “Register”."})
        if self.link_text and not (self.link_page_id or self.link_url):
            raise ValidationError({"link_text": "Choose where the link leads, or take its text out."})

    @property
    def link(self) -> str:
        """Where the alert leads, or "" if nowhere."""
        return (self.link_page and self.link_page.live and self.link_page.url) or self.link_url

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "previews/alert.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        return {**super().get_preview_context(request, mode_name), "alert": self}
