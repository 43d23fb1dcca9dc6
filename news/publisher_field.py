"""The publisher field of the admin's form, which takes a name or an alias."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from news.publishers import Publisher
from site_core.taxonomy.fields import unknown_name_message
from site_core.taxonomy.names_view import answer_about_names
from site_core.taxonomy.vocabulary import NamesOnFile, UnknownName

WHO_ADDS_PUBLISHERS = "Add it below the box, or under Publishers."


class PublisherInput(forms.TextInput):
    """A text input that suggests the names on file. Below it stands whether what was typed is one."""

    template_name = "news/admin/publisher_input.html"

    class Media:
        js = ["taxonomy/names_on_file.js"]

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, {**(attrs or {}), "list": f"{name}-on-file", "autocomplete": "off"})
        context["names"] = Publisher.objects.values_list("name", flat=True)
        context["names_url"] = reverse("publisher_names")
        return context


class PublisherField(forms.CharField):
    """Cleans a name or alias, in upper or lower case, to its Publisher, and "" to None.

    In a draft, a name that is not on file is an `UnknownName`.
    """

    widget = PublisherInput
    is_deferred_validation = False

    def prepare_value(self, value: object) -> object:
        """Replace the pk of a publisher by its name."""
        if isinstance(value, int):
            return Publisher.objects.filter(pk=value).values_list("name", flat=True).first() or ""
        return value

    def clean(self, value: object) -> Publisher | UnknownName | None:
        name = " ".join((super().clean(value) or "").split())
        if not name:
            return None
        on_file = NamesOnFile(Publisher.objects.all())
        if publisher := on_file.find(name):
            return publisher
        if self.is_deferred_validation:
            return UnknownName(name)
        raise ValidationError(unknown_name_message("publisher", name, on_file.nearest(name), WHO_ADDS_PUBLISHERS))

    def has_changed(self, initial: object, data: object) -> bool:
        """Whether the name differs, or one that was unknown is on file by now."""
        if isinstance(initial, UnknownName) and NamesOnFile(Publisher.objects.all()).find(initial):
            return True
        return bool(super().has_changed(self.prepare_value(initial), data))


@require_http_methods(["GET", "HEAD", "POST"])
def publisher_names(request: HttpRequest) -> JsonResponse:
    return answer_about_names(
        request, Publisher, lambda typed: [" ".join(typed.split())] if typed.strip() else [], WHO_ADDS_PUBLISHERS
    )
