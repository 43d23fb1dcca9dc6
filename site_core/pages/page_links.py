"""Links from texts to our own pages.

Wagtail asks the database about each text by itself, and once more for each type of page that it links to. Here one
query finds the addresses for a whole page, and they are memoized as long as nothing changes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wagtail.models import Page

from site_core.page_cache.memoize import cache_is_bypassed, memoized

_LINK = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
_NUMBER = re.compile(r'\bid="(\d+)"')


def urls_of(numbers: Iterable[str]) -> Mapping[str, str]:
    """The address of each page by its number, "" for one that there is not; in one query, if any is not known yet."""
    known = _known()
    if missing := {number for number in numbers if number not in known}:
        pages = Page.objects.filter(pk__in=[number for number in missing if number.isdecimal()]).only("url_path")
        known.update(dict.fromkeys(missing, "") | {str(page.pk): page.url or "" for page in pages})
    return known


@memoized
def _known() -> dict[str, str]:
    """The addresses that were asked for in this generation. What is in here never changes; more is added."""
    return {}


def look_up_links(body: Any) -> None:
    """Find all the addresses that the texts of a page are about to ask for."""
    if body and not cache_is_bypassed():
        urls_of(linked_from(body.raw_data))


def linked_from(raw: Any) -> Iterator[str]:
    """The numbers of the pages that texts link to, in the body of a page as it is stored."""
    if isinstance(raw, str):
        for link in _LINK.findall(raw):
            yield from _NUMBER.findall(link)
    elif isinstance(raw, Mapping):
        for part in raw.values():
            yield from linked_from(part)
    elif isinstance(raw, Iterable):
        for part in raw:
            yield from linked_from(part)
