"""The sitemap: an index of files with at most 200 URLs each. `home.sitemap` defines its sections.

A file has the rows of one range of pks, so it costs the same on a site of any size, and a new page changes no other
file. At 100,000 pages, `django.contrib.sitemaps` reads every row for the index, finds a file by OFFSET and holds the
whole file in memory. Its index view also fixes the URLs of the files to `?p=2`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from site_core.page_cache.root_url import root_url_of

# A file is rendered anew after a change in a few milliseconds, and an index may have 50,000 files.
URLS_IN_A_FILE = 200
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True)
class Entry:
    """A path and the datetime of its last change, None if that is unknown."""

    path: str
    changed: datetime | None = None


@dataclass(frozen=True)
class Section:
    """One kind of URLs: `rows` is the query for all of them, and `entries` turns some of its rows into entries."""

    name: str
    rows: Callable[[Page], "QuerySet[Any]"]
    entries: Callable[[Page, Any], Iterable[Entry]]

    def numbers(self, home: Page) -> list[int]:
        """The numbers of its files, in order. Each is that of a range of pks, so some may be missing."""
        ranges = self.rows(home).order_by().values_list(F("pk") / URLS_IN_A_FILE + 1).distinct()
        return sorted(number for (number,) in ranges)

    def file(self, home: Page, number: int) -> Iterable[Entry]:
        """The entries of file `number`, in pk order. Raises Http404 if there is no such file."""
        first = (number - 1) * URLS_IN_A_FILE
        rows = self.rows(home).filter(pk__gte=first, pk__lt=first + URLS_IN_A_FILE).order_by("pk")
        if not rows.exists():
            raise Http404("There is no such part of the sitemap.")
        return self.entries(home, rows)


@require_safe
def sitemap(request: HttpRequest, sections: Sequence[Section]) -> StreamingHttpResponse:
    """The index of the files of all sections."""
    home = _home_of(request)
    files = [
        Entry(reverse("sitemap_file", args=[section.name, number]))
        for section in sections
        for number in section.numbers(home)
    ]
    return _xml(request, "sitemapindex", "sitemap", files)


@require_safe
def sitemap_file(request: HttpRequest, name: str, number: int, sections: Sequence[Section]) -> StreamingHttpResponse:
    """A file of a section. Raises Http404 if there is no such section or file."""
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
    chunks = _chunks(root_url_of(request), root, element, entries)
    return StreamingHttpResponse(chunks, content_type="application/xml; charset=utf-8")


def _chunks(root_url: str, root: str, element: str, entries: Iterable[Entry]) -> Iterator[str]:
    """The XML of a file, one entry at a time."""
    buffer = StringIO()
    writer: Any = SimplerXMLGenerator(buffer, "utf-8")
    writer.startDocument()
    writer.startElement(root, {"xmlns": NAMESPACE})
    for entry in entries:
        writer.startElement(element, {})
        writer.addQuickElement("loc", root_url + iri_to_uri(entry.path))
        if entry.changed:
            writer.addQuickElement("lastmod", entry.changed.isoformat(timespec="seconds"))
        writer.endElement(element)
        yield _drain(buffer)
    writer.endElement(root)
    yield _drain(buffer)


def _drain(buffer: StringIO) -> str:
    """Empty the buffer and return its text."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
