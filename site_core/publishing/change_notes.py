"""The box in which an editor tells readers what an edit changes.

What is typed there is part of the content: it goes along with drafts, reviews and schedules. Once it is public, the
ledger keeps it (`site_core.publishing.ledger.notes`), and the box is empty for the next edit.
"""

from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

LONGEST_NOTE = 300


def change_note_field() -> Any:
    """The field `change_note` of a model whose changes readers can be told of."""
    return models.CharField(
        max_length=LONGEST_NOTE,
        blank=True,
        help_text="Leave empty for a small fix: nobody is told. Write one sentence for a change readers should know "
        "about; it stands on the page and in the feed of changes.",
    )


class NotedForm(WagtailAdminModelForm):
    """The admin's form for a model with notes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("change_note") and self.is_public_already(self.initial["change_note"]):
            self.initial["change_note"] = ""

    def is_public_already(self, note: str) -> bool:
        """Whether the note is that of what is live. Saving a draft leaves the object's own row as it was published."""
        rows = type(self.instance)._base_manager.filter(pk=self.instance.pk, live=True, change_note=note)
        return bool(rows.exists())


def change_note_panel() -> MultiFieldPanel:
    box = FieldPanel("change_note", widget=forms.Textarea(attrs={"rows": 2}))
    return MultiFieldPanel([box], heading="What changes for readers")
