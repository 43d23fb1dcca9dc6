"""What the editors recommend to whoever types certain words: Wagtail's promoted results."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.search.utils import normalise_query_string

from home.search.entries import visible_pages
from home.search.results import Result


def promoted_results(request: HttpRequest, typed: str) -> list[Result]:
    """In the editors' order: pages that any visitor may see, and links to other sites."""
    chosen = SearchPromotion.objects.filter(query__query_string=normalise_query_string(typed))
    seen = Q(page__in=visible_pages()) | Q(page=None)
    return [_result(one, request) for one in chosen.filter(seen).select_related("page").order_by("sort_order", "pk")]


def _result(promotion: Any, request: HttpRequest) -> Result:
    if promotion.page:
        address = promotion.page.get_url(request) or ""
        return Result("", promotion.page.title, address, promotion.description)
    return Result(
        "", promotion.external_link_text, promotion.external_link_url, promotion.description, is_outside=True
    )
