"""TextPage: a page of text, such as About or Privacy."""

from typing import ClassVar

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from impact.blocks import body_blocks_with_figures
from site_core.pages import SitePage


class TextPage(SitePage):
    """Title, summary and body, below the home page or below another of its kind."""

    body = StreamField(body_blocks_with_figures(), blank=True, max_num=60)

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.TextPage"]
    subpage_types: ClassVar[list[str]] = ["home.TextPage"]
    template = "home/text_page.html"
    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    search_fields = [*SitePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "text page"
