"""The publisher field of the admin's form, which takes a name or an alias."""

from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from news.publishers import Publisher
from site_core.fields.text import comparable


class PublisherInput(forms.TextInput):
    """A text input that suggests the names on file."""

    template_name = "news/admin/publisher_input.html"

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, {**(attrs or {}), "list": f"{name}-on-file", "autocomplete": "off"})
        context["names"] = Publisher.objects.values_list("name", flat=True)
        return context


class PublisherField(forms.CharField):
    """Cleans a name or alias, in upper or lower case, to its Publisher, and "" to None."""

    widget = PublisherInput

    def prepare_value(self, value: object) -> object:
        """Replace the pk of a publisher by its name."""
        if isinstance(value, int):
            return Publisher.objects.filter(pk=value).values_list("name", flat=True).first() or ""
        return value

    def clean(self, value: object) -> Publisher | None:
        name = " ".join((super().clean(value) or "").split())
        if not name:
            return None
        publishers = list(Publisher.objects.all())
        for publisher in publishers:
            if comparable(name) in map(comparable, (publisher.name, *publisher.other_names)):
                return publisher
        close = get_close_matches(name, [publisher.name for publisher in publishers], n=1)
        hint = f"Did you mean “{close[0]}”?" if close else "Add it under Publishers first, then type it here."
        raise ValidationError(f"“{name}” is not a publisher on file. {hint}")

    def has_changed(self, initial: object, data: object) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))
