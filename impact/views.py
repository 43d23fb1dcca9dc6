"""Views of stats: a page for each, a frame for other sites, and all of them as data."""

from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt

from impact.history import History, history_of
from impact.models import ImpactStat
from impact.sharing.citation import Citation, spoken_title_of
from impact.sharing.open_data import live_stats, stats_csv, stats_json
from impact.sharing.stat_card import shared_stat
from impact.sharing.structured_data import stat_claims
from site_core.organization.models import OrganizationSettings
from site_core.page_cache.root_url import root_url_of
from site_core.publishing.ledger.notes import Updates


def live_stat(slug: str) -> ImpactStat:
    """The live stat with this slug, withdrawn or not. Raises Http404."""
    stat: ImpactStat = get_object_or_404(ImpactStat.objects.live().with_everything(), slug=slug)
    return stat


def stat_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one live stat with everything on record about it."""
    stat = live_stat(slug)
    organization = OrganizationSettings.shown(request)
    history, updates = history_of(stat), Updates.of(stat)
    context = {
        "stat": stat,
        "about_partner_violence": bool(stat.strategy and stat.strategy.concerns_partner_violence),
        "citation": Citation.of(stat, organization.name, root_url_of(request)),
        "history": history,
        "updates": updates,
        "updated": day_updated(history, updates),
        "shared": shared_stat(request, stat),
        "structured_data": stat_claims(stat, request),
    }
    return render(request, "impact/stat.html", context)


def day_updated(history: History, updates: Updates) -> date | None:
    """The day of the latest wording or of the latest change note, whichever is later; None without either."""
    days = [timezone.localdate(updates.updated)] if updates.updated else []
    return max([*days, *(wording.day for wording in history.wordings[:1])], default=None)


@xframe_options_exempt
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """One live stat in a frame on another site: the only URL of the site that may be framed."""
    stat = live_stat(slug)
    return render(request, "impact/embed.html", {"stat": stat, "title": spoken_title_of(stat)})


def csv_of_stats(request: HttpRequest) -> HttpResponse:
    """Every live stat as a CSV file."""
    return HttpResponse(
        stats_csv(live_stats(), root_url_of(request)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="nnsc-figures.csv"'},
    )


def json_of_stats(request: HttpRequest) -> HttpResponse:
    """Every live stat as JSON."""
    return JsonResponse(
        stats_json(live_stats(), root_url_of(request)),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": 'inline; filename="nnsc-figures.json"'},
    )
