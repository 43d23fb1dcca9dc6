"""ImpactPage: every figure on record, each with where it comes from."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from impact.chart import chart_of
from impact.sharing.structured_data import data_claims
from impact.shown import current_stats, stats_on_record
from site_core.pages.base import IndexPage
from site_core.seo.structured_data import Claim, recorded


class ImpactPage(IndexPage):
    """All standing figures by outcome, and those withdrawn. A figure's own page stands below it."""

    caution = RichTextField(
        blank=True,
        features=["bold", "link"],
        help_text="What a reader must know before looking at any figure. It stands above the first.",
    )

    fixed_slug = "impact"
    content_panels = [*IndexPage.content_panels, FieldPanel("caution")]
    template = "impact/impact_page.html"

    class Meta:
        verbose_name = "impact page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "chart": chart_of(current_stats()),
            "withdrawn": [stat for stat in stats_on_record() if stat.is_withdrawn],
        }

    def structured_data(self, request: HttpRequest, context: Any) -> list[Claim]:
        """The page, and the data that it offers as soon as there are any."""
        (page,) = super().structured_data(request, context)
        has_stats = context["chart"].groups or context["withdrawn"]
        return [page | recorded({"mainEntity": data_claims(request) if has_stats else None})]
