"""Blocks that draw what authors type: how something works, and what happened when.

Each is a list that reads well without the drawing, so nobody describes it a second time.
"""

from django.template.defaultfilters import capfirst
from wagtail import blocks

Context = dict[str, object]


class PathBlock(blocks.StructBlock):
    """One of the two paths that lead on from a step."""

    who = blocks.CharBlock(max_length=60, help_text="Whom it is for, such as “People who stop shooting.”")
    what = blocks.CharBlock(max_length=120, help_text="What they can expect, such as “Help and support.”")

    class Meta:
        icon = "arrow-right"
        description = "Whom a path is for, and where it leads."


class DiagramBlock(blocks.StructBlock):
    """How something works, in one drawing: who takes part, one step, and the two paths that follow."""

    title = blocks.CharBlock(max_length=80, help_text="What the diagram shows, such as “The call-in.”")
    who = blocks.ListBlock(
        blocks.CharBlock(max_length=60, label="Who"),
        min_num=1,
        max_num=4,
        label="Who takes part",
        help_text="One to four, each in a few words, such as “Community members.”",
    )
    step = blocks.CharBlock(
        max_length=80, help_text="What happens, in up to ten words, such as “They meet in one room.”"
    )
    text = blocks.CharBlock(required=False, max_length=160, help_text="One sentence more about the step.")
    paths = blocks.ListBlock(
        PathBlock(), min_num=2, max_num=2, label="The two paths", help_text="What follows from the step: two paths."
    )

    class Meta:
        icon = "cogs"
        template = "blocks/diagram.html"
        label = "How it works"
        description = "A diagram of who takes part, one step and the two paths that follow."
        preview_value = {
            "title": "The call-in",
            "who": ["Community members", "Law enforcement", "Support providers"],
            "step": "They speak with the groups at highest risk",
            "text": "The meetings are known as call-ins.",
            "paths": [
                {"who": "People who stop shooting", "what": "Help and support"},
                {"who": "People who do not", "what": "Close attention"},
            ],
        }

    def get_context(self, value: blocks.StructValue, parent_context: Context | None = None) -> Context:
        """Adds where the lines from those who take part start and those to the paths end, in percent of the height."""
        context: Context = super().get_context(value, parent_context)
        return context | {"lines_in": middles(len(value["who"])), "lines_out": middles(len(value["paths"]))}


def middles(number: int) -> list[str]:
    """The middles of that many boxes of equal height, one above the other, in percent of their whole height."""
    return [f"{(2 * position + 1) * 50 / number:.4g}" for position in range(number)]


class TimelineEntryBlock(blocks.StructBlock):
    """What happened at a date that is known more or less exactly."""

    date = blocks.CharBlock(
        max_length=30,
        help_text="The most precise date you have: “June 12, 2005,” “June 2005,” “2004” or “mid-1990s.”",
    )
    text = blocks.CharBlock(max_length=240, help_text="What happened, in one or two sentences.")
    source = blocks.RichTextBlock(
        required=False,
        features=["link"],
        max_length=160,
        help_text="Where it is on record, such as “Daily Freeman, April 2018,” with a link if there is one.",
    )

    class Meta:
        icon = "date"
        description = "A date, what happened and where it is on record."

    def get_searchable_content(self, value: blocks.StructValue) -> list[str]:
        """The date with what happened as one sentence, so that an excerpt of a search reads like one."""
        content: list[str] = self.child_blocks["source"].get_searchable_content(value["source"])
        return [f"{capfirst(value['date'])}: {value['text']}", *content]


class TimelineBlock(blocks.StructBlock):
    """Dated entries. They stay in the order in which they are entered, because “mid-1990s” sorts nowhere by itself."""

    entries = blocks.ListBlock(
        TimelineEntryBlock(), min_num=2, max_num=30, help_text="The earliest first. They stay in your order."
    )

    class Meta:
        icon = "history"
        template = "blocks/timeline.html"
        description = "Dated entries along a line, each with its source."
        preview_value = {
            "entries": [
                {"date": "mid-1990s", "text": "An example of something of which the year is not known."},
                {"date": "June 2005", "text": "An example of something later.", "source": "<p>Example Gazette</p>"},
            ]
        }

    def get_context(self, value: blocks.StructValue, parent_context: Context | None = None) -> Context:
        context: Context = super().get_context(value, parent_context)
        return context | {"all_have_sources": all(entry.get("source") for entry in value["entries"])}
