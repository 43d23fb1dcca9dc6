"""A form of what has no drafts overwrites nothing that its user has not seen.

Pages and snippets with drafts compare versions. Everything else has one row, and a form that was opened before
somebody else saved would put the whole row back. So the form carries a digest of each field as it was opened.
"""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.text import Truncator

OPENED = "opened_with"
# A ModelForm: of Wagtail for most, of Django for some.
RowForm = Any
NOT_SAVED = (
    "Nothing is saved yet. While you were editing, this was changed elsewhere: {}. "
    "Your version is below. Take over what you want to keep, and save again."
)


class UnseenChangesMixin:
    """Goes before Wagtail's view that edits one row. Saves in one transaction that has locked the row."""

    object: Any
    get_object: Callable[[], Any]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with transaction.atomic():
            row = getattr(self, "object", None) or self.get_object()
            type(row)._base_manager.select_for_update().filter(pk=row.pk).values_list("pk").first()
            # Read again, now that nobody else can change it.
            self.object = self.get_object()
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def get_form(self, *args: Any) -> RowForm:
        form: RowForm = super().get_form(*args)  # type: ignore[misc]
        self.stored = self.stored_values(self.object, form)
        digests = json.dumps({name: _digest(value) for name, value in self.stored.items()})
        form.fields[OPENED] = forms.CharField(required=False, widget=forms.HiddenInput, initial=digests)
        return form

    def stored_values(self, row: Model, form: RowForm) -> dict[str, str]:
        """What the database has for each field of the form, as text."""
        return {name: value for name in form.fields if (value := _stored(row, name)) is not None}

    def is_valid(self, form: RowForm) -> bool:
        is_valid = bool(super().is_valid(form))  # type: ignore[misc]
        opened = _digests(form.data.get(form.add_prefix(OPENED), ""))
        unseen = [name for name, value in self.stored.items() if opened.get(name, _digest(value)) != _digest(value)]
        if not (unseen := [name for name in unseen if self.would_overwrite(form, name)]):
            return is_valid
        changes = ", ".join(_change(form, name, self.stored[name]) for name in unseen)
        form.add_error(None, NOT_SAVED.format(changes))
        # Who has seen this may save.
        form.data = form.data.copy()
        form.data[form.add_prefix(OPENED)] = form.fields[OPENED].initial
        self.produced_error_message = NOT_SAVED.format(changes)
        return False

    def would_overwrite(self, form: RowForm, name: str) -> bool:
        """Whether the form would save something else than what is stored."""
        return name not in form.fields or name in form.errors or name in form.changed_data


def _stored(row: Model, name: str) -> str | None:
    """A value as text, None for a box that is no field of the model."""
    try:
        field: Any = row._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if field.many_to_one:
        return str(getattr(row, name) or "")
    if field.many_to_many:
        return ", ".join(sorted(str(related) for related in getattr(row, name).all()))
    return str(field.value_to_string(row) or "")


def _digests(posted: str) -> Mapping[str, object]:
    try:
        opened = json.loads(posted)
    except ValueError:
        return {}
    return opened if isinstance(opened, dict) else {}


def _digest(value: str) -> str:
    return sha256(value.encode()).hexdigest()[:16]


def _change(form: RowForm, name: str, value: str) -> str:
    label = str(form[name].label) if name in form.fields else name
    if value.startswith(("[", "{")):
        # A list of blocks says nothing as text.
        return label
    return f"{label} is now “{Truncator(strip_tags(value)).chars(120)}”" if value else f"{label} is now empty"
