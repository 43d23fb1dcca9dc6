"""The StreamField block of a picture, which is described or marked as decoration."""

from collections.abc import Iterable
from itertools import islice

from django.core.exceptions import ValidationError
from django.db.models import Model, prefetch_related_objects
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from site_core.media.alt_text import FILE_NAME, is_file_name
from site_core.media.images import SiteImage
from site_core.media.pictures import CUT, WHOLE, picture_of


def newest(model: type[Model]) -> Model | None:
    """The object added last, as the example in a block preview. None if there is none."""
    return model._default_manager.order_by("-pk").first()


class DescribedImageBlock(ImageBlock):
    """Takes no spaces and no name of a file for a description, and reads all renditions of a body at once."""

    def bulk_to_python(self, values: Iterable[object]) -> list[SiteImage | None]:
        """The images of a body with their renditions. Runs one query, however many images there are."""
        images: list[SiteImage | None] = super().bulk_to_python(values)
        prefetch_related_objects([image for image in images if image], "renditions")
        return images

    def clean(self, value: SiteImage | None) -> SiteImage | None:
        if value and value.contextual_alt_text:
            value.contextual_alt_text = value.contextual_alt_text.strip()
        cleaned: SiteImage | None = super().clean(value)
        alt_text = (cleaned and cleaned.contextual_alt_text) or ""
        if cleaned and not self.is_deferred_validation and is_file_name(alt_text, cleaned.file.name):
            raise blocks.StructBlockValidationError({"alt_text": ValidationError(FILE_NAME.format(alt_text))})
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
