"""The picture of a person in the admin: taken or refused as other pictures are, and stored as a small plain copy."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.forms import ClearableFileInput
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.admin.views.account import AvatarSettingsPanel

from site_core.media.decoding import plain_copy
from site_core.media.forms import PictureFormField
from site_core.media.picture_files import SAVING

# Of the longer side, in pixels.
LARGEST = 400


class AvatarForm(AvatarPreferencesForm):
    """Wagtail's form. It decodes whatever is sent, in unbounded memory, and keeps the metadata of small pictures."""

    avatar = PictureFormField(label="Upload a profile picture", required=False, widget=ClearableFileInput)

    def clean_avatar(self) -> "ContentFile[bytes] | FieldFile | bool":
        """A small copy, False to have none any more, or what was there."""
        chosen: UploadedFile[bytes] | FieldFile | bool = self.cleaned_data["avatar"]
        if not isinstance(chosen, UploadedFile):
            return chosen
        copy = plain_copy(chosen, LARGEST)
        copy.thumbnail((LARGEST, LARGEST))
        format_ = "png" if copy.mode == "RGBA" else "jpeg"
        file = BytesIO()
        copy.save(file, format_.upper(), **SAVING[format_])
        return ContentFile(file.getvalue(), f"picture.{format_}")


class AvatarPanel(AvatarSettingsPanel):
    """The form on the account screen."""

    template_name = "media/admin/avatar_panel.html"
    form_class = AvatarForm
