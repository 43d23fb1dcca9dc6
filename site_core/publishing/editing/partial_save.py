"""Autosave of a form in which some boxes are wrong: what is right is saved, and what is not is named.

A box that cannot be read, a wrong block and a list with a wrong row stay at the value that the newest draft has.
What was typed there stays in the browser. Only autosave does this: a button says what is wrong instead.
"""

import json
from dataclasses import replace
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.forms import BaseForm
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.http import HttpResponse, JsonResponse
from wagtail.blocks import StreamBlockValidationError, StreamValue

from site_core.publishing.editing.refusal_list import Refusal, refusals
from site_core.publishing.field_labels import label_of_field

# Comments are nobody's draft: a save without them would lose one.
_NEVER_LEFT_OUT = "comments"
# How often what is left out may make something else wrong.
_ROUNDS = 3


def leave_out_what_is_wrong(form: Any) -> list[Refusal]:
    """Make an invalid form one that can be saved. What it left out, [] if the form cannot be saved at all."""
    wrong = list(refusals(form))
    bodies = {name: _body_to_keep(form, name) for name in form.errors if name in form.fields}
    lists = {
        name: label_of_field(type(form.instance), name) for name, rows in form.formsets.items() if not rows.is_valid()
    }
    for _ in range(_ROUNDS):
        if not _leave_out_fields(form) or not _leave_out_lists(form):
            return []
        try:
            form.instance.clean()
        except ValidationError as error:
            if not error.update_error_dict({}).keys() <= form.fields.keys():
                return []
            form.add_error(None, error)
            wrong += [refusal for refusal in refusals(form) if refusal not in wrong]
        else:
            break
    else:
        return []
    for name, body in bodies.items():
        if body is not None:
            setattr(form.instance, name, body)
    return [_of_the_list(refusal, lists.get(refusal.field, "")) for refusal in wrong]


def _of_the_list(refusal: Refusal, label: str) -> Refusal:
    """A list is left out as a whole, so it is named as a whole. The sentence names the row."""
    if not label:
        return refusal
    return replace(refusal, place=label, sentence=": ".join(filter(None, (refusal.place, refusal.sentence))))


def _leave_out_fields(form: Any) -> bool:
    """Whether each mistake is about a field that has a value to stay at."""
    if NON_FIELD_ERRORS in form.errors:
        return False
    for name in list(form.errors):
        is_needed = form.fields[name].required and name not in form._meta.defer_required_on_fields
        if is_needed and form.instance._state.adding:
            return False
        _restore(form, name)
        del form.errors[name]
    return True


def _leave_out_lists(form: Any) -> bool:
    """Leave out each list with a wrong row as a whole: a row of it may be what another row is about."""
    for name, formset in list(form.formsets.items()):
        if formset.is_valid():
            continue
        if name == _NEVER_LEFT_OUT or not formset.management_form.is_valid():
            return False
        _restore_rows(formset)
        form.formsets[name] = _list_as_it_was(formset)
    return True


def _list_as_it_was(formset: Any) -> Any:
    """The rows of the newest draft, which a save leaves alone."""
    untouched = {"is_valid": lambda self: True, "save": lambda self, commit=True: []}
    kept = type("ListAsItWas", (type(formset),), untouched)(
        instance=formset.instance, prefix=formset.prefix, form_kwargs=formset.form_kwargs
    )
    for index, row in enumerate(kept.forms):
        # Wagtail asks a valid list for the order of its rows, and which are to be deleted.
        row.cleaned_data = {ORDERING_FIELD_NAME: index, DELETION_FIELD_NAME: False}
    return kept


def _restore_rows(formset: Any) -> None:
    for row in formset.initial_forms:
        for name in row.fields:
            _restore(row, name)
        for inner in getattr(row, "formsets", {}).values():
            _restore_rows(inner)


def _restore(form: Any, name: str) -> None:
    """Give the object of the form the value again that it had. Tags and other relations are set by the save alone."""
    try:
        field = form.instance._meta.get_field(name)
    except FieldDoesNotExist:
        return
    if getattr(field, "attname", None) and name in form.initial and not field.many_to_many:
        setattr(form.instance, field.attname, form.initial[name])


def _body_to_keep(form: Any, name: str) -> StreamValue | None:
    """A body as typed, but for the wrong blocks, which stay as they are in the newest draft or, if new, are left out.

    None if the body is no such field, or wrong as a whole.
    """
    error = next((one for one in form.errors.as_data()[name] if isinstance(one, StreamBlockValidationError)), None)
    if error is None or error.non_block_errors:
        return None
    block = form.fields[name].block
    stored = {child.id: child for child in form.initial.get(name) or () if child.id}
    kept = []
    for index, child in enumerate(form[name].value()):
        if index in error.block_errors:
            child = stored.get(child.id)
        if child is not None:
            kept.append((child.block_type, child.value, child.id))
    try:
        return block.clean_deferred(StreamValue(block, kept))
    except ValidationError:
        return None


def with_left_out(response: HttpResponse, form: BaseForm, left_out: list[Refusal]) -> HttpResponse:
    """The answer to an autosave that has left something out: what, why, and how the form sends it."""
    answer = json.loads(response.content)
    if not answer.get("success"):
        return response
    told = [
        {"place": refusal.place, "sentence": refusal.sentence, "names": _names_of(form, refusal.field)}
        for refusal in left_out
    ]
    return JsonResponse(answer | {"left_out": told})


def _names_of(form: Any, field: str) -> list[str]:
    """What is sent of a field: a box of several parts, a body and a list have several names."""
    return [name for name in form.data if name == field or name.startswith((f"{field}-", f"{field}_"))]
