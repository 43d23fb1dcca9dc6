"""The form of a study, with a box for a pasted citation from which a new study is filled in."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel

from impact.citations.reference import Reference

LONGEST = 20_000
PASTED = "pasted"


class StudyForm(WagtailAdminModelForm):
    """Everything of a study, and the box."""

    pasted = forms.CharField(
        label="DOI, BibTeX or RIS",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="Paste it and choose “Fill in from the citation.” What you typed below stays.",
    )

    def filled_in(self, reference: Reference) -> dict[str, Any]:
        """What the form shows: what was typed, and from the citation what was not. The box is empty again."""
        typed = {name: self[name].value() for name in self.fields}
        values = {name: value for name, value in reference.values.items() if not str(typed.get(name) or "").strip()}
        longest = {name: getattr(self.fields[name], "max_length", None) for name in values}
        return typed | {name: value[: longest[name]] for name, value in values.items()} | {PASTED: ""}


class PastePanel(FieldPanel):
    """The box with its button, on the screen of a new study alone."""

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "impact/paste_panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance._state.adding)
