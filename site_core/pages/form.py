"""The edit form of every page."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel

from site_core.publishing.change_notes import NotedForm


class SitePageForm(NotedForm, WagtailAdminPageForm):
    """The edit form of a page. Its slug may be left empty: `SitePage.fill_slug` makes one."""

    # Whether a button of the form asks to show it again, changed, and not to save anything.
    is_only_shown = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    reason_to_keep = forms.CharField(
        label="Why it may stay",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence for your colleagues, such as “That is the name of the day.” The page's history keeps "
        "it, and visitors do not see it.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.instance.reason_to_keep = cleaned.get("reason_to_keep", "")
        return cleaned


class ReasonPanel(FieldPanel):
    """The box for a reason. It appears once a check has asked for one."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            box = self.bound_field
            return super().is_shown() and box is not None and bool(box.errors or box.value())
