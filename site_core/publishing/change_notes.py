"""The field in which an editor tells readers what an edit changes.

The note is part of the content, so drafts, reviews and schedules include it. Once it is public, the ledger stores it
(`site_core.publishing.ledger.notes`), and the field is empty for the next edit.
"""

from django import forms
from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

LONGEST_NOTE = 300


def change_note_field() -> "models.CharField[str, str]":
    """The field `change_note` of a model that has change notes."""
    return models.CharField(
        max_length=LONGEST_NOTE,
        blank=True,
        help_text="Leave empty for a small fix: nobody is told. Write one sentence for a change readers should know "
        "about; it appears on the page and in the feed of changes.",
    )


class NotedForm(WagtailAdminModelForm):
    """The admin's form for a model with change notes."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("change_note") and self.is_public_already(self.initial["change_note"]):
            self.initial["change_note"] = ""

    def is_public_already(self, note: str) -> bool:
        """Whether the live object has this note. Saving a draft does not change the object's own row."""
        rows = type(self.instance)._base_manager.filter(pk=self.instance.pk, live=True, change_note=note)
        return bool(rows.exists())


def change_note_panel() -> MultiFieldPanel:
    field = FieldPanel("change_note", widget=forms.Textarea(attrs={"rows": 2}))
    return MultiFieldPanel([field], heading="What changes for readers")
