"""Results: what a visitor reads about each match."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from home.places.states import state_of
from home.search.entries import BODY, page_types
from home.search.excerpts import excerpt, has_any, marked
from home.search.names import NamedObject
from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.media.documents import SiteDocument
from site_core.taxonomy.models import Kind, PlaceTerm, Term
from strategies.models import StrategyPage

# The relations from the table of all pages to those of the page types.
SPECIFIC_RELATIONS = [model._meta.model_name for model in page_types()]


@dataclass(frozen=True)
class Result:
    """One row of the results.

    `note` is a detail: a month and a publisher, a state, a status. `spoken` is the title for screen readers, where it
    differs.
    """

    kind: str
    title: str
    url: str
    excerpt: SafeString | str = ""
    note: str = ""
    is_external: bool = False
    spoken: str = ""


class Results:
    """Makes results of index entries, with one query for pages, one for documents and two for figures."""

    def __init__(self, request: HttpRequest, words: Iterable[str], objects: Iterable[NamedObject]) -> None:
        self.request = request
        self.words = tuple(words)
        self.terms = {obj.pk: obj for obj in objects if obj.is_term}
        self.types: dict[int, type[Model]] = {
            ContentType.objects.get_for_model(model).pk: model for model in (ImpactStat, Term, SiteDocument)
        }

    def of(self, entries: Iterable[IndexEntry]) -> list[Result]:
        """Return the results in the order of the entries, without objects that were deleted in the meantime."""
        entries = list(entries)
        found: dict[type[Model], Mapping[int, Any]] = {Term: self.terms}
        stats, documents = ImpactStat.objects.standing().with_evidence(), SiteDocument.objects.all()
        for model, objects in ((Page, _pages()), (ImpactStat, stats), (SiteDocument, documents)):
            pks = [int(entry.object_id) for entry in entries if self._model(entry) is model]
            found[model] = objects.in_bulk(pks) if pks else {}
        makers: dict[type[Model], Callable[[Any, str], Result]] = {
            Page: self.page,
            ImpactStat: self.stat,
            SiteDocument: self.document,
            Term: self.term,
        }
        results = []
        for entry in entries:
            model = self._model(entry)
            if obj := found[model].get(int(entry.object_id)):
                results.append(makers[model](obj, getattr(entry, BODY)))
        return results

    def page(self, page: Page, text: str) -> Result:
        """Show the summary, or an excerpt of the text after it if only that has the words."""
        specific = next(getattr(page, relation) for relation in SPECIFIC_RELATIONS if hasattr(page, relation))
        text = text.partition(specific.summary)[2]
        if not has_any(specific.summary, self.words) and has_any(text, self.words):
            shown = excerpt(text, self.words)
        else:
            shown = marked(specific.summary, self.words)
        kind, note = "Page", ""
        if isinstance(specific, NewsItemPage):
            kind = specific.get_item_type_display()
            note = " | ".join(str(part) for part in (specific.date, specific.publisher) if part)
        elif isinstance(specific, StrategyPage):
            kind, note = specific.kind_name, specific.abbreviation
        return Result(kind, page.title, page.get_url(self.request) or "", shown, note)

    def stat(self, stat: ImpactStat, text: str) -> Result:
        """Show the whole sentence: without the people who were studied, it would be another claim."""
        sentence = marked(stat.whole_sentence, self.words)
        url, spoken = stat.get_absolute_url(), stat.spoken_name
        return Result("Figure", str(stat), url, sentence, stat.status_words, spoken=spoken)

    def document(self, document: SiteDocument, text: str) -> Result:
        pages = f"{document.pages} pages" if document.pages else ""
        note = ", ".join(str(part) for part in (document.publisher, document.year, pages) if part)
        return Result("Document", document.title, document.url, note=note)

    def term(self, term: NamedObject, text: str) -> Result:
        """Link a place to its page, and any other term to the news about it."""
        if term.kind == Kind.PLACE:
            place = PlaceTerm(name=term.names[0], region=term.region, country=term.country)
            return Result("Place", place.name, reverse("place", args=[term.slug]), note=state_of(place))
        news = f"{reverse('wagtail_serve', args=['news/'])}?{term.kind}={term.slug}"
        return Result(str(Kind(term.kind).label), term.names[0], news, note="News with this tag")

    def _model(self, entry: IndexEntry) -> type[Model]:
        return self.types.get(entry.content_type_id, Page)


def _pages() -> "QuerySet[Page]":
    """Return pages with the fields that a result shows, in one query, without their bodies."""
    fields = [f"{relation}__summary" for relation in SPECIFIC_RELATIONS]
    fields += [
        "newsitempage__date",
        "newsitempage__item_type",
        "strategypage__abbreviation",
        "strategypage__term__kind",
    ]
    pages: QuerySet[Page] = Page.objects.select_related(
        *SPECIFIC_RELATIONS, "newsitempage__publisher", "strategypage__term"
    )
    return pages.only("title", "url_path", "locale", "content_type", "newsitempage__publisher__name", *fields)
