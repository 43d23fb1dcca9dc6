"""The site search: visible pages that hold some words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from wagtail.models import Page

from site_core.search import searchable

RESULTS_ON_A_PAGE = 20


@dataclass(frozen=True)
class SiteSearch:
    """Some words, and one page of what they find."""

    words: str
    number: int

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> "SiteSearch":
        """Read the query string. Raises Http404 for what is not a page number; any words will do."""
        number = parameters.get("page", "") or "1"
        if not (number.isascii() and number.isdigit() and len(number) < 7):
            raise Http404("That is not a page number.")
        return cls(searchable(parameters.get("q", "")), int(number))

    @cached_property
    def results(self) -> Any:
        """One page of visible pages, the most fitting first. Raises Http404 for a page there is none of."""
        pages = Page.objects.live().public().specific()
        found = pages.search(self.words) if self.words else pages.none()
        try:
            return Paginator(found, RESULTS_ON_A_PAGE).page(self.number)
        except InvalidPage:
            raise Http404("There are no such results.") from None
