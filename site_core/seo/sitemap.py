"""The sitemap: an index of files of at most 5,000 addresses, each read from the database for itself.

Which kinds of addresses there are, the app at the top says (`home.sitemap`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from site_core.page_cache.memoize import memoized
from site_core.page_cache.root_url import root_url_of

URLS_IN_A_FILE = 5_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True)
class Entry:
    """A path, and the time since which it says what it says; None where that is not on record."""

    path: str
    changed: datetime | None = None


@dataclass(frozen=True)
class Section:
    """One kind of addresses of a site: all of them as a query, and what turns some of its rows into entries."""

    name: str
    rows: Callable[[Page], Any]
    entries: Callable[[Page, Any], Iterable[Entry]]

    def file(self, home: Page, number: int) -> Iterable[Entry]:
        """The entries of one file, counted from 1, by their rows' numbers. Raises Http404 for one there is none of."""
        beginnings = first_numbers(self, home)
        if not 1 <= number <= len(beginnings):
            raise Http404("There is no such part of the sitemap.")
        # From a known number on: to count off the rows of the files before would take longer with each of them.
        rows = self.rows(home).filter(pk__gte=beginnings[number - 1]).order_by("pk")
        return self.entries(home, rows[:URLS_IN_A_FILE])


@memoized
def first_numbers(section: Section, home: Page) -> tuple[int, ...]:
    """The number of the row that each file of a section begins with."""
    rows = section.rows(home).annotate(number_in_section=Window(RowNumber(), order_by="pk") - 1)
    first_ones = rows.annotate(number_in_file=F("number_in_section") % URLS_IN_A_FILE).filter(number_in_file=0)
    return tuple(first_ones.order_by("pk").values_list("pk", flat=True))


@require_safe
def sitemap(request: HttpRequest, sections: Sequence[Section]) -> StreamingHttpResponse:
    """The index of all files."""
    home = _home_of(request)
    files = [
        Entry(reverse("sitemap_file", args=[section.name, number]))
        for section in sections
        for number, _ in enumerate(first_numbers(section, home), start=1)
    ]
    return _xml(request, "sitemapindex", "sitemap", files)


@require_safe
def sitemap_file(request: HttpRequest, name: str, number: int, sections: Sequence[Section]) -> StreamingHttpResponse:
    """One file of one section. Raises Http404 where there is none."""
    for section in sections:
        if section.name == name:
            return _xml(request, "urlset", "url", section.file(_home_of(request), number))
    raise Http404("The sitemap has no such section.")


def _home_of(request: HttpRequest) -> Page:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404("There is no site.")
    return site.root_page


def _xml(request: HttpRequest, root: str, element: str, entries: Iterable[Entry]) -> StreamingHttpResponse:
    written = _written(root_url_of(request), root, element, entries)
    return StreamingHttpResponse(written, content_type="application/xml; charset=utf-8")


def _written(root_url: str, root: str, element: str, entries: Iterable[Entry]) -> Iterator[str]:
    """The file, an entry at a time."""
    text = StringIO()
    writer: Any = SimplerXMLGenerator(text, "utf-8")
    writer.startDocument()
    writer.startElement(root, {"xmlns": NAMESPACE})
    for entry in entries:
        writer.startElement(element, {})
        writer.addQuickElement("loc", root_url + iri_to_uri(entry.path))
        if entry.changed:
            writer.addQuickElement("lastmod", entry.changed.isoformat(timespec="seconds"))
        writer.endElement(element)
        yield _taken_from(text)
    writer.endElement(root)
    yield _taken_from(text)


def _taken_from(text: StringIO) -> str:
    """What stands in it, of which nothing is left."""
    taken = text.getvalue()
    text.seek(0)
    text.truncate()
    return taken
