"""The history of an object: what each draft changed, and the drafts of one sitting in one row.

A row folds drafts only for the eye. Each of them stays in it, with all that can be done with it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from wagtail.admin.ui.tables import BaseColumn, Table
from wagtail.admin.views.generic.history import ActionColumn, HistoryView
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.models import BaseLogEntry, DraftStateMixin, Revision
from wagtail.snippets.views.snippets import HistoryView as SnippetHistory

from site_core.publishing.differences.changed_labels import labels_of
from site_core.publishing.differences.normalized import shape_of, with_plain_decimals
from site_core.publishing.eastern import hours_between
from site_core.publishing.types import Content

# The longest pause within a sitting.
PAUSE = timedelta(hours=1)
SAVED_A_DRAFT = "wagtail.edit"
# A history tells of these, though no merge does.
_TOLD = {"go_live_at", "expire_at", "change_note"}


class DraftColumn(ActionColumn):
    """What was done, what it changed, and below a sitting each of its drafts."""

    cell_template_name = "publishing/history/draft_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["changed"] = instance.changed
        context["drafts"] = [
            {"entry": entry, "status": self.get_status(entry, parent_context), "actions": self.get_actions(entry, {})}
            for entry in instance.sitting
        ]
        if instance.sitting:
            context["value"] = name_of_sitting(instance.sitting)
            context["changed"] = list(dict.fromkeys(label for entry in instance.sitting for label in entry.changed))
        return context


class DraftHistoryMixin(HistoryView):
    """Goes before Wagtail's views of the history."""

    @property
    def columns(self) -> list[BaseColumn]:
        first, *others = super().columns
        told = DraftColumn(
            first.name,
            label=first.label,
            object=first.object,
            url_names=first.url_names,
            user_can_unschedule=first.user_can_unschedule,
        )
        return [told, *others]

    def get_table(self, object_list: Iterable[BaseLogEntry]) -> Table:
        entries = list(object_list)
        add_changes(self.object, entries)
        return super().get_table(by_sitting(entries))


class PageDraftHistory(DraftHistoryMixin, PageHistoryView):
    """The history of a page."""


class SnippetDraftHistory(DraftHistoryMixin, SnippetHistory):
    """The history of a snippet with drafts."""


def by_sitting(entries: list[Any]) -> list[Any]:
    """The newest entry of each sitting, with all its entries in `sitting`; others by themselves."""
    rows: list[Any] = []
    for entry in entries:
        entry.sitting = []
        newest = rows[-1] if rows else None
        if newest and _is_same_sitting((newest.sitting or [newest])[-1], entry):
            newest.sitting = [*(newest.sitting or [newest]), entry]
        else:
            rows.append(entry)
    return rows


def _is_same_sitting(later: BaseLogEntry, earlier: BaseLogEntry) -> bool:
    return bool(
        later.action == earlier.action == SAVED_A_DRAFT
        and later.user_id == earlier.user_id
        and later.timestamp - earlier.timestamp <= PAUSE
    )


def name_of_sitting(drafts: list[BaseLogEntry]) -> str:
    return f"Saved {len(drafts)} drafts {hours_between(drafts[-1].timestamp, drafts[0].timestamp)}"


def add_changes(obj: DraftStateMixin, entries: list[Any]) -> None:
    """Give each entry the labels of what its draft changed, with one query for all."""
    pairs = {
        entry: (entry.previous_revision_id, entry.revision_id)
        for entry in entries
        if entry.content_changed and entry.revision_id and entry.previous_revision_id
    }
    contents = dict(
        Revision.objects.filter(pk__in={pk for pair in pairs.values() for pk in pair}).values_list("pk", "content")
        if pairs
        else ()
    )
    for entry in entries:
        before, after = (contents.get(pk) for pk in pairs.get(entry, (None, None)))
        entry.changed = labels_of_changes(type(obj), before, after) if before and after else []


def labels_of_changes(model: type[DraftStateMixin], before: Content, after: Content) -> list[str]:
    """Each field that differs by its label, a body with the labels of the blocks that differ.

    Reads no picture and no page that the content names: a history compares many drafts.
    """
    shape = shape_of(model)
    shape = replace(shape, unmerged=shape.unmerged - _TOLD)
    return labels_of(model, with_plain_decimals(model, before), with_plain_decimals(model, after), shape)
