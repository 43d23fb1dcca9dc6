"""Addresses of figures: a page for each, a frame for other sites, and all of them as data."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_exempt
from wagtail.models import Site

from impact.figure_card import shared_figure
from impact.figure_data import figures_csv, figures_json, live_figures
from impact.history import history_of
from impact.models import ImpactStat
from impact.quoting import Quoting, spoken_title_of
from site_core.models import OrganizationSettings


def root_url_of(request: HttpRequest) -> str:
    """Scheme and host of the site; "" where there is none."""
    site = Site.find_for_request(request)
    return str(site.root_url) if site else ""


def live_figure(slug: str) -> ImpactStat:
    """The live figure at an address, withdrawn or not. Raises Http404."""
    stat: ImpactStat = get_object_or_404(ImpactStat.objects.live().with_evidence(), slug=slug)
    return stat


def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """One live figure with everything on record about it."""
    stat = live_figure(slug)
    organization = OrganizationSettings.load(request)
    context: dict[str, Any] = {
        "stat": stat,
        "about_partner_violence": bool(stat.strategy and stat.strategy.concerns_partner_violence),
        "quoting": Quoting.of(stat, organization.name, root_url_of(request)),
        "history": history_of(stat),
        "shared": shared_figure(request, stat),
    }
    return render(request, "impact/figure.html", context)


@xframe_options_exempt
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """One live figure for a frame on another site: the only address of this one that may be framed."""
    stat = live_figure(slug)
    return render(request, "impact/embed.html", {"stat": stat, "title": spoken_title_of(stat)})


def csv_of_figures(request: HttpRequest) -> HttpResponse:
    """Every live figure as a table."""
    return HttpResponse(
        # With the mark by which a spreadsheet tells that it is UTF-8.
        figures_csv(live_figures(), root_url_of(request)).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="nnsc-figures.csv"'},
    )


def json_of_figures(request: HttpRequest) -> HttpResponse:
    """Every live figure as JSON."""
    return JsonResponse(
        figures_json(live_figures(), root_url_of(request)),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": 'inline; filename="nnsc-figures.json"'},
    )
