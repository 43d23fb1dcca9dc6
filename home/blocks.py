"""The blocks of the home page."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from impact.models import ImpactStat
from impact.shown import current_among, current_stats
from news.models import NewsItemPage
from news.reported_counts import counts_in, reported_counts
from news.rows import ListedItem, NewsRow, rows_of
from site_core.fields.limits import FewWordsBlock
from site_core.page_cache.memoize import memoized
from site_core.pages.blocks import TEXT_FEATURES, CallToActionBlock, QuoteBlock, TextBlock
from site_core.pages.picture_blocks import PictureBlock
from strategies.models import rows_of_strategies

Context = dict[str, Any]


class MissionBlock(blocks.StructBlock):
    """What the organization is for: a statement, a lead, a list of aims, and one result in one place."""

    statement = FewWordsBlock(
        max_words=20, max_length=200, help_text="One sentence of at most 20 words. It is the heading of the page."
    )
    lead = blocks.TextBlock(required=False, max_length=400, help_text="A second sentence that says how.")
    aims = blocks.ListBlock(blocks.CharBlock(max_length=120), min_num=1, max_num=6)
    link = blocks.PageChooserBlock(required=False, help_text="The page that explains how it works.")
    link_text = blocks.CharBlock(required=False, max_length=60)
    figure = SnippetChooserBlock(
        ImpactStat,
        required=False,
        label="Impact stat",
        help_text="One result that stands with the mission, with its place and its evidence.",
    )
    counts_in = SnippetChooserBlock(
        "taxonomy.PlaceTerm",
        required=False,
        label="or counts reported in",
        help_text="Instead of an impact stat, a place: the newest counts that a news item reports for it appear.",
    )

    class Meta:
        icon = "home"
        template = "blocks/mission.html"
        description = "What the organization is for. The statement is the heading of the page."
        preview_value = {
            "statement": "We help cities reduce violence and do less harm on the way.",
            "lead": "A community of practice guided by six principles.",
            "aims": ["Reduce violence", "Strengthen communities"],
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if cleaned["figure"] and cleaned["counts_in"]:
            error = ValidationError("Choose an impact stat or a place: one of the two.")
            raise blocks.StructBlockValidationError({"counts_in": error})
        return cleaned

    def get_context(self, value: blocks.StructValue, parent_context: Context | None = None) -> Context:
        context: Context = super().get_context(value, parent_context)
        place = value.get("counts_in")
        return context | {
            "stats": current_among([value.get("figure")]),
            "counts": counts_in(place)[:1] if place else [],
        }


class PrincipleBlock(blocks.StructBlock):
    """A principle with its explanation."""

    title = blocks.CharBlock(max_length=80)
    explanation = blocks.TextBlock(required=False, max_length=300)

    class Meta:
        icon = "list-ol"
        description = "A principle with its explanation."


class PrinciplesBlock(blocks.StructBlock):
    """The principles, in order."""

    heading = blocks.CharBlock(max_length=80, default="Our principles")
    principles = blocks.ListBlock(PrincipleBlock(), min_num=1, max_num=6)

    class Meta:
        icon = "list-ol"
        template = "blocks/principles.html"
        description = "The principles, in order."
        preview_value = {
            "heading": "Our principles",
            "principles": [{"title": "First do no harm"}, {"title": "Enhance legitimacy"}],
        }


class StrategiesBlock(blocks.StructBlock):
    """Every live strategy, with where it is used and the number of its figures."""

    heading = blocks.CharBlock(max_length=80, default="Strategies")

    class Meta:
        icon = "folder-open-inverse"
        template = "blocks/strategies.html"
        description = "All live strategies. The list updates itself."
        preview_value = {"heading": "Strategies"}

    def get_context(self, value: blocks.StructValue, parent_context: Context | None = None) -> Context:
        context: Context = super().get_context(value, parent_context)
        return context | {"strategies": rows_of_strategies()}


class LatestNewsBlock(blocks.StructBlock):
    """The newest news items."""

    heading = blocks.CharBlock(max_length=80, default="News & Updates")
    number = blocks.IntegerBlock(min_value=1, max_value=12, default=6, help_text="How many items to show.")

    class Meta:
        icon = "doc-full"
        template = "blocks/latest_news.html"
        description = "The newest news items. The list updates itself."
        preview_value = {"heading": "News & Updates", "number": 2}

    def get_context(self, value: blocks.StructValue, parent_context: Context | None = None) -> Context:
        context: Context = super().get_context(value, parent_context)
        return context | {"rows": newest_items(value["number"] or 6)}


@memoized
def newest_items(number: int) -> list[NewsRow[ListedItem]]:
    """So many of the newest news items."""
    return rows_of(NewsItemPage.objects.visible().newest_first()[:number].listed())


class ImpactBlock(blocks.StructBlock):
    """The chosen impact stats, or all of them in the editors' order."""

    heading = blocks.CharBlock(max_length=80, default="Impact")
    caution = blocks.CharBlock(
        max_length=255,
        default="These figures measure different things in different places and cannot be compared with one another.",
    )
    figures = blocks.ListBlock(
        SnippetChooserBlock(ImpactStat),
        default=[],
        max_num=12,
        required=False,
        label="Impact stats",
        help_text="Leave empty to show every live impact stat that is not withdrawn.",
    )
    link = blocks.PageChooserBlock(required=False, help_text="The page that explains how impact stats are checked.")

    class Meta:
        icon = "chart"
        template = "blocks/impact.html"
        description = "Impact stats with their evidence: those you choose, or all."
        preview_value = {"heading": "Impact", "figures": []}

    def get_context(self, value: blocks.StructValue, parent_context: Context | None = None) -> Context:
        context: Context = super().get_context(value, parent_context)
        return context | {"stats": current_among(value["figures"]) if value["figures"] else current_stats()}


class ReportedCountsBlock(blocks.StructBlock):
    """The newest counts before and after from the news."""

    heading = blocks.CharBlock(max_length=80, default="Counts reported in the news")
    number = blocks.IntegerBlock(min_value=1, max_value=12, default=6, help_text="How many counts to show.")

    class Meta:
        icon = "order"
        template = "blocks/reported_counts.html"
        description = "Counts before and after from news items. The list updates itself."
        preview_value = {"heading": "Counts reported in the news", "number": 2}

    def get_context(self, value: blocks.StructValue, parent_context: Context | None = None) -> Context:
        context: Context = super().get_context(value, parent_context)
        return context | {"counts": reported_counts()[: value["number"] or 6]}


def home_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks that the home page offers."""
    return [
        ("mission", MissionBlock()),
        ("principles", PrinciplesBlock()),
        ("strategies", StrategiesBlock()),
        ("latest_news", LatestNewsBlock()),
        ("impact", ImpactBlock()),
        ("reported_counts", ReportedCountsBlock()),
        ("call_to_action", CallToActionBlock()),
        ("text", TextBlock(features=TEXT_FEATURES)),
        ("quote", QuoteBlock()),
        ("picture", PictureBlock()),
    ]
