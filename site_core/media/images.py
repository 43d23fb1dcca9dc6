"""SiteImage: an uploaded picture. SiteRendition: one size and format of it."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    SourceImageIOError,
    WagtailImageFieldFile,
    get_rendition_storage,
    get_rendition_upload_to,
    get_upload_to,
)

from site_core.media.alt_text import FILE_NAME, is_file_name
from site_core.media.decoding import size_of
from site_core.media.picture_files import rendition_files
from site_core.media.pictures import WIDTHS
from site_core.media.storage.folder import no_file_left
from site_core.media.tasks import prepare_picture


class PictureFieldFile(WagtailImageFieldFile):
    """Reads width and height from the header. Wagtail decodes the picture for them."""

    def get_image_dimensions(self) -> tuple[int, int]:
        was_closed = self.closed
        try:
            return size_of(self.open())
        finally:
            if was_closed:
                self.close()
            else:
                self.seek(0)


class PictureField(models.ImageField):
    """The file of a picture or of one of its renditions."""

    attr_class = PictureFieldFile


class SiteImage(AbstractImage):
    """A picture with its credit and, if it shows people, their consent."""

    file = PictureField("file", upload_to=get_upload_to, width_field="width", height_field="height")
    credit = models.CharField(max_length=255, blank=True, help_text="Who made it, such as “Photo: Jo Smith.”")
    shows_people = models.BooleanField(
        "people can be recognized", default=False, help_text="If so, enter their consent below."
    )
    consent = models.TextField(
        "consent of the people shown",
        blank=True,
        help_text="Who agreed, how and when. Only the admin shows this. Leave empty only if nobody can be recognized.",
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "shows_people", "consent")

    class Meta(AbstractImage.Meta):
        verbose_name = "image"

    def clean(self) -> None:
        super().clean()
        if self.shows_people and not self.consent.strip():
            raise ValidationError(
                {"consent": "Say who agreed to be shown, how and when. Without that, use another picture."}
            )
        if is_file_name(self.description, self.file.name):
            raise ValidationError({"description": FILE_NAME.format(self.description)})

    @property
    def default_alt_text(self) -> str:
        """What the admin offers as alternative text. A title is the name of the file, whole or in part."""
        return "" if is_file_name(self.description, self.file.name) else str(self.description)

    def save(self, *args: object, **kwargs: object) -> None:
        """Make the missing renditions after the commit, because the file or the focal point may have changed."""
        with no_file_left(self.file):
            super().save(*args, **kwargs)
        image_id = self.pk
        transaction.on_commit(lambda: prepare_picture.enqueue(image_id))

    def get_rendition(self, filter_: Filter | str) -> AbstractRendition:
        """A rendition for the admin, or one without a file, which stands for the original.

        The original is shown in full size, and where the file is missing or damaged, so that no screen breaks.
        """
        if str(getattr(filter_, "spec", filter_)) != "original":
            try:
                return super().get_rendition(filter_)
            except SourceImageIOError:
                pass
        return SiteRendition(image=self, width=self.width, height=self.height)

    def create_rendition(self, filter_: Filter) -> AbstractRendition:
        return self.create_renditions(filter_)[filter_]

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """Make renditions from one copy in sRGB, without metadata. Raises SourceImageIOError."""
        files = rendition_files(self, filters, WIDTHS[-1]) if filters else {}
        return {
            filter_: self.renditions.get_or_create(
                filter_spec=filter_.spec, focal_point_key=filter_.get_cache_key(self), defaults={"file": file}
            )[0]
            for filter_, file in files.items()
        }


class SiteRendition(AbstractRendition):
    """One size and format of a picture."""

    image = models.ForeignKey(SiteImage, related_name="renditions", on_delete=models.CASCADE)
    file = PictureField(
        upload_to=get_rendition_upload_to, storage=get_rendition_storage, width_field="width", height_field="height"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition_of_an_image"
            )
        ]

    def __str__(self) -> str:
        return f"{self.image} ({self.filter_spec})"

    def save(self, *args: object, **kwargs: object) -> None:
        """Of two processes that make a rendition at once, one finds the row of the other."""
        with no_file_left(self.file):
            super().save(*args, **kwargs)

    @property
    def url(self) -> str:
        return str(self.file.url) if self.file else reverse("original_picture", args=[self.image_id])
