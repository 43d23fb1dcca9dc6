"""Adds tags to several pictures or documents at once. They are read as on the edit screens."""

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms.tags import TagField
from wagtail.documents.views.bulk_actions.add_tags import AddTagsBulkAction as AddTagsToDocuments
from wagtail.images.views.bulk_actions.add_tags import AddTagsBulkAction as AddTagsToImages


class TagsForm(forms.Form):
    """Wagtail's form takes the tags as one text."""

    tags = TagField()

    def clean_tags(self) -> list[str]:
        tags: list[str] = self.cleaned_data["tags"]
        if not tags:
            raise ValidationError("Enter at least one tag.")
        return tags


class BulkTagsMixin:
    """Wagtail's action splits that text at each comma, those between quotation marks included."""

    form_class = TagsForm

    def get_execution_context(self) -> dict[str, list[str]]:
        return {"tags": self.cleaned_form.cleaned_data["tags"]}  # type: ignore[attr-defined]


class TagImages(BulkTagsMixin, AddTagsToImages):
    """Pictures."""


class TagDocuments(BulkTagsMixin, AddTagsToDocuments):
    """Documents."""
