"""The patterns of blocks: all blocks that an author can pick.

A block is shown with its preview value, or with examples made here. Blocks that show database content have examples,
because on an empty site they would show nothing.
"""

from datetime import date

from django.apps import apps
from django.http import HttpRequest
from wagtail.blocks import Block
from wagtail.fields import StreamField

from home.patterns.lists import ExamplePages
from home.patterns.media import media_examples
from home.patterns.parts import CONTACT
from home.patterns.pattern import Example, Group, Pattern
from home.patterns.stats import by_status
from home.text_page import TextPage
from impact.blocks import BeforeAfterBlock
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings
from site_core.pages.blocks import TextBlock
from site_core.taxonomy.models import PlaceTerm

# Examples, by the template of their block.
Examples = dict[str, list[Example]]
RICH_TEXT = (
    "<h3>A heading in the text</h3><p>A paragraph with <b>bold</b> and <i>italic</i> words and "
    "<a href='#content'>a link</a>.</p><h4>A smaller heading</h4><ul><li>An item</li><li>Another item</li></ul>"
    "<ol><li>The first</li><li>The second</li></ol>"
)


def blocks_by_template() -> dict[str, Block]:
    """Return a block for each template, from the StreamFields of all models."""
    fields = (field for model in apps.get_models() for field in model._meta.local_fields)
    found: dict[str, Block] = {}
    for field in fields:
        if isinstance(field, StreamField):
            for block in field.stream_block.child_blocks.values():
                found.setdefault(block.meta.template, block)
    return found


def block_patterns(request: HttpRequest, pages: ExamplePages) -> Group:
    """Return a pattern for each block, with the examples made here or with the block's preview value."""
    own = (
        _database_blocks(pages) | _home_page_blocks(pages) | _settings_blocks() | _variants(request) | media_examples()
    )
    return Group(
        "Blocks",
        [
            Pattern(
                template,
                own.get(template) or [block_example(block, block.get_preview_value(), request)],
                block=block.name,
            )
            for template, block in sorted(blocks_by_template().items())
        ],
    )


def block_example(block: Block, value: object, request: HttpRequest, state: str = "") -> Example:
    """Return a block with a value, as a page shows it."""
    return Example(block.get_context(value, {"request": request}), state)


def _database_blocks(pages: ExamplePages) -> Examples:
    """Return examples of blocks that show database content."""
    impact = {"heading": "Impact", "caution": "An example of what a reader must know before looking at figures."}
    strategies, news = {"value": {"heading": "Strategies"}}, {"value": {"heading": "News & Updates"}}
    link = pages.page(TextPage, "How figures are checked")
    return {
        "blocks/impact.html": [
            Example({"value": {**impact, "link": link}, "stats": by_status()}, "With figures"),
            Example({"value": impact, "stats": []}, "Nothing on record"),
        ],
        "blocks/stats.html": [Example({"value": {"heading": "Figures"}, "stats": by_status()[:2]})],
        "blocks/strategies.html": [
            Example({**strategies, "strategies": pages.strategy_rows()}, "With strategies"),
            Example({**strategies, "strategies": []}, "Nothing on record"),
        ],
        "blocks/latest_news.html": [
            Example({**news, "rows": pages.news_rows()}, "With news"),
            Example({**news, "rows": []}, "Nothing on record"),
        ],
        "blocks/footer_link.html": [Example({"value": link})],
    }


def _home_page_blocks(pages: ExamplePages) -> Examples:
    """Return examples of home page blocks. The mission has heading level 2, because the pattern page has an h1."""
    mission = {
        "statement": "An example of a mission in one sentence of at most twenty words.",
        "lead": "An example of a second sentence that says how.",
        "aims": [f"The {number} aim" for number in ("first", "second", "third", "fourth")],
        "link": pages.page(TextPage, "How it works"),
    }
    principles = [
        {
            "title": f"The {number} principle",
            "explanation": "An example of an explanation." if number == "second" else "",
        }
        for number in ("first", "second", "third", "fourth", "fifth", "sixth")
    ]
    return {
        "blocks/mission.html": [Example({"value": mission, "heading_level": 2})],
        "blocks/principles.html": [Example({"value": {"heading": "Our principles", "principles": principles}})],
    }


def _settings_blocks() -> Examples:
    """Return examples of blocks that show settings."""
    line = {"number": "000-000-0000", "hours": "24 hours a day", "checked_on": date(2020, 4, 3)}
    lines = [
        {"name": "An example of a help line", **line},
        {"name": "One of which less is on record", "number": "000"},
    ]
    crisis_help = CrisisHelpSettings(help_lines=[("help_line", entry) for entry in lines])
    empty = Example({"organization": OrganizationSettings()}, "Nothing on record")
    address = "1 Example Street\nExample City"
    everyone = OrganizationSettings(address=address, email=CONTACT["email"], phone=CONTACT["phone"])
    press = OrganizationSettings(**{f"press_{part.replace('person', 'name')}": CONTACT[part] for part in CONTACT})
    return {
        "blocks/help_lines.html": [Example({"crisis_help": crisis_help})],
        "blocks/general_contact.html": [Example({"organization": everyone}, "Recorded in full"), empty],
        "blocks/press_contact.html": [Example({"organization": press}, "Recorded in full"), empty],
    }


def _variants(request: HttpRequest) -> Examples:
    """Return examples of blocks that look different with different values."""
    counts = BeforeAfterBlock()
    periods = {
        "Periods of one length": ("2015", "2017"),
        "Periods that differ in length": ("2004–2011", "2012–2014"),
        "Periods of which one length is not known": ("2017 to the same date", "2018"),
    }
    values: dict[str, object] = {
        "outcome": "example incidents",
        "place": PlaceTerm(name="Example City", slug="example"),
        "before": 31,
        "after": 14,
        "source": "An example of a source",
    }
    compared = [
        block_example(
            counts, counts.normalize({**values, "before_period": before, "after_period": after}), request, state
        )
        for state, (before, after) in periods.items()
    ]
    text = TextBlock()
    return {
        "blocks/before_after.html": compared,
        "blocks/text.html": [block_example(text, text.normalize(RICH_TEXT), request)],
    }
