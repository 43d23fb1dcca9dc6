"""A file input that keeps the file of a refused form, so that nobody has to choose it again.

A browser never sends a file back. So the file waits in a row of Wagtail's `UploadedFile`, which is named on the form.
"""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils.datastructures import MultiValueDict
from wagtail.models import UploadedFile as KeptFile

from site_core.publishing.types import User

# Of each person. The oldest are deleted beyond them: they belong to forms that were left.
MOST_KEPT = 20


class KeptFileInput(forms.FileInput):
    """A file input for one person, with the file that was kept for them."""

    template_name = "media/admin/kept_file_input.html"

    def __init__(self, model: type[Model], user: User | None, attrs: dict[str, Any]) -> None:
        super().__init__(attrs)
        self.model, self.user = model, user
        self.kept: KeptFile | None = None

    def value_from_datadict(self, data: Any, files: "MultiValueDict[str, UploadedFile[bytes]]", name: str) -> Any:
        """The file that was chosen now, or else the one that was kept."""
        if chosen := super().value_from_datadict(data, files, name):
            return chosen
        pk = data.get(_name_of_kept(name), "")
        self.kept = self._rows().filter(pk=pk).first() if pk.isdecimal() else None
        try:
            return self.kept and UploadedFile(self.kept.file.open(), self._name(), size=self.kept.file.size)
        except OSError:
            self.kept = None
        return None

    def keep(self, chosen: "UploadedFile[bytes]") -> None:
        """Keep a file that was chosen now."""
        chosen.seek(0)
        self.kept = self._rows().create(
            file=chosen, uploaded_by_user=self.user, for_content_type=ContentType.objects.get_for_model(self.model)
        )
        for older in self._rows().order_by("-pk")[MOST_KEPT:]:
            _delete(older)

    def let_go(self) -> None:
        """Delete the kept file. It has been saved."""
        if self.kept:
            _delete(self.kept)
            self.kept = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"] |= {"kept": self.kept, "kept_name": _name_of_kept(name), "kept_as": self._name()}
        return context

    def _rows(self) -> Any:
        content_type = ContentType.objects.get_for_model(self.model)
        return KeptFile.objects.filter(for_content_type=content_type, uploaded_by_user=self.user)

    def _name(self) -> str:
        return PurePosixPath(self.kept.file.name).name if self.kept else ""


def _name_of_kept(name: str) -> str:
    return f"{name}-kept"


def _delete(kept: KeptFile) -> None:
    kept.file.delete(save=False)
    kept.delete()
