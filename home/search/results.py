"""What a visitor reads of something found: what it is, its title, where it leads, and the words around the hit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.models import Page

from home.places.states import state_of
from home.search.entries import BODY, page_types
from home.search.extracts import extract, holds, marked
from home.search.names import Named
from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.media.documents import SiteDocument
from site_core.taxonomy.models import Kind, PlaceTerm, Term
from strategies.models import StrategyPage

# From the row that every page has to the one of its own type.
OWN_PAGES = [model._meta.model_name for model in page_types()]


@dataclass(frozen=True)
class Result:
    """One line of the list. `note` says where it comes from: a month and a publisher, a state, a status.

    `spoken` is the title as it is read aloud, where that is another than the one in print.
    """

    kind: str
    title: str
    address: str
    extract: SafeString | str = ""
    note: str = ""
    is_outside: bool = False
    spoken: str = ""


class Results:
    """Makes results of entries of the index: a query for the pages among them, one for documents, two for figures."""

    def __init__(self, request: HttpRequest, words: Iterable[str], objects: Iterable[Named]) -> None:
        self.request = request
        self.words = tuple(words)
        self.terms = {obj.pk: obj for obj in objects if obj.is_term}
        self.types = {ContentType.objects.get_for_model(model).pk: model for model in (ImpactStat, Term, SiteDocument)}

    def of(self, entries: Iterable[Any]) -> list[Result]:
        """In the same order. What went away between two queries is left out."""
        entries = list(entries)
        found: dict[Any, dict[int, Any]] = {}
        for model, objects in ((Page, _pages()), (ImpactStat, _figures()), (SiteDocument, SiteDocument.objects.all())):
            numbers = [int(entry.object_id) for entry in entries if self._model(entry) is model]
            found[model] = objects.in_bulk(numbers) if numbers else {}
        found[Term] = self.terms
        makers = {Page: self.page, ImpactStat: self.figure, SiteDocument: self.document, Term: self.term}
        results = []
        for entry in entries:
            model = self._model(entry)
            if obj := found[model].get(int(entry.object_id)):
                results.append(makers[model](obj, getattr(entry, BODY)))
        return results

    def page(self, page: Any, text: str) -> Result:
        """The summary, or an extract of the text behind it where only that has the words."""
        own = next(getattr(page, relation) for relation in OWN_PAGES if hasattr(page, relation))
        behind = text.partition(own.summary)[2]
        words = extract(behind, self.words) if not holds(own.summary, self.words) and holds(behind, self.words) else ""
        kind, note = "Page", ""
        if isinstance(own, NewsItemPage):
            kind = own.get_item_type_display()
            note = " | ".join(str(part) for part in (own.date, own.publisher) if part)
        elif isinstance(own, StrategyPage):
            kind, note = own.kind_name, own.abbreviation
        address = page.get_url(self.request) or ""
        return Result(kind, page.title, address, words or marked(own.summary, self.words), note)

    def figure(self, stat: ImpactStat, text: str) -> Result:
        # Never cut: without the people it was measured on it would be another claim.
        sentence = marked(stat.whole_sentence, self.words)
        address, spoken = stat.get_absolute_url(), stat.spoken_name
        return Result("Figure", str(stat), address, sentence, stat.status_words, spoken=spoken)

    def document(self, document: Any, text: str) -> Result:
        pages = f"{document.pages} pages" if document.pages else ""
        note = ", ".join(str(part) for part in (document.publisher, document.year, pages) if part)
        return Result("Document", document.title, document.url, note=note)

    def term(self, term: Named, text: str) -> Result:
        """A place leads to its page, any other term to the news that has it."""
        if term.kind == Kind.PLACE:
            place = PlaceTerm(name=term.names[0], region=term.region, country=term.country)
            return Result("Place", place.name, reverse("place", args=[term.slug]), note=state_of(place))
        news = f"{reverse('wagtail_serve', args=['news/'])}?{term.kind}={term.slug}"
        return Result(str(Kind(term.kind).label), term.names[0], news, note="News with this tag")

    def _model(self, entry: Any) -> Any:
        return self.types.get(entry.content_type_id, Page)


def _pages() -> QuerySet[Any]:
    """Pages with what their line needs, in one query: not their bodies."""
    needed = [f"{relation}__summary" for relation in OWN_PAGES]
    needed += [
        "newsitempage__date",
        "newsitempage__item_type",
        "strategypage__abbreviation",
        "strategypage__term__kind",
    ]
    pages: QuerySet[Any] = Page.objects.select_related(*OWN_PAGES, "newsitempage__publisher", "strategypage__term")
    return pages.only("title", "url_path", "locale", "content_type", "newsitempage__publisher__name", *needed)


def _figures() -> Any:
    return ImpactStat.objects.standing().select_related("place").prefetch_related("evidence")
