"""TextPage: a page of text, such as About or Privacy."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from impact.blocks import body_blocks_with_stats
from site_core.pages.base import SitePage
from site_core.pages.indexed_body import BodyField

# The first parts of URLs that belong to the site itself.
RESERVED_SLUGS = frozenset({"admin", "documents", "feedback", "feeds", "media", "search", "static"})


class TextPage(SitePage):
    """A title, a summary and a body. Its parent is the home page or another text page."""

    body = StreamField(body_blocks_with_stats(), blank=True, max_num=60)

    reserved_slugs = RESERVED_SLUGS
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.TextPage"]
    subpage_types: ClassVar[list[str]] = ["home.TextPage"]
    template = "home/text_page.html"
    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    search_fields = [*SitePage.search_fields, BodyField("body")]

    class Meta:
        verbose_name = "text page"

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {"slug": f"“{self.slug}” leads to something else. Choose another web address ending."}
            )
