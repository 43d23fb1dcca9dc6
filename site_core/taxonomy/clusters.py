"""Reads the tags of many pages in one query, grouped into the four clusters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db import connection, models
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from site_core.page_cache.memoize import memoized
from site_core.publishing.visibility import url_at
from site_core.taxonomy.models import Kind, Term


@dataclass(frozen=True)
class Tag:
    """A term as pages show it: enough to name it and to link to its news."""

    kind: str
    name: str
    slug: str
    concerns_partner_violence: bool = False

    @cached_property
    def link(self) -> SafeString:
        """A link to the news about the term, its name alone without a news list. Cached, because lists repeat it."""
        news = url_at("news/")
        if not news:
            return format_html("{}", self.name)
        return format_html('<a href="{}?{}={}">{}</a>', news, self.kind, self.slug, self.name)


@dataclass(frozen=True)
class Cluster:
    """The terms of one kind on one page. There are no empty clusters."""

    kind: Kind
    tags: tuple[Tag, ...]

    @property
    def links(self) -> SafeString:
        """The links of the tags, separated by commas."""
        return mark_safe(", ".join(tag.link for tag in self.tags))  # noqa: S308 (each is escaped)


def clusters_of(pages: Iterable[Page], through_models: Mapping[str, type[models.Model]]) -> dict[int, list[Cluster]]:
    """Maps page ids to clusters, ordered by kind, with tags ordered by name.

    `through_models` maps each kind to the through model of its tags.
    """
    tags: dict[int, Tag] = every_tag()
    tags_of_pages: dict[int, dict[str, list[Tag]]] = {}
    for page_id, tag_id in tagged_items_of([page.pk for page in pages], through_models.values()):
        # A term created since the tags were memoized is left out.
        if tag := tags.get(tag_id):
            tags_of_pages.setdefault(page_id, {}).setdefault(tag.kind, []).append(tag)
    return {page_id: clusters_in_order(by_kind) for page_id, by_kind in tags_of_pages.items()}


@memoized
def every_tag() -> dict[int, Tag]:
    """Maps term ids to tags."""
    terms = Term.objects.order_by().values_list("pk", "kind", "name", "slug", "concerns_partner_violence")
    return {term_id: Tag(*fields) for term_id, *fields in terms}


def tagged_items_of(page_ids: list[int], through_models: Iterable[type[models.Model]]) -> list[tuple[int, int]]:
    """(page id, term id) for every tag of the pages. Raw SQL, because the ORM takes longer than the database here."""
    if not page_ids:
        return []
    condition = f"IN ({', '.join(['%s'] * len(page_ids))})"
    queries = [
        f"SELECT content_object_id, tag_id FROM {through._meta.db_table} WHERE content_object_id {condition}"  # noqa: S608
        for through in through_models
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(queries), page_ids * len(queries))
        rows: list[tuple[int, int]] = cursor.fetchall()
    return rows


def clusters_in_order(tags_by_kind: dict[str, list[Tag]]) -> list[Cluster]:
    """The clusters in the order of the kinds, with tags ordered by name."""
    return [
        Cluster(kind, tuple(sorted(tags_by_kind[kind], key=lambda tag: tag.name)))
        for kind in Kind
        if tags_by_kind.get(kind)
    ]


def concern_partner_violence(clusters: Iterable[Cluster]) -> bool:
    """Whether a tag is a strategy that concerns violence by a partner."""
    return any(tag.concerns_partner_violence for cluster in clusters for tag in cluster.tags)
