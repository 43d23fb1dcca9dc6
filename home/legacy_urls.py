"""Redirects URLs of the previous site, each in one step, to the page that replaces them.

A redirect that an editor entered comes first. Otherwise the name in the URL must be the slug of a page, a former slug,
or another name of its term. There is no redirect for any other name, and no guess.
"""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.places.records import places_with_a_page
from news.models import NewsIndexPage
from site_core.pages.base import SitePageQuerySet
from site_core.publishing.typed_links import redirect_target
from site_core.taxonomy.models import FormerSlug, Kind, Term
from strategies.models import HEADINGS, StrategyPage


@require_safe
def legacy_news_archive(request: HttpRequest) -> HttpResponse:
    """Redirect the archive and its pages of 25 items: /impact/news, /impact/news/P25, /impact/news/P50 …"""
    return editors_redirect(request) or redirect_to_page(SitePageQuerySet(NewsIndexPage).visible().first())


@require_safe
def legacy_strategy(request: HttpRequest, slug: str) -> HttpResponse:
    """Redirect a strategy, or an “innovation” of the previous site."""
    return editors_redirect(request) or redirect_to_page(find_strategy(slug))


@require_safe
def legacy_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Redirect work outside the United States, which the previous site filed by place."""
    if response := editors_redirect(request):
        return response
    term = find_term(slug, [Kind.PLACE])
    place = places_with_a_page().filter(pk=term.pk).first() if term else None
    if place is None:
        raise Http404("There is no place with that name.")
    return HttpResponsePermanentRedirect(reverse("place", args=[place.slug]))


def editors_redirect(request: HttpRequest) -> HttpResponse | None:
    """Return the redirect that an editor entered for the URL, unless visitors do not see what is there."""
    entered = get_redirect(request, Redirect.normalise_path(request.path))
    target = redirect_target(entered) if entered else ""
    return redirect(target, permanent=entered.is_permanent) if entered and target else None


def redirect_to_page(page: Page | None) -> HttpResponse:
    """Redirect to the page. Raises Http404 for None."""
    if page is None:
        raise Http404("Nothing on this site has that name.")
    return HttpResponsePermanentRedirect(page.url)


def find_strategy(slug: str) -> StrategyPage | None:
    """Return the visible page with this slug, with this former slug, or of the term with this name."""
    pages = StrategyPage.objects.visible()
    former = Redirect.objects.filter(old_path=f"/strategies/{slug}").values("redirect_page")
    page: StrategyPage | None = pages.filter(slug=slug).first() or pages.filter(pk__in=former).first()
    if page is None and (term := find_term(slug, HEADINGS)):
        page = pages.filter(term_id=term.pk).first()
    return page


def find_term(slug: str, kinds: Iterable[Kind]) -> Term | None:
    """Return the term with this slug, with this former slug, or the only one with this other name."""
    terms = Term.objects.filter(kind__in=list(kinds))
    if term := terms.filter(slug=slug).order_by("pk").first():
        return term
    if former := FormerSlug.objects.filter(kind__in=list(kinds), slug=slug).select_related("term").first():
        return former.term
    named = [term for term in terms if slug in map(slugify, term.other_names)]
    return named[0] if len(named) == 1 else None
