"""Blocks of the organization settings: social accounts and footer links."""

from wagtail import blocks
from wagtail.models import Page

from site_core.fields.web_url import check_web_url


class SocialLinkBlock(blocks.StructBlock):
    """A social media account of the organization."""

    name = blocks.CharBlock(max_length=60, help_text="The name of the service.")
    url = blocks.CharBlock(
        max_length=500,
        validators=[check_web_url],
        help_text="The URL of our account, with https:// in front.",
    )

    class Meta:
        icon = "site"
        template = "blocks/social_link.html"
        description = "A social media account of the organization."
        preview_value = {"name": "Example", "url": "https://example.org/"}


class FooterLinkBlock(blocks.PageChooserBlock):
    """A page that the footer links to."""

    class Meta:
        icon = "link"
        template = "blocks/footer_link.html"
        description = "A page the footer links to."

    def get_preview_value(self) -> Page | None:
        return Page.objects.order_by("-pk").first()
