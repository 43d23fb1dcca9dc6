"""Whether the public can see an object, and at which path.

A page is private if it or an ancestor is. An alias shows its source, so it is as private as the source, wherever it
stands, and so are the pages below it. It is not public while the source is not live.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from django.urls import reverse
from wagtail.documents.models import AbstractDocument
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.query import PageQuerySet

from site_core.page_cache.memoize import cache_is_bypassed, memoized
from site_core.page_cache.sites import root_path
from site_core.publishing.types import Recorded

Pages = TypeVar("Pages", bound=PageQuerySet)
# A larger number is in no column.
_PK = re.compile(r"[0-9]{1,18}", re.ASCII)


class Alias(NamedTuple):
    """An alias, by its pk and its path in the page tree, with the page that it shows."""

    pk: int
    path: str
    source_pk: int
    source_path: str
    source_is_live: bool


class Hidden(NamedTuple):
    """The live pages that visitors do not see: all at or below some tree paths, and single aliases by their pks."""

    paths: tuple[str, ...]
    aliases: frozenset[int]


def visible(pages: Pages) -> Pages:
    """Those that any visitor may see.

    Wagtail's `public()` fetches all restrictions each time and looks at no alias. Here both are memoized.
    """
    now = hidden_pages()
    pages = pages.live()
    for private in now.paths:
        pages = pages.exclude(path__startswith=private)
    return pages.exclude(pk__in=now.aliases) if now.aliases else pages


@memoized
def hidden_pages() -> Hidden:
    """What is hidden now, in two queries."""
    restricted = set(PageViewRestriction.objects.values_list("page__path", flat=True))
    fields = ("pk", "path", "alias_of_id", "alias_of__path", "alias_of__live")
    aliases = [Alias(*row) for row in Page.objects.exclude(alias_of=None).values_list(*fields)]
    sources = {alias.path: alias.source_path for alias in aliases}
    private = {path for path in sources if restricted and restricted & _showing(path, sources)}
    unpublished = {alias.pk for alias in aliases if not alias.source_is_live}
    # An alias may be one of another alias.
    while found := {alias.pk for alias in aliases if alias.source_pk in unpublished} - unpublished:
        unpublished |= found
    return Hidden(tuple(sorted(restricted | private)), frozenset(unpublished))


def restricting_paths(path: str) -> set[str]:
    """The tree paths of the pages whose restrictions hold for the page at a tree path."""
    return _showing(path, _sources())


def paths_restricted_by(path: str) -> list[str]:
    """The tree paths at and below which a restriction of the page at a tree path holds."""
    sources = _sources()
    return [path, *(one for one in sources if any(shown.startswith(path) for shown in _showing(one, sources)))]


def _sources() -> dict[str, str]:
    """The tree path of each alias with that of the page that it shows."""
    return dict(Page.objects.exclude(alias_of=None).values_list("path", "alias_of__path"))


def _showing(path: str, sources: Mapping[str, str]) -> set[str]:
    """The page at a tree path and its ancestors, and for each alias among them the source and its ancestors."""
    found: set[str] = set()
    waiting = [path]
    while waiting:
        for one in set(_paths_down_to(waiting.pop(), Page.steplen)) - found:
            found.add(one)
            waiting += [sources[one]] if one in sources else []
    return found


def is_pk(value: object) -> bool:
    """Whether a value that somebody sent, such as the id of a link, can be a pk."""
    return bool(_PK.fullmatch(str(value)))


def urls_of(page_ids: Iterable[str]) -> Mapping[str, str]:
    """Maps at least these page ids to URLs, "" where visitors see no page. Runs one query if any is not known yet."""
    known = _known_urls()
    if missing := {page_id for page_id in page_ids if page_id not in known}:
        pages = visible(Page.objects.filter(pk__in=[page_id for page_id in missing if is_pk(page_id)]))
        found = {str(page.pk): page.url or "" for page in pages.only("url_path")}
        known.update(dict.fromkeys(missing, "") | found)
        visible_paths().update(dict.fromkeys(found.values(), True))
    return known


def visible_url(page: Page | None) -> str:
    """The URL of a page that a link leads to, "" if visitors do not see the page. Runs no query."""
    return (page.url or "") if page and is_public(page) else ""


def url_at(path: str) -> str:
    """The URL of a page of the site that templates link to, such as “news/”; "" if visitors do not see it.

    A preview does not ask, because the tags of a list alone are hundreds of such links.
    """
    return reverse("wagtail_serve", args=[path]) if cache_is_bypassed() or _is_visible_at(path) else ""


@memoized
def _is_visible_at(path: str) -> bool:
    # An index covers the slug, none the path.
    slug = path.rstrip("/").rpartition("/")[2]
    return visible(Page.objects.filter(slug=slug, url_path=f"{root_path()}{path}")).exists()


@memoized
def _known_urls() -> dict[str, str]:
    """The URLs looked up in this generation. Entries are added and never changed."""
    return {}


@memoized
def visible_paths() -> dict[str, bool]:
    """The paths looked up in this generation, with whether visitors see something there."""
    return {}


def path_of(obj: Recorded) -> str:
    """The path of its public page, "" if it has none."""
    if isinstance(obj, Page):
        parts = obj.get_url_parts()
        return parts[2] if parts and parts[2] else ""
    return str(obj.get_absolute_url()) if hasattr(obj, "get_absolute_url") else ""


def is_public(obj: Recorded) -> bool:
    """Whether every visitor may see it: live, with a URL if it is a page, and neither private nor below what is."""
    if isinstance(obj, Page):
        now = hidden_pages()
        is_shown = obj.live and not obj.path.startswith(now.paths) and obj.pk not in now.aliases
        return is_shown and path_of(obj) != ""
    if isinstance(obj, AbstractDocument):
        down_to = list(_paths_down_to(obj.collection.path, Collection.steplen))
        return not CollectionViewRestriction.objects.filter(collection__path__in=down_to).exists()
    return bool(getattr(obj, "live", True))


def _paths_down_to(path: str, steplen: int) -> Iterator[str]:
    """The tree paths of a node and of all its ancestors."""
    return (path[:end] for end in range(steplen, len(path) + 1, steplen))
