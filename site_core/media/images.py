"""SiteImage: an uploaded picture. SiteRendition: one size and format of it."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image

from site_core.media.picture_files import rendition_files
from site_core.media.pictures import WIDTHS, is_public_filter
from site_core.media.tasks import prepare_picture


class SiteImage(AbstractImage):
    """A picture with its credit and, if it shows people, their consent."""

    credit = models.CharField(max_length=255, blank=True, help_text="Who made it, such as “Photo: Jo Smith”.")
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

    def save(self, *args: object, **kwargs: object) -> None:
        """Make the missing renditions after the commit, because the file or the focal point may have changed."""
        super().save(*args, **kwargs)
        image_id = self.pk
        transaction.on_commit(lambda: prepare_picture.enqueue(image_id))

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """Make public renditions from one sRGB copy of the picture. Wagtail makes the renditions of the admin."""
        if not all(is_public_filter(filter_) for filter_ in filters):
            return super().create_renditions(*filters)
        return {
            filter_: self.renditions.get_or_create(
                filter_spec=filter_.spec, focal_point_key=filter_.get_cache_key(self), defaults={"file": file}
            )[0]
            for filter_, file in rendition_files(self, filters, WIDTHS[-1]).items()
        }


class SiteRendition(AbstractRendition):
    """One size and format of a picture."""

    image = models.ForeignKey(SiteImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition_of_an_image"
            )
        ]

    def __str__(self) -> str:
        return f"{self.image} ({self.filter_spec})"
