"""Cleans the text of every form and every block as it comes in.

Every text input of Django and Wagtail is a `forms.CharField` or a subclass: the fields of our forms and of Wagtail's
own, titles, rich text, and what is inside blocks. No setting names another class for all of them.
"""

from typing import Any

from django import forms

from site_core.fields.text import clean_text, is_visible
from site_core.fields.wrapped_links import unwrapped


def clean_text_of_every_form() -> None:
    """Let every text field clean what was typed before it validates it."""
    forms.CharField.clean = _clean  # type: ignore[method-assign, assignment]


def _clean(self: forms.CharField, value: Any) -> Any:
    # Some fields of Wagtail fail on what was not sent at all.
    value = "" if value is None else value
    # A password stays as it was typed.
    if isinstance(value, str) and not isinstance(self.widget, forms.PasswordInput):
        one_line = _has_one_line(self.widget)
        text = clean_text(value, one_line=one_line)
        text = unwrapped(text.strip()) if one_line and text.lstrip().startswith("http") else text
        value = text if is_visible(text) else ""
    return forms.Field.clean(self, value)


def _has_one_line(widget: forms.Widget) -> bool:
    # Wagtail's editor of rich text is a hidden input.
    return isinstance(widget, forms.widgets.Input) and not isinstance(widget, forms.HiddenInput)
