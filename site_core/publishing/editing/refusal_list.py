"""What keeps a form from being saved, one sentence each, with the box or the block that each is about."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.messages import get_messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from wagtail.admin import messages
from wagtail.blocks import StreamBlockValidationError, StreamValue

from site_core.publishing.field_labels import label_of_field

# The messages of Wagtail's views, which name no box.
WAGTAILS_WORDS = ("could not be saved due to", "could not be created due to")
HEADINGS = {
    "action-publish": "This can’t be published yet.",
    "action-submit": "This can’t be sent for review yet.",
}
HEADING = "This can’t be saved as it is."
WORDS_OF_A_BLOCK = 5


@dataclass(frozen=True)
class Refusal:
    """One sentence about a box. `anchor` is the id of its element, `field` its field in the form."""

    place: str
    sentence: str
    anchor: str = ""
    field: str = ""


def refusals(form: Any) -> Iterator[Refusal]:
    """Each mistake of a form and of the lists in it, in the order of the form."""
    yield from _refusals(form, {name: label_of_field(type(form.instance), name) for name in form.errors})


def _refusals(form: Any, labels: dict[str, str]) -> Iterator[Refusal]:
    """`labels` are those that the screen shows in place of the labels of the fields."""
    for name, errors in form.errors.as_data().items():
        if name == NON_FIELD_ERRORS or name not in form.fields:
            yield from (Refusal("", sentence) for error in errors for sentence in error.messages)
            continue
        box = form[name]
        label = labels.get(name, str(box.label))
        for error in errors:
            if isinstance(error, StreamBlockValidationError):
                yield from _refused_blocks(label, name, box.value(), error)
            else:
                anchor = box.id_for_label or box.auto_id
                yield from (Refusal(label, sentence, anchor, name) for sentence in error.messages)
    for name, formset in getattr(form, "formsets", {}).items():
        yield from (Refusal("", sentence, "", name) for sentence in formset.non_form_errors())
        kind = str(formset.model._meta.verbose_name).capitalize()
        for number, row in enumerate(formset.forms, 1):
            for refusal in _refusals(row, {}):
                place = ", ".join(filter(None, (f"{kind} {number}", refusal.place)))
                yield Refusal(place, refusal.sentence, refusal.anchor, name)


def _refused_blocks(
    label: str, field: str, stream: StreamValue, error: StreamBlockValidationError
) -> Iterator[Refusal]:
    yield from (Refusal(label, sentence, "", field) for sentence in error.non_block_errors)
    for index, block_error in sorted(error.block_errors.items()):
        place, anchor = place_of_block(label, index, stream[index])
        yield from (Refusal(place, sentence, anchor, field) for sentence in dict.fromkeys(_sentences(block_error)))


def place_of_block(label: str, index: int, block: StreamValue.StreamChild) -> tuple[str, str]:
    """Where a block of a body is, by its number and first words, and the id of its element."""
    words = " ".join(block.block.get_searchable_content(block.value))
    begins = f", “{Truncator(words).words(WORDS_OF_A_BLOCK, truncate='…')}”" if words.strip() else ""
    place = f"{label}, block {index + 1} ({block.block.label}{begins})"
    return place, f"block-{block.id}-section" if block.id else ""


def _sentences(error: ValidationError) -> Iterator[str]:
    """What an error says, and what the errors of the blocks in it say."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        yield from error.messages
        return
    yield from getattr(error, "non_block_errors", ())
    for one in inner.values():
        yield from _sentences(one)


def add_refusals_message(request: HttpRequest, form: BaseForm) -> None:
    """Replace Wagtail's message, which has just been added, with a list of what is to be fixed."""
    storage: Any = get_messages(request)
    waiting = storage._queued_messages
    others = [message for message in waiting if not any(words in str(message) for words in WAGTAILS_WORDS)]
    if len(others) == len(waiting):
        return
    waiting[:] = others
    heading = next((words for key, words in HEADINGS.items() if key in request.POST), HEADING)
    items = [_item(refusal) for refusal in refusals(form)]
    messages.error(request, as_list(heading, items))


def as_list(heading: str, sentences: Iterable[str]) -> SafeString:
    """A message that says each thing in a line of its own."""
    lines = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in sentences))
    return format_html("{}<ul>{}</ul>", heading, lines)


def _item(refusal: Refusal) -> SafeString:
    if not refusal.place:
        return format_html("{}", refusal.sentence)
    return format_html(
        '<a href="#{}" data-admin-refusal="{}">{}</a>: {}',
        refusal.anchor,
        refusal.field,
        refusal.place,
        refusal.sentence,
    )


def with_boxes_named(response: HttpResponse, form: BaseForm) -> HttpResponse:
    """The answer to an autosave, which names the boxes that keep it from saving."""
    answer = json.loads(response.content)
    if answer.get("error_code") != "validation_error":
        return response
    places = ", ".join(dict.fromkeys(refusal.place or refusal.sentence for refusal in refusals(form)))
    return JsonResponse(answer | {"error_message": f"Not saved yet. Still to fix: {places}."}, status=400)


def refusals_script() -> str:
    """Wagtail's hook `insert_editor_js`. The script opens the tab of a box that a message names, and scrolls to it."""
    return format_html('<script src="{}" defer></script>', static("publishing/refusals.js"))
