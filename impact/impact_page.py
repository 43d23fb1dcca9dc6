"""ImpactPage: every stat on record with its evidence."""

from django.http import HttpRequest
from django.template import Context
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from impact.chart import chart_of
from impact.sharing.structured_data import data_claims
from impact.shown import current_stats, stats_on_record
from site_core.pages.base import IndexPage
from site_core.seo.structured_data import Claim, recorded


class ImpactPage(IndexPage):
    """All current stats by outcome, and the withdrawn ones. The URL of each stat is below that of this page."""

    caution = RichTextField(
        blank=True,
        features=["bold", "link"],
        help_text="What a reader must know before looking at any impact stat. It appears above the first one.",
    )

    fixed_slug = "impact"
    content_panels = [*IndexPage.content_panels, FieldPanel("caution")]
    template = "impact/impact_page.html"

    class Meta:
        verbose_name = "impact page"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        return super().get_context(request, *args, **kwargs) | {
            "chart": chart_of(current_stats()),
            "withdrawn": [stat for stat in stats_on_record() if stat.is_withdrawn],
        }

    def structured_data(self, request: HttpRequest, context: Context) -> list[Claim]:
        """The page, and the data files as soon as a stat is on record."""
        (page,) = super().structured_data(request, context)
        return [page | recorded({"mainEntity": data_claims(request) if stats_on_record() else None})]
