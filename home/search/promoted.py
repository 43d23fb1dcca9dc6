"""Promoted results: what editors recommend for certain words, by Wagtail's search promotions."""

from django.db.models import Q
from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.search.utils import normalise_query_string

from home.search.entries import visible_pages
from home.search.results import Result
from home.search.words import content_words, split_words
from site_core.publishing.typed_links import visible_link


def promoted_results(request: HttpRequest, typed: str) -> list[Result]:
    """Return the promoted pages that any visitor may see and the promoted links to other sites, in editors' order.

    They are promoted for exactly these words or, of a question, for those that carry its meaning.
    """
    queries = {normalise_query_string(text) for text in (typed, " ".join(content_words(split_words(typed))))}
    promotions = SearchPromotion.objects.filter(query__query_string__in=queries)
    visible = promotions.filter(Q(page__in=visible_pages()) | Q(page=None)).select_related("page")
    # What is promoted for both is shown once.
    targets: dict[int | str, SearchPromotion] = {}
    for one in visible.order_by("sort_order", "pk"):
        if target := one.page_id or visible_link(one.external_link_url):
            targets.setdefault(target, one)
    return [_result(one, request) for one in targets.values()]


def _result(promotion: SearchPromotion, request: HttpRequest) -> Result:
    if promotion.page:
        url = promotion.page.get_url(request) or ""
        return Result("", promotion.page.title, url, promotion.description)
    return Result(
        "", promotion.external_link_text, promotion.external_link_url, promotion.description, is_external=True
    )
