"""The four tag clusters of many pages at once, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import CharField, F, QuerySet, Value

from site_core.taxonomy.models import Kind


@dataclass(frozen=True)
class Tag:
    """A term as it stands beside an item: enough to name it and to link to its list."""

    kind: str
    name: str
    slug: str
    concerns_partner_violence: bool = False


@dataclass(frozen=True)
class Cluster:
    """The terms of one kind on one page. A cluster without terms is never made."""

    kind: Kind
    tags: list[Tag]


def clusters_of(pages: Iterable[Any], through_models: dict[str, type[models.Model]]) -> dict[int, list[Cluster]]:
    """The clusters of each page by its id, in the order of the kinds and by name within a kind.

    `through_models` gives for each kind the table that ties the pages to their terms.
    """
    ids = [page.pk for page in pages]
    if not ids:
        return {}
    rows_of_a_kind = [_rows(kind, through, ids) for kind, through in through_models.items()]
    rows = rows_of_a_kind[0].union(*rows_of_a_kind[1:], all=True).order_by("name")
    tags: dict[int, dict[str, list[Tag]]] = {}
    for page_id, kind, name, slug, concerns in rows:
        tags.setdefault(page_id, {}).setdefault(kind, []).append(Tag(kind, name, slug, bool(concerns)))
    return {page_id: clusters_in_order(by_kind) for page_id, by_kind in tags.items()}


def clusters_in_order(tags_by_kind: dict[str, list[Tag]]) -> list[Cluster]:
    """Clusters in the one order in which they are always shown."""
    return [Cluster(kind, tags_by_kind[kind]) for kind in Kind if tags_by_kind.get(kind)]


def concern_partner_violence(clusters: Iterable[Cluster]) -> bool:
    """Whether one of the tags stands for a strategy that is about violence by a partner."""
    return any(tag.concerns_partner_violence for cluster in clusters for tag in cluster.tags)


def _rows(kind: str, through: type[models.Model], ids: list[int]) -> QuerySet[Any, Any]:
    """(page id, kind, name, slug, whether it concerns violence by a partner) of one through table."""
    rows: QuerySet[Any, Any] = (
        through._default_manager.filter(content_object_id__in=ids)
        .order_by()
        .annotate(kind=Value(kind, output_field=CharField()), name=F("tag__name"), slug=F("tag__slug"))
        .annotate(concerns=F("tag__concerns_partner_violence"))
        .values_list("content_object_id", "kind", "name", "slug", "concerns")
    )
    return rows
