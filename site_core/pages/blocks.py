"""The StreamField blocks that several page types share."""

import re

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.rich_text import RichText

from site_core.fields.web_url import check_url, with_scheme
from site_core.media.documents import document_rows
from site_core.organization.crisis_help import HELP_LINES
from site_core.pages.drawn_blocks import DiagramBlock, TimelineBlock
from site_core.pages.picture_blocks import PictureBlock, newest
from site_core.pages.step_blocks import StepsBlock
from site_core.pages.table_block import TableBlock

# The name of the block whose questions the launch checklist lists.
OPEN_QUESTIONS = "open_questions"
TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ul", "ol", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """A heading that starts a new part of the page."""

    class Meta:
        icon = "title"
        template = "blocks/heading.html"
        description = "Starts a new part of the page."
        preview_value = "How it works"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links."""

    END_OF_PART = re.compile(r"</(?:p|h\d|li)>|<[uo]l>")

    def get_searchable_content(self, value: RichText) -> list[str]:
        """A piece of text for each paragraph and list item. Wagtail puts a space between them."""
        source = self.END_OF_PART.sub("\\g<0>\n", " ".join(value.source.split()))
        return [line for text in super().get_searchable_content(RichText(source)) for line in text.splitlines()]

    class Meta:
        icon = "pilcrow"
        template = "blocks/text.html"
        description = "Paragraphs, lists and links."
        preview_value = "<p>A partnership speaks directly with the people at highest risk.</p>"


class QuoteBlock(blocks.StructBlock):
    """A quotation."""

    text = blocks.TextBlock(max_length=1000, help_text="The words as they were said, in the speaker's spelling.")
    speaker = blocks.CharBlock(max_length=120, help_text="Who said it.")
    source = blocks.CharBlock(required=False, max_length=255, help_text="Where and when, if it is on record.")

    class Meta:
        icon = "openquote"
        template = "blocks/quote.html"
        description = "A quotation and its speaker."
        # The example puts no words into a real person's mouth.
        preview_value = {"text": "The words stand here as they were said.", "speaker": "Name of the speaker"}


class DocumentsBlock(blocks.StructBlock):
    """Files to download."""

    heading = blocks.CharBlock(max_length=120, default="Guides")
    documents = blocks.ListBlock(
        DocumentChooserBlock(),
        min_num=1,
        max_num=20,
        help_text="The page shows the newest version of each document, with earlier versions below it.",
    )

    class Meta:
        icon = "doc-full"
        template = "blocks/documents.html"
        description = "Files to download, with publisher, year, pages and size."

    def get_preview_value(self) -> blocks.StructValue:
        document = newest(get_document_model())
        return self.normalize({"heading": "Guides", "documents": [document] if document else []})

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, object] | None = None
    ) -> dict[str, object]:
        context: dict[str, object] = super().get_context(value, parent_context)
        context["rows"] = document_rows(value["documents"])
        return context


class LinkBlock(blocks.StructBlock):
    """A link either to a page of this site or to another site."""

    text = blocks.CharBlock(max_length=80, help_text="Say where it leads, such as “How figures are checked.”")
    page = blocks.PageChooserBlock(required=False)
    url = blocks.CharBlock(
        required=False, max_length=500, label="or another site", help_text="With https:// in front."
    )

    class Meta:
        icon = "link"
        description = "A link to a page of this site or to another site."

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        cleaned["url"] = with_scheme(cleaned["url"] or "")
        errors = {}
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            errors["url"] = ValidationError("Choose a page of this site or another site: one of the two.")
        elif cleaned["url"]:
            try:
                check_url(cleaned["url"])
            except ValidationError as error:
                errors["url"] = error
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return cleaned


class CallToActionBlock(blocks.StructBlock):
    """A sentence that asks the reader to do something, and the link for it."""

    text = blocks.CharBlock(max_length=200, help_text="One line, such as “Talk to us about your city.”")
    link = LinkBlock()

    class Meta:
        icon = "mail"
        template = "blocks/call_to_action.html"
        description = (
            "One line and one link to follow. A link to the Contact page is shown once Settings, Organization, has an "
            "address, an email or a phone number."
        )
        preview_value = {
            "text": "Talk to us about your city",
            "link": {"text": "Contact", "url": "https://example.org/", "page": None},
        }


class HelpLinesBlock(blocks.StaticBlock):
    """The help lines from the settings. A page with this block also has the button “Leave this page”."""

    class Meta:
        icon = "help"
        template = "blocks/help_lines.html"
        label = "Help lines and quick exit"
        description = "The help lines from Settings, Reader safety. The page gets the button “Leave this page.”"
        admin_text = "Shows the help lines from Settings, Reader safety, and puts “Leave this page” on the page."
        preview_value = None


class OpenQuestionsBlock(blocks.StructBlock):
    """Questions that only the organization can answer and has not yet. The launch checklist lists each of them."""

    questions = blocks.ListBlock(
        blocks.CharBlock(max_length=200),
        min_num=1,
        max_num=12,
        help_text="In a few words, such as “What it costs a city.” Once the page answers one, delete it here.",
    )

    class Meta:
        icon = "help"
        template = "blocks/open_questions.html"
        label = "Open questions"
        description = "What readers ask and the page cannot answer yet. “Before you go public” lists each question."
        preview_value = {"questions": ["What it costs a city", "Press contact"]}


class PressContactBlock(blocks.StaticBlock):
    """The press contact from the organization settings."""

    class Meta:
        icon = "user"
        template = "blocks/press_contact.html"
        label = "Press contact"
        description = "The press contact from Settings, Organization."
        admin_text = "Shows the press contact from Settings, Organization, or says that none has been published yet."
        preview_value = None


class GeneralContactBlock(blocks.StaticBlock):
    """Postal address, email and phone from the organization settings."""

    class Meta:
        icon = "mail"
        template = "blocks/general_contact.html"
        label = "Address, email and phone"
        description = "Postal address, email and phone for everyone, from Settings, Organization."
        admin_text = "Shows the contact data from Settings, Organization, or says that none have been published yet."
        preview_value = None


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks allowed in the body of any page."""
    return [
        ("heading", HeadingBlock(max_length=120)),
        ("text", TextBlock(features=TEXT_FEATURES)),
        ("table", TableBlock()),
        ("steps", StepsBlock()),
        ("diagram", DiagramBlock()),
        ("timeline", TimelineBlock()),
        ("quote", QuoteBlock()),
        ("picture", PictureBlock()),
        ("documents", DocumentsBlock()),
        ("call_to_action", CallToActionBlock()),
        ("press_contact", PressContactBlock()),
        ("general_contact", GeneralContactBlock()),
        (HELP_LINES, HelpLinesBlock()),
        (OPEN_QUESTIONS, OpenQuestionsBlock()),
    ]
