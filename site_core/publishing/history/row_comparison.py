"""What changed between two rows of the ledger: which fields and blocks, and their words.

The words are the rows' own, with the names that other objects had at the time, so deleted objects can be compared.
"""

import logging
from collections.abc import Iterable
from itertools import pairwise

from django.db import models
from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString
from wagtail.admin.compare import diff_text

from site_core.publishing.differences.changed_fields import changed_fields
from site_core.publishing.differences.changed_labels import changed_labels
from site_core.publishing.differences.content_diff import Change
from site_core.publishing.differences.normalized import normalized, shape_of
from site_core.publishing.field_labels import label_of_field
from site_core.publishing.history.recorded_objects import fields_in_words
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.recorded_models import model_of
from site_core.publishing.types import Content

logger = logging.getLogger(__name__)

# Never merged into another version, but part of what changed.
_ALSO_SHOWN = ("expire_at", "change_note")


def public_before(row: Publication) -> Publication | None:
    """The version that was public before, None if the row's is the first or if nothing of it is public."""
    if not row.is_public:
        return None
    earlier = Publication.objects.filter(model_label=row.model_label, object_id=row.object_id, is_public=True)
    return earlier.filter(pk__lt=row.pk).newest_first().first()


def labels_by_row(rows: Iterable[Publication]) -> dict[int, list[str]]:
    """The fields that differ from the row before, by the pk of the later. The rows are public, the newest first."""
    compared = ((row.pk, labels_between(before, row)) for row, before in pairwise(rows))
    return {pk: labels for pk, labels in compared if labels is not None}


def labels_between(before: Publication, after: Publication) -> list[str] | None:
    """The labels of the fields that differ, with the kinds of blocks; None if the two cannot be compared."""
    model = model_of(after.model_label)
    if model is None or before.content is None or after.content is None:
        return None
    try:
        labels = changed_labels(model, before.content, after.content)
    except Exception:
        # The model may have changed in any way since.
        logger.exception("Rows %s and %s of the ledger cannot be compared.", before.pk, after.pk)
        return None
    return [*labels, *(label_of_field(model, name) for name in _also(before.content, after.content))]


def changes_of_rows(before: Publication, after: Publication) -> list[Change]:
    """Each field that differs, with the words removed and added."""
    model = model_of(after.model_label)
    words, later_words = _words(before), _words(after)
    return [
        Change(label_of_field(model, name) if model else name, _marked(words.get(name, ""), later_words.get(name, "")))
        for name in _changed_names(model, before, after)
        if name in words or name in later_words
    ]


def _changed_names(model: type[models.Model] | None, before: Publication, after: Publication) -> list[str]:
    was, is_now = before.content or {}, after.content or {}
    also = _also(was, is_now)
    if model is None:
        return [name for name in is_now if is_now[name] != was.get(name)]
    try:
        return [*changed_fields(normalized(model, was), normalized(model, is_now), shape_of(model)), *also]
    except Exception:
        logger.exception("Rows %s and %s of the ledger cannot be compared.", before.pk, after.pk)
        return [name for name in is_now if name in _words(after) and is_now[name] != was.get(name)]


def _also(before: Content, after: Content) -> list[str]:
    return [name for name in _ALSO_SHOWN if (after.get(name) or "") != (before.get(name) or "")]


def _words(row: Publication) -> dict[str, str]:
    """What each field says, by its name."""
    found: dict[str, list[str]] = {}
    for name, _, words in fields_in_words(row):
        found.setdefault(name, []).append(words)
    return {name: "\n".join(words) for name, words in found.items()}


def _marked(before: str, after: str) -> SafeString:
    return linebreaksbr(diff_text(before, after).to_html())
