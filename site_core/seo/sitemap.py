"""The sitemap: an index of files with at most 500 URLs each. `home.sitemap` defines its sections.

At 100,000 pages, `django.contrib.sitemaps` reads every row for the index, finds a file by OFFSET and holds the whole
file in memory. Its index view also fixes the URLs of the files to `?p=2`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from site_core.page_cache.memoize import memoized
from site_core.page_cache.root_url import root_url_of

# A file is rendered anew after a change in a few milliseconds, and an index may have 50,000 files.
URLS_IN_A_FILE = 500
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

    def file(self, home: Page, number: int) -> Iterable[Entry]:
        """The entries of file `number`, counted from 1, in pk order. Raises Http404 if there is no such file."""
        starts = first_pks(self, home)
        if not 1 <= number <= len(starts):
            raise Http404("There is no such part of the sitemap.")
        # Starts at a known pk, because OFFSET is slower for each later file.
        rows = self.rows(home).filter(pk__gte=starts[number - 1]).order_by("pk")
        return self.entries(home, rows[:URLS_IN_A_FILE])


@memoized
def first_pks(section: Section, home: Page) -> tuple[int, ...]:
    """The pk of the first row of each file of a section."""
    rows = section.rows(home).annotate(index_in_section=Window(RowNumber(), order_by="pk") - 1)
    first_rows = rows.annotate(index_in_file=F("index_in_section") % URLS_IN_A_FILE).filter(index_in_file=0)
    return tuple(first_rows.order_by("pk").values_list("pk", flat=True))


@require_safe
def sitemap(request: HttpRequest, sections: Sequence[Section]) -> StreamingHttpResponse:
    """The index of the files of all sections."""
    home = _home_of(request)
    files = [
        Entry(reverse("sitemap_file", args=[section.name, number]))
        for section in sections
        for number, _ in enumerate(first_pks(section, home), start=1)
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
