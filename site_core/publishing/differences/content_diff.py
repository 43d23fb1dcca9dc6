"""Compares a draft with what is public: each changed field, with the words removed and added.

Wagtail's comparison also lists content that is only serialized differently: every list in a body, and every text that
the rich text editor has given new keys.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import (
    BlockComparison,
    ChildObjectComparison,
    FieldComparison,
    StreamBlockComparison,
    StreamFieldComparison,
    TagsFieldComparison,
)
from wagtail.admin.panels import get_edit_handler
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Revision

from site_core.publishing.differences.changed_fields import changed_fields
from site_core.publishing.differences.normalized import BLOCK_KEY, normalized, shape_of
from site_core.publishing.field_labels import label_of_field

# The CSS classes of words that differ.
MARKED = re.compile(r'class="[^"]*\b(?:addition|deletion)\b')
SAME_WORDS = "The words are the same. The formatting, a link, a picture or the order differs: compare how it looks."


@dataclass(frozen=True)
class Change:
    """One field that differs: its label, and its words, or the rows of a list that differ."""

    label: str
    words: SafeString
    rows: tuple[ChildObjectComparison, ...] = ()

    @property
    def note(self) -> str:
        """A note for the reader if no words are marked."""
        return "" if self.rows or MARKED.search(self.words) else SAME_WORDS


def changes_between(public: Revision, draft: Revision, request: HttpRequest | None = None) -> list[Change]:
    """Each field that differs, in the order of the form."""
    before, after = public.as_object(), draft.as_object()
    model = type(after)
    handler = model.get_edit_handler() if issubclass(model, Page) else get_edit_handler(model)
    form = handler.get_bound_panel(instance=after, request=request, form=None)
    was, will_be = (normalized(model, revision.content) for revision in (public, draft))
    differ = set(changed_fields(was, will_be, shape_of(model)))
    changes = []
    for comparison in (compare(before, after) for compare in form.get_comparison()):
        if not comparison.is_field:
            rows = tuple(row for row in comparison.get_child_comparisons() if _row_differs(row))
            changes += [Change(comparison.field_label(), SafeString(), rows)] if rows else []
        elif _differs(comparison, differ):
            changes.append(Change(label_of_field(model, comparison.field.name), _words(comparison)))
    return changes


def _differs(comparison: FieldComparison, differ: set[str]) -> bool:
    if isinstance(comparison.field, StreamField | RichTextField):
        return comparison.field.name in differ
    return bool(comparison.has_changed())


def _row_differs(row: ChildObjectComparison) -> bool:
    return bool(row.is_addition() or row.is_deletion() or row.has_changed() or row.get_position_change())


def _words(comparison: FieldComparison) -> SafeString:
    if isinstance(comparison, StreamFieldComparison):
        return format_html_join("", "{}", ((words,) for words in _blocks(comparison)))
    if isinstance(comparison, TagsFieldComparison):
        comparison.get_item_display = str
    return comparison.htmldiff()


def _blocks(comparison: StreamFieldComparison) -> Iterator[SafeString]:
    """The blocks of a body that differ, each under its label."""
    body = StreamBlockComparison(comparison.field.stream_block, True, True, comparison.val_a, comparison.val_b)
    for block in body.get_block_comparisons():
        if block.is_new() or block.is_deleted():
            css_class, value = ("addition", block.val_b) if block.is_new() else ("deletion", block.val_a)
            words = block.htmlvalue(value)
        elif _stored_value(block, block.val_a) != _stored_value(block, block.val_b):
            css_class, words = "", block.htmldiff()
        else:
            continue
        yield format_html(
            '<div class="comparison__child-object {}"><strong>{}</strong> {}</div>',
            css_class,
            block.block.label,
            words,
        )


def _stored_value(block: BlockComparison, value: object) -> str:
    """A block's value as it is stored, without keys of the editor."""
    return BLOCK_KEY.sub(r"\1", repr(block.block.get_prep_value(value)))
