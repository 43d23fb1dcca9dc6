"""Promoted results: what editors recommend for certain words, by Wagtail's search promotions."""

from django.db.models import Q
from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.search.utils import normalise_query_string

from home.search.entries import visible_pages
from home.search.results import Result


def promoted_results(request: HttpRequest, typed: str) -> list[Result]:
    """Return the promoted pages that any visitor may see and the promoted links to other sites, in editors' order."""
    promotions = SearchPromotion.objects.filter(query__query_string=normalise_query_string(typed))
    visible = promotions.filter(Q(page__in=visible_pages()) | Q(page=None)).select_related("page")
    return [_result(promotion, request) for promotion in visible.order_by("sort_order", "pk")]


def _result(promotion: SearchPromotion, request: HttpRequest) -> Result:
    if promotion.page:
        url = promotion.page.get_url(request) or ""
        return Result("", promotion.page.title, url, promotion.description)
    return Result(
        "", promotion.external_link_text, promotion.external_link_url, promotion.description, is_external=True
    )
