"""Finds the links in the rich text of a page body, so that one query looks up all pages, another all typed URLs.

Wagtail queries the database for each rich text value, and once more for each page type that it links to.
"""

import re
from collections.abc import Iterator

from wagtail.blocks import StreamValue

from site_core.fields.nested import strings_in
from site_core.page_cache.memoize import cache_is_bypassed
from site_core.publishing.typed_links import look_up_paths, paths_in
from site_core.publishing.visibility import urls_of

_LINK = re.compile(r"<a\b[^<>]*+>")
_TO_PAGE = 'linktype="page"'
_ID = re.compile(r'\bid="(\d+)"')


def look_up_links(body: StreamValue | None) -> None:
    """Look up every URL that the rich text of a page body is about to need."""
    if body and not cache_is_bypassed():
        texts = list(strings_in(body.raw_data))
        urls_of(pk for text in texts for pk in linked_page_ids(text))
        look_up_paths(path for text in texts for path in paths_in(text))


def linked_page_ids(text: str) -> Iterator[str]:
    """The ids of the pages that a rich text links to."""
    for link in _LINK.findall(text):
        yield from _ID.findall(link) if _TO_PAGE in link else ()
