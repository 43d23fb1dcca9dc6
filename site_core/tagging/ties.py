"""The tables that tie pages to terms, found among the installed models, so that this room knows no kind of page."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase

from site_core.taxonomy.models import Term

# So many rows are written at once.
AT_ONCE = 1_000


@dataclass(frozen=True)
class TieTable:
    """The table that ties one type of page to the terms of one kind."""

    through: Any
    page_model: Any
    kind: str
    # The name of its rows in the content of a page, such as “place_tags”.
    accessor: str

    @property
    def label(self) -> str:
        return str(self.through._meta.label)

    def rows_of(self, page_pks: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
        """The rows of each page, as its content holds them."""
        rows: dict[int, list[dict[str, Any]]] = {pk: [] for pk in page_pks}
        ties = self.through._base_manager.filter(content_object__in=list(rows)).order_by("pk")
        for pk, page_pk, tag_pk in ties.values_list("pk", "content_object_id", "tag_id"):
            rows[page_pk].append({"pk": pk, "tag": tag_pk, "content_object": page_pk})
        return rows


@cache
def tie_tables() -> tuple[TieTable, ...]:
    """All of them."""
    tables = []
    for model in apps.get_models():
        tag: Any = model._meta.get_field("tag").related_model if issubclass(model, ItemBase) else None
        if tag is None or not issubclass(tag, Term):
            continue
        owner = model._meta.get_field("content_object")
        if isinstance(owner, ParentalKey):
            kind = tag.KIND
            tables.append(TieTable(model, owner.related_model, kind, owner.remote_field.get_accessor_name()))
    return tuple(tables)


def tables_of(kind: str) -> list[TieTable]:
    return [table for table in tie_tables() if table.kind == kind]


def table_of(label: str) -> TieTable | None:
    """The tie table of a model, None if the model is none."""
    return next((table for table in tie_tables() if table.label == label), None)
