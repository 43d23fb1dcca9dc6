"""The report “Words to check”: what the rules of wording mark on the pages that are public."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, PageLogEntry
from wagtail.query import PageQuerySet

from site_core.pages.content_checks.reasons import KEPT
from site_core.pages.content_checks.wording.of_pages import KeptWords, MarkedWords, kept_in, marked_words, not_here_url
from site_core.pages.content_checks.wording.rules import RULES
from site_core.publishing.field_labels import label_of_field

LINES_A_PAGE = 50
NOTHING_KEPT = kept_in(())
Version: TypeAlias = tuple[datetime | None, int | None]
# What is marked on the pages as they were published last, by pk: reading a whole site takes seconds.
_read: dict[int, tuple[Version, list[MarkedWords]]] = {}


@dataclass(frozen=True)
class Line:
    """Marked words on a public page."""

    page: Page
    marked: MarkedWords

    @property
    def place(self) -> str:
        location = self.marked.location
        label = label_of_field(self.page.specific_class, location.field)
        return label if location.block is None else f"{label}, block {location.block + 1}"

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    @property
    def not_here_url(self) -> str:
        return not_here_url(self.page, self.marked)


def wording_report(request: HttpRequest) -> HttpResponse:
    """Every marked word, or those of one rule, page by page."""
    lines = list(_lines(_public_pages()))
    counts = Counter(line.marked.finding.rule.id for line in lines)
    chosen = RULES.get(request.GET.get("rule", ""))
    shown = [line for line in lines if chosen in (None, line.marked.finding.rule)]
    context = {
        "listed": Paginator(shown, LINES_A_PAGE).get_page(request.GET.get("p")),
        "rules": [(rule, counts[rule.id]) for rule in RULES.values() if counts[rule.id]],
        "chosen": chosen,
        "number": len(lines),
    }
    return render(request, "pages/wording_report.html", context)


def _public_pages() -> PageQuerySet:
    return Page.objects.live().filter(alias_of=None, depth__gt=1).order_by("path")


def _lines(pages: PageQuerySet) -> Iterator[Line]:
    kept = _kept_by_page()
    listed = list(pages)
    _read_changed(pages, listed)
    for page in listed:
        for marked in _read[page.pk][1]:
            if not kept.get(page.pk, NOTHING_KEPT).has(marked.finding):
                yield Line(page, marked)


def _read_changed(pages: PageQuerySet, listed: list[Page]) -> None:
    """Read the pages that have been published since they were read last."""
    versions: dict[int, Version] = {page.pk: (page.last_published_at, page.live_revision_id) for page in listed}
    changed = [pk for pk, version in versions.items() if _read.get(pk, (None, None))[0] != version]
    for page in pages.filter(pk__in=changed).specific().iterator(chunk_size=100) if changed else ():
        marked = marked_words(page, NOTHING_KEPT) if hasattr(page, "repeats") else []
        _read[page.pk] = versions[page.pk], marked
    for pk in [pk for pk in _read if pk not in versions]:
        del _read[pk]


def _kept_by_page() -> dict[int, KeptWords]:
    rows: dict[int, list[dict[str, object]]] = {}
    for pk, data in PageLogEntry.objects.filter(action=KEPT).values_list("page_id", "data"):
        rows.setdefault(pk, []).append(data)
    return {pk: kept_in(entries) for pk, entries in rows.items()}


class WordingMenuItem(MenuItem):
    """The menu item of the report."""

    def __init__(self) -> None:
        super().__init__("Words to check", reverse("wording_report"), name="wording", icon_name="comment")


def report_urls() -> list[URLPattern]:
    return [path("reports/wording/", wording_report, name="wording_report")]
