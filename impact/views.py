"""A figure's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from impact.models import ImpactStat


def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """One live figure with everything on record about it."""
    stat = get_object_or_404(ImpactStat.objects.live().with_evidence(), slug=slug)
    return render(request, "impact/figure.html", {"stat": stat})
