"""The blocks for pages that report results."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from impact.before_after import BeforeAfter
from impact.models import ImpactStat
from impact.shown import current_among
from impact.status import LABELS
from site_core.pages.blocks import body_blocks

Context = dict[str, object]


class StatsBlock(blocks.StructBlock):
    """Stats that an author picks. The page leaves out those that are not live or are withdrawn."""

    heading = blocks.CharBlock(required=False, max_length=120)
    figures = blocks.ListBlock(SnippetChooserBlock(ImpactStat), min_num=1, max_num=12, label="Impact stats")

    class Meta:
        icon = "chart"
        template = "blocks/stats.html"
        label = "Impact stats"
        description = "Measured results, each with its evidence."

    def get_context(self, value: blocks.StructValue, parent_context: Context | None = None) -> Context:
        return super().get_context(value, parent_context) | {"stats": current_among(value["figures"])}

    def get_preview_value(self) -> blocks.StructValue:
        return self.normalize({"heading": "", "figures": list(ImpactStat.objects.standing().in_order()[:2])})


class BeforeAfterBlock(blocks.StructBlock):
    """Two counts and their periods. The site computes the change, so nobody types it."""

    outcome = blocks.CharBlock(max_length=200, help_text="What was counted, such as “nonfatal shootings.”")
    place = SnippetChooserBlock(
        "taxonomy.PlaceTerm",
        required=False,
        help_text="In a news item: the pages of this place and of the item's strategies show the counts, too.",
    )
    before = blocks.IntegerBlock(min_value=0, help_text="The count in the earlier period.")
    before_period = blocks.CharBlock(max_length=60, help_text="Such as “2015” or “2004–2011.”")
    after = blocks.IntegerBlock(min_value=0, help_text="The count in the later period.")
    after_period = blocks.CharBlock(
        max_length=60,
        help_text="Such as “2017” or “2012–2014.” If it is not whole years, it must be as long as the earlier period.",
    )
    source = blocks.CharBlock(
        required=False, max_length=255, help_text="Who reports it and where, such as “State report, p. 1202.”"
    )

    class Meta:
        icon = "order"
        template = "blocks/before_after.html"
        label = "Before and after"
        description = "Two counts with their periods. The site draws them and computes the change."
        preview_value = {
            "outcome": "nonfatal shootings",
            "before": 31,
            "before_period": "2017 to the same date",
            "after": 14,
            "after_period": "2018 to date",
            "source": "An example",
        }

    def get_context(self, value: blocks.StructValue, parent_context: Context | None = None) -> Context:
        comparison = BeforeAfter(
            value["before"] or 0,
            value["before_period"] or "",
            value["after"] or 0,
            value["after_period"] or "",
        )
        return super().get_context(value, parent_context) | {"comparison": comparison}

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if cleaned["before_period"] and cleaned["before_period"] == cleaned["after_period"]:
            error = ValidationError("The two periods are the same. Enter the later one.")
            raise blocks.StructBlockValidationError({"after_period": error})
        return cleaned


class EvidenceLabelsBlock(blocks.StaticBlock):
    """The status labels of stats side by side, each with its meaning."""

    class Meta:
        icon = "tag"
        template = "blocks/evidence_labels.html"
        label = "Evidence label key"
        description = "Every label that stands beside an impact stat, with its look and its meaning."
        admin_text = "Shows the six labels that stand beside impact stats, each with its meaning. Nothing to enter."
        preview_value = None

    def get_context(self, value: None, parent_context: Context | None = None) -> Context:
        return super().get_context(value, parent_context) | {"labels": LABELS}


def body_blocks_with_stats() -> list[tuple[str, blocks.Block]]:
    """The blocks in the body of a page that reports results."""
    return [
        *body_blocks(),
        ("figures", StatsBlock()),
        ("before_after", BeforeAfterBlock()),
        ("evidence_labels", EvidenceLabelsBlock()),
    ]
