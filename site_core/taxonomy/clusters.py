"""The four tag clusters of many pages at once, in one query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection, models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from site_core.page_cache.memoize import memoized
from site_core.taxonomy.models import Kind, Term


@dataclass(frozen=True)
class Tag:
    """A term as it stands beside an item: enough to name it and to link to its list."""

    kind: str
    name: str
    slug: str
    concerns_partner_violence: bool = False

    @cached_property
    def link(self) -> SafeString:
        """The term as a link to its news: written once, because every list holds many of them."""
        news = reverse("wagtail_serve", args=["news/"])
        return format_html('<a href="{}?{}={}">{}</a>', news, self.kind, self.slug, self.name)


@dataclass(frozen=True)
class Cluster:
    """The terms of one kind on one page. A cluster without terms is never made."""

    kind: Kind
    tags: tuple[Tag, ...]

    @property
    def links(self) -> SafeString:
        """Its tags, with commas between them."""
        return mark_safe(", ".join(tag.link for tag in self.tags))  # noqa: S308 (each is escaped)


def clusters_of(pages: Iterable[Any], through_models: Mapping[str, type[models.Model]]) -> dict[int, list[Cluster]]:
    """The clusters of each page by its id, in the order of the kinds and by name within a kind.

    `through_models` gives for each kind the table that ties the pages to their terms.
    """
    tags: dict[int, Tag] = every_tag()
    found: dict[int, dict[str, list[Tag]]] = {}
    for page_id, tag_id in tagged_items_of([page.pk for page in pages], through_models.values()):
        # A term that came this very time is not memoized yet.
        if tag := tags.get(tag_id):
            found.setdefault(page_id, {}).setdefault(tag.kind, []).append(tag)
    return {page_id: clusters_in_order(by_kind) for page_id, by_kind in found.items()}


@memoized
def every_tag() -> dict[int, Tag]:
    """Each term as a tag, by its number."""
    terms = Term.objects.order_by().values_list("pk", "kind", "name", "slug", "concerns_partner_violence")
    return {number: Tag(*fields) for number, *fields in terms}


def tagged_items_of(page_ids: list[int], through_models: Iterable[type[models.Model]]) -> list[tuple[int, int]]:
    """(page, term) for every tag of the pages. By hand: Django takes longer to ask than the database to answer."""
    if not page_ids:
        return []
    asked = f"IN ({', '.join(['%s'] * len(page_ids))})"
    statements = [
        f"SELECT content_object_id, tag_id FROM {through._meta.db_table} WHERE content_object_id {asked}"  # noqa: S608
        for through in through_models
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), page_ids * len(statements))
        rows: list[tuple[int, int]] = cursor.fetchall()
    return rows


def clusters_in_order(tags_by_kind: dict[str, list[Tag]]) -> list[Cluster]:
    """Clusters in the one order in which they are always shown, each by name."""
    return [
        Cluster(kind, tuple(sorted(tags_by_kind[kind], key=lambda tag: tag.name)))
        for kind in Kind
        if tags_by_kind.get(kind)
    ]


def concern_partner_violence(clusters: Iterable[Cluster]) -> bool:
    """Whether one of the tags stands for a strategy that is about violence by a partner."""
    return any(tag.concerns_partner_violence for cluster in clusters for tag in cluster.tags)
