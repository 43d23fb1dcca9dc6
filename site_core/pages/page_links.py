"""Looks up the URLs of page links in rich text.

Wagtail queries the database for each rich text value, and once more for each page type that it links to. Here one
query finds the URLs for a whole page, and they are memoized until something changes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from wagtail.blocks import StreamValue
from wagtail.models import Page

from site_core.page_cache.memoize import cache_is_bypassed, memoized

_LINK = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
_ID = re.compile(r'\bid="(\d+)"')
# A larger number is in no column.
_PK = re.compile(r"[0-9]{1,18}", re.ASCII)


def is_pk(value: object) -> bool:
    """Whether a value that somebody sent, such as the id of a link, can be a pk."""
    return bool(_PK.fullmatch(str(value)))


def urls_of(page_ids: Iterable[str]) -> Mapping[str, str]:
    """Maps at least these page ids to URLs, "" where there is no such page. Runs one query if any is not known yet."""
    known = _known_urls()
    if missing := {page_id for page_id in page_ids if page_id not in known}:
        pages = Page.objects.filter(pk__in=[page_id for page_id in missing if is_pk(page_id)]).only("url_path")
        known.update(dict.fromkeys(missing, "") | {str(page.pk): page.url or "" for page in pages})
    return known


@memoized
def _known_urls() -> dict[str, str]:
    """The URLs looked up in this generation. Entries are added and never changed."""
    return {}


def look_up_links(body: StreamValue | None) -> None:
    """Look up every URL that the rich text of a page body is about to need."""
    if body and not cache_is_bypassed():
        urls_of(linked_page_ids(body.raw_data))


def linked_page_ids(raw: object) -> Iterator[str]:
    """The ids of the pages that rich text links to, in the raw data of a page body."""
    if isinstance(raw, str):
        for link in _LINK.findall(raw):
            yield from _ID.findall(link)
    elif isinstance(raw, Mapping):
        for part in raw.values():
            yield from linked_page_ids(part)
    elif isinstance(raw, Iterable):
        for part in raw:
            yield from linked_page_ids(part)
