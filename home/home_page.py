"""HomePage: what the organization is for, and links to everything else."""

from typing import Any, ClassVar

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.blocks import home_blocks
from site_core.organization.models import OrganizationSettings
from site_core.pages.base import SitePage
from site_core.publishing.visibility import url_at
from site_core.seo.structured_data import Claim, whole_organization
from site_core.social_cards.card import SocialCard


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
            "reported_counts": {"max_num": 1},
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

    def social_card(self, organization: OrganizationSettings) -> SocialCard:
        """The card says the mission, as the page does."""
        mission = self.body.first_block_by_name("mission")
        title = mission.value["statement"] if mission else self.title
        return SocialCard(organization.name, title, self.card_foot(organization))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, object]:
        # The head of the page links to the feeds of the list.
        return super().get_context(request, *args, **kwargs) | {"news_url": url_at("news/")}

    def structured_data(self, request: HttpRequest, context: object) -> list[Claim]:
        """Describe the organization."""
        return [whole_organization(request)]
