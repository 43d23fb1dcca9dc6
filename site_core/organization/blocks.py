"""The blocks of the organization's settings: its accounts elsewhere and the links of the footer."""

from typing import Any

from wagtail import blocks
from wagtail.models import Page

from site_core.fields.web_url import check_web_url


class SocialLinkBlock(blocks.StructBlock):
    """An account of the organization elsewhere."""

    name = blocks.CharBlock(max_length=60, help_text="The name of the service.")
    url = blocks.CharBlock(
        max_length=500,
        validators=[check_web_url],
        help_text="The address of our account, with https:// in front.",
    )

    class Meta:
        icon = "site"
        template = "blocks/social_link.html"
        description = "An account of the organization elsewhere."
        preview_value = {"name": "Example", "url": "https://example.org/"}


class FooterLinkBlock(blocks.PageChooserBlock):
    """A page that the footer links to."""

    class Meta:
        icon = "link"
        template = "blocks/footer_link.html"
        description = "A page the footer links to."

    def get_preview_value(self) -> Any:
        return Page.objects.order_by("-pk").first()
