"""The forms of pictures and documents, on every screen that has one: one file, several, and the choosers."""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.utils.file import hash_filelike

from site_core.media.decoding import UnreadablePicture, ending_of
from site_core.media.documents import SiteDocument
from site_core.media.kept_file import KeptFileInput
from site_core.publishing.types import User

NEWER_VERSION = (
    "“{}” is on a page that is public, in review or dated, which would show this one without a review. "
    "Ask an Editor to choose it here."
)


class PictureFormField(WagtailImageField):
    """Takes what can be decoded, whatever its name says, and refuses everything else with a sentence."""

    def to_python(self, data: "UploadedFile[bytes] | None") -> "File[bytes] | None":
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        try:
            ending = ending_of(file)
        except UnreadablePicture as error:
            raise ValidationError(str(error)) from error
        file.name = f"{PurePosixPath(str(file.name)).stem}{ending}"
        file.seek(0)
        return file


class KeepsFile(forms.ModelForm):  # type: ignore[type-arg]
    """Goes before a form of Wagtail. When the form is refused for another reason, the chosen file is kept."""

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)  # type: ignore[call-arg]
        self.stored = {
            name: value for name, value in vars(self.instance).items() if name in ("file", "width", "height")
        }
        stock = self.fields.get("file")
        self.file_input = KeptFileInput(self._meta.model, user, stock.widget.attrs if stock else {})
        if stock:
            self.fields["file"] = self.file_field(stock)
            self.fields["file"].widget = self.file_input
            self.file_input.is_required = stock.required

    def file_field(self, stock: forms.Field) -> forms.Field:
        """The field in the place of Wagtail's."""
        return stock

    def full_clean(self) -> None:
        super().full_clean()
        if not self.errors:
            return
        chosen = self.cleaned_data.get("file")
        if isinstance(chosen, UploadedFile) and not self.file_input.kept:
            self.file_input.keep(chosen)
        if self.instance.pk:
            # The screen around a refused form shows the picture as it is.
            vars(self.instance).update(self.stored)

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit=commit)
        self.file_input.let_go()
        return saved


class ImageForm(KeepsFile, BaseImageForm):
    """A picture."""

    def file_field(self, stock: forms.Field) -> forms.Field:
        # Of a phone, “image/*” alone asks for a JPEG where the phone itself saves HEIC.
        stock.widget.attrs["accept"] = "image/*"
        return PictureFormField(label=stock.label, required=stock.required)


class DocumentForm(KeepsFile, BaseDocumentForm):
    """A document. Another file for it has another URL, so that no cache shows the earlier one."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile) and self.instance.pk:
            name = PurePosixPath(str(file.name))
            file.name = f"{name.stem[:60]}-{hash_filelike(file)[:8]}{name.suffix}"
        return file

    def clean_replaces(self) -> SiteDocument | None:
        earlier: SiteDocument | None = self.cleaned_data["replaces"]
        user = self.file_input.user
        if (
            earlier
            and user
            and "replaces" in self.changed_data
            and self.permission_policy.would_publish(user, earlier)
        ):
            raise ValidationError(NEWER_VERSION.format(earlier))
        return earlier
