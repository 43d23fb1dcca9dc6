"""NewsIndexPage: the news list, filtered by the query string."""

from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from news.listing.facets import facets_of, relaxations_of
from news.listing.query import NewsQuery, list_page
from news.rows import rows_of
from site_core.page_cache.headers import never_store
from site_core.pages.base import IndexPage
from site_core.seo.structured_data import Claim, web_page


class NewsIndexPage(IndexPage):
    """The news list. Its query string holds the filters and the page number."""

    fixed_slug = "news"
    subpage_types: ClassVar[list[str]] = ["news.NewsItemPage"]
    template = "news/news_index_page.html"

    class Meta:
        verbose_name = "news list"

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        query = NewsQuery.from_parameters(request.GET)
        number = request.GET.get("page")
        if query.has_moved or number == "":
            return redirect(self.url_of(request, query, number), permanent=True)
        response: HttpResponseBase = super().serve(request, *args, query=query, **kwargs)
        if query.words:
            never_store(response)
        return response

    def get_context(
        self, request: HttpRequest, *args: object, query: NewsQuery | None = None, **kwargs: object
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        query = query or NewsQuery.from_parameters(request.GET)
        listing = list_page(query, request.GET.get("page", ""))
        rows = rows_of(listing.rows)
        if "shared" in context:
            url = self.canonical_url_of(request, query, listing.number)
            context["shared"] = replace(context["shared"], title=self.heading(query), path=url)
        return context | {
            "query": query,
            "heading": self.heading(query),
            "listing": listing,
            "rows": rows,
            "facets": facets_of(query),
            "relaxations": [] if rows else relaxations_of(query),
            "about_partner_violence": any(term.concerns_partner_violence for term in query.terms),
        }

    def heading(self, query: NewsQuery) -> str:
        """“News: Oakland, Opinion”."""
        return f"{self.title}: {', '.join(query.names)}" if query.names else self.title

    def canonical_url_of(self, request: HttpRequest, query: NewsQuery, number: int) -> str:
        """Return the canonical URL of a page of the list, in which page 1 has no number."""
        return self.url_of(request, query, str(number) if number > 1 else "")

    def url_of(self, request: HttpRequest, query: NewsQuery, page: str | None) -> str:
        """Return the URL of the list with its filters in a fixed order."""
        query_string = urlencode(query.parameters | ({"page": page} if page else {}))
        return f"{self.get_url(request)}{'?' if query_string else ''}{query_string}"

    def structured_data(self, request: HttpRequest, context: Any) -> list[Claim]:
        query = context["query"]
        summary = "" if query.names else self.summary
        url = self.canonical_url_of(request, query, context["listing"].number)
        return [web_page(request, url, self.heading(query), summary, type="CollectionPage")]
