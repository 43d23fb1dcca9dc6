"""The sitemap: an index of files of at most 5,000 addresses, each read from the database for itself.

Which kinds of addresses there are, the app at the top says (`home.sitemap`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from site_core.root_url import root_url_of

ADDRESSES_IN_A_FILE = 5_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True)
class Entry:
    """A path, and the moment since which it says what it says; None where that is not on record."""

    path: str
    changed: datetime | None = None


@dataclass(frozen=True)
class Section:
    """One kind of addresses: all of them as a query in a fixed order, and what turns some of its rows into entries."""

    name: str
    rows: Callable[[HttpRequest], Any]
    entries: Callable[[HttpRequest, Sequence[Any]], Iterable[Entry]]

    def number_of_files(self, request: HttpRequest) -> int:
        return -(-self.rows(request).count() // ADDRESSES_IN_A_FILE)

    def file(self, request: HttpRequest, number: int) -> list[Entry]:
        """The entries of one file, counted from 1. Raises Http404 for one there is none of."""
        if not 1 <= number <= self.number_of_files(request):
            raise Http404("There is no such part of the sitemap.")
        first = (number - 1) * ADDRESSES_IN_A_FILE
        return list(self.entries(request, list(self.rows(request)[first : first + ADDRESSES_IN_A_FILE])))


@require_safe
def sitemap(request: HttpRequest, sections: Sequence[Section]) -> HttpResponse:
    """The index of all files."""
    files = [
        Entry(reverse("sitemap_file", args=[section.name, number]))
        for section in sections
        for number in range(1, section.number_of_files(request) + 1)
    ]
    return _xml(request, "sitemapindex", "sitemap", files)


@require_safe
def sitemap_file(request: HttpRequest, name: str, number: int, sections: Sequence[Section]) -> HttpResponse:
    """One file of one section. Raises Http404 where there is none."""
    for section in sections:
        if section.name == name:
            return _xml(request, "urlset", "url", section.file(request, number))
    raise Http404("The sitemap has no such section.")


def _xml(request: HttpRequest, root: str, element: str, entries: Iterable[Entry]) -> HttpResponse:
    root_url = root_url_of(request)
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    writer: Any = SimplerXMLGenerator(response, "utf-8")
    writer.startDocument()
    writer.startElement(root, {"xmlns": NAMESPACE})
    for entry in entries:
        writer.startElement(element, {})
        writer.addQuickElement("loc", root_url + iri_to_uri(entry.path))
        if entry.changed:
            writer.addQuickElement("lastmod", entry.changed.isoformat(timespec="seconds"))
        writer.endElement(element)
    writer.endElement(root)
    return response
