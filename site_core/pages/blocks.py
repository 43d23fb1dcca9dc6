"""The StreamField blocks that several page types share."""

from collections.abc import Iterable
from itertools import islice

from django.core.exceptions import ValidationError
from django.db.models import Model, prefetch_related_objects
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from site_core.fields.web_url import check_url
from site_core.media.documents import document_rows
from site_core.media.images import SiteImage
from site_core.media.pictures import CUT, WHOLE, picture_of
from site_core.organization.crisis_help import HELP_LINES

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ul", "ol", "link", "document-link"]


def newest(model: type[Model]) -> Model | None:
    """The object added last, as the example in a block preview. None if there is none."""
    return model._default_manager.order_by("-pk").first()


class HeadingBlock(blocks.CharBlock):
    """A heading that starts a new part of the page."""

    class Meta:
        icon = "title"
        template = "blocks/heading.html"
        description = "Starts a new part of the page."
        preview_value = "How it works"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links."""

    class Meta:
        icon = "pilcrow"
        template = "blocks/text.html"
        description = "Paragraphs, lists and links."
        preview_value = "<p>A partnership speaks directly with the people at highest risk.</p>"


class StepBlock(blocks.StructBlock):
    """One step and who takes it."""

    who = blocks.CharBlock(
        required=False,
        max_length=120,
        help_text="Who takes this step, such as “Police and community members”.",
    )
    what = blocks.CharBlock(max_length=120, help_text="The step in a few words, such as “Hold a call-in”.")
    text = blocks.RichTextBlock(required=False, features=["bold", "italic", "link"])

    class Meta:
        icon = "list-ol"
        description = "One step and who takes it."


class StepsBlock(blocks.StructBlock):
    """Numbered steps."""

    steps = blocks.ListBlock(StepBlock(), min_num=1, max_num=12)

    class Meta:
        icon = "list-ol"
        template = "blocks/steps.html"
        description = "Numbered steps, each with who takes it."
        preview_value = {
            "steps": [
                {"who": "The partnership", "what": "Find out who is at highest risk", "text": ""},
                {"who": "Community members and police", "what": "Speak with them face to face", "text": ""},
            ]
        }


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


class DescribedImageBlock(ImageBlock):
    """Strips the description, so that spaces alone count as none, and reads all renditions of a body at once."""

    def bulk_to_python(self, values: Iterable[object]) -> list[SiteImage | None]:
        """The images of a body with their renditions. Runs one query, however many images there are."""
        images: list[SiteImage | None] = super().bulk_to_python(values)
        prefetch_related_objects([image for image in images if image], "renditions")
        return images

    def clean(self, value: SiteImage | None) -> SiteImage | None:
        if value and value.contextual_alt_text:
            value.contextual_alt_text = value.contextual_alt_text.strip()
        cleaned: SiteImage | None = super().clean(value)
        return cleaned


class PictureBlock(blocks.StructBlock):
    """A picture with a description or marked as decoration, a caption and a credit."""

    image = DescribedImageBlock(help_text="Describe what it shows, or mark it as decoration.")
    caption = blocks.CharBlock(required=False, max_length=255)
    whole = blocks.BooleanBlock(
        required=False,
        label="Show the whole picture",
        help_text="For charts and drawings. Other pictures are cropped to 3:2 around their focal point.",
    )

    class Meta:
        icon = "image"
        template = "blocks/picture.html"
        description = "A picture with a description, caption and credit."

    def get_preview_value(self) -> blocks.StructValue:
        return self.normalize({"image": newest(get_image_model()), "caption": "What the picture shows."})

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, object] | None = None
    ) -> dict[str, object]:
        context: dict[str, object] = super().get_context(value, parent_context)
        shape = WHOLE if value.get("whole") else CUT
        is_first = _opens_body(value, context.get("page"))
        context["picture"] = value["image"] and picture_of(value["image"], shape, is_first=is_first)
        return context


def _opens_body(value: blocks.StructValue, page: object) -> bool:
    """Whether a block is the first or second in the body of its page. The first may be a heading."""
    return any(block.value is value for block in islice(getattr(page, "body", None) or (), 2))


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

    text = blocks.CharBlock(max_length=80, help_text="Say where it leads, such as “How figures are checked”.")
    page = blocks.PageChooserBlock(required=False)
    url = blocks.CharBlock(
        required=False, max_length=500, label="or another site", help_text="With https:// in front."
    )

    class Meta:
        icon = "link"
        description = "A link to a page of this site or to another site."

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
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

    text = blocks.CharBlock(max_length=200, help_text="One line, such as “Talk to us about your city”.")
    link = LinkBlock()

    class Meta:
        icon = "mail"
        template = "blocks/call_to_action.html"
        description = "One line and one link to follow."
        preview_value = {
            "text": "Talk to us about your city",
            "link": {"text": "Contact", "url": "https://example.org/", "page": None},
        }


class HelpLinesBlock(blocks.StaticBlock):
    """The help lines from the settings. A page with this block also has the button “Leave this page”."""

    class Meta:
        icon = "help"
        template = "blocks/help_lines.html"
        label = "Help lines and a way to leave"
        description = "The help lines from Settings, Crisis help. The page gets the button “Leave this page”."
        admin_text = "Shows the help lines from Settings, Crisis help, and puts “Leave this page” on the page."
        preview_value = None


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
    """Postal address, e-mail and phone from the organization settings."""

    class Meta:
        icon = "mail"
        template = "blocks/general_contact.html"
        label = "Address, e-mail and phone"
        description = "Postal address, e-mail and phone for everyone, from Settings, Organization."
        admin_text = "Shows the contact data from Settings, Organization, or says that none have been published yet."
        preview_value = None


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """The blocks allowed in the body of any page."""
    return [
        ("heading", HeadingBlock(max_length=120)),
        ("text", TextBlock(features=TEXT_FEATURES)),
        ("steps", StepsBlock()),
        ("quote", QuoteBlock()),
        ("picture", PictureBlock()),
        ("documents", DocumentsBlock()),
        ("call_to_action", CallToActionBlock()),
        ("press_contact", PressContactBlock()),
        ("general_contact", GeneralContactBlock()),
        (HELP_LINES, HelpLinesBlock()),
    ]
