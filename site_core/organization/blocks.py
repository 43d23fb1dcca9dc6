"""Blocks of the organization settings: social accounts and footer links."""

from wagtail import blocks
from wagtail.models import Page

from site_core.fields.web_url import check_web_url, with_scheme


class SocialLinkBlock(blocks.StructBlock):
    """A social media account of the organization."""

    name = blocks.CharBlock(max_length=60, help_text="The name of the service.")
    url = blocks.CharBlock(
        max_length=500,
        validators=[check_web_url],
        label="Web address",
        help_text="Of our account, with https:// in front.",
    )

    class Meta:
        icon = "site"
        template = "blocks/social_link.html"
        description = "A social media account of the organization."
        preview_value = {"name": "Example", "url": "https://example.org/"}

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value["url"] = with_scheme(value["url"] or "")
        return super().clean(value)


class FooterLinkBlock(blocks.PageChooserBlock):
    """A page that the footer links to."""

    class Meta:
        icon = "link"
        template = "blocks/footer_link.html"
        description = "A page the footer links to."

    def get_preview_value(self) -> Page | None:
        return Page.objects.order_by("-pk").first()
