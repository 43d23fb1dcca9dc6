"""NewsIndexPage: the list of all news, filtered by what the address asks for."""

from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from news.listing.facets import facets_of, relaxations_of
from news.listing.query import NewsQuery, page_of
from news.rows import rows_of
from site_core.pages.base import IndexPage
from site_core.seo.structured_data import Claim, web_page


class NewsIndexPage(IndexPage):
    """The news list. Filters and page numbers stand in the query string."""

    fixed_slug = "news"
    subpage_types: ClassVar[list[str]] = ["news.NewsItemPage"]
    template = "news/news_index_page.html"

    class Meta:
        verbose_name = "news list"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        query = NewsQuery.from_parameters(request.GET)
        number = request.GET.get("page")
        if query.has_moved or number == "":
            asked = urlencode(query.parameters | ({"page": number} if number else {}))
            return redirect(f"{self.get_url(request)}{'?' if asked else ''}{asked}", permanent=True)
        response: HttpResponseBase = super().serve(request, *args, query=query, **kwargs)
        return response

    def get_context(
        self, request: HttpRequest, *args: Any, query: NewsQuery | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        query = query or NewsQuery.from_parameters(request.GET)
        page_of_items = page_of(query, request.GET.get("page", ""))
        rows = rows_of(page_of_items.rows)
        if "shared" in context:
            path = self.path_of(request, query, page_of_items.number)
            context["shared"] = replace(context["shared"], title=self.heading(query), address=path)
        return context | {
            "query": query,
            "heading": self.heading(query),
            "listing": page_of_items,
            "rows": rows,
            "facets": facets_of(query),
            "relaxations": [] if rows else relaxations_of(query),
            "about_partner_violence": any(term.concerns_partner_violence for term in query.terms),
        }

    def heading(self, query: NewsQuery) -> str:
        """“News: Oakland, Opinion”."""
        return f"{self.title}: {', '.join(query.names)}" if query.names else self.title

    def path_of(self, request: HttpRequest, query: NewsQuery, number: int) -> str:
        """The one address of a page of the list: known filters in one order, and no number for the first page."""
        asked = urlencode(query.parameters | ({"page": str(number)} if number > 1 else {}))
        return f"{self.get_url(request)}{'?' if asked else ''}{asked}"

    def structured_data(self, request: HttpRequest, context: Any) -> list[Claim]:
        query = context["query"]
        summary = "" if query.names else self.summary
        path = self.path_of(request, query, context["listing"].number)
        return [web_page(request, path, self.heading(query), summary, type="CollectionPage")]
