"""Reader safety for readers who may live with a violent partner: help lines and a quick way to leave the page."""

from django.core.validators import RegexValidator
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from site_core.fields.typed_dates import TypedDateBlock
from site_core.fields.web_url import WebURLField
from site_core.organization.cached_settings import CachedSetting

# The name of the block that shows the help lines on a page.
HELP_LINES = "help_lines"
_check_number = RegexValidator(
    r"^\d[\d-]*\d\Z", "Write digits with hyphens between them and nothing else, such as 1-800-799-7233."
)


class HelpLineBlock(blocks.StructBlock):
    """A phone number to call for help, and the day somebody last checked it."""

    name = blocks.CharBlock(max_length=120, help_text="Such as “National Domestic Violence Hotline.”")
    number = blocks.CharBlock(
        max_length=40, validators=[_check_number], help_text="Digits and hyphens, such as 1-800-799-7233."
    )
    hours = blocks.CharBlock(
        required=False, max_length=120, help_text="When somebody answers. Leave empty if you have not checked."
    )
    checked_on = TypedDateBlock(
        required=False, help_text="The day somebody last called the number or asked the people who run it."
    )

    class Meta:
        icon = "help"
        template = "blocks/help_line.html"
        description = "A number to call for help."
        # The example has no real number. The public block shows the numbers from the settings.
        preview_value = {"name": "Name of the help line", "number": "000-000-0000"}


@register_setting(icon="help")
class CrisisHelpSettings(CachedSetting):
    """What pages about intimate partner violence offer. The settings have no drafts: saving makes them public."""

    leave_url = WebURLField(
        "where “Leave this page” leads",
        default="https://www.weather.gov/",
        help_text="A site that many people open every day. It must not give away what was read here.",
    )
    help_lines = StreamField([("help_line", HelpLineBlock())], blank=True, max_num=8)

    panels = [FieldPanel("leave_url"), FieldPanel("help_lines")]

    class Meta:
        verbose_name = "reader safety"

    def __str__(self) -> str:
        return "Reader safety"


def has_help_lines(page: Page) -> bool:
    """Whether the body of the page has the help lines block."""
    raw_blocks = getattr(getattr(page, "body", None), "raw_data", ())
    return any(block["type"] == HELP_LINES for block in raw_blocks)
