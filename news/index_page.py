"""NewsIndexPage: the list of all news, filtered by what the address asks for."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from news.listing import NewsQuery, page_of
from news.rows import rows_of
from site_core.pages import IndexPage


class NewsIndexPage(IndexPage):
    """The news list. Filters and page numbers stand in the query string."""

    fixed_slug = "news"
    subpage_types: ClassVar[list[str]] = ["news.NewsItemPage"]
    template = "news/news_index_page.html"

    class Meta:
        verbose_name = "news list"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        query = NewsQuery.from_parameters(request.GET)
        if query.has_moved:
            return redirect(f"{self.get_url(request)}?{query.query_string}", permanent=True)
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        query = NewsQuery.from_parameters(request.GET)
        page_of_items = page_of(query, request.GET.get("page", ""))
        return context | {
            "query": query,
            "listing": page_of_items,
            "rows": rows_of(page_of_items),
            "about_partner_violence": any(term.concerns_partner_violence for term in query.terms),
        }
