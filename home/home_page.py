"""HomePage: what the organization is for, and links to everything else."""

from typing import ClassVar

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.blocks import home_blocks
from site_core.pages.base import SitePage
from site_core.seo.structured_data import Claim, whole_organization


class HomePage(SitePage):
    """The root page of the site."""

    body = StreamField(
        home_blocks(),
        blank=True,
        max_num=20,
        block_counts={
            "mission": {"max_num": 1},
            "principles": {"max_num": 1},
            "strategies": {"max_num": 1},
            "latest_news": {"max_num": 1},
            "impact": {"max_num": 1},
        },
    )

    shows_updates = False
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "strategies.StrategyIndexPage",
        "home.PlaceIndexPage",
        "impact.ImpactPage",
        "news.NewsIndexPage",
        "home.TextPage",
    ]
    template = "home/home_page.html"
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = "home page"

    def structured_data(self, request: HttpRequest, context: object) -> list[Claim]:
        """Describe the organization."""
        return [whole_organization(request)]
