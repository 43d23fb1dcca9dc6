"""How the desk refuses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refuse(request: HttpRequest, sentence: str) -> HttpResponse:
    """A page of the desk that says why not, with status 403. Wagtail itself would send the person to the dashboard."""
    return render(request, "admin/refused.html", {"sentence": sentence}, status=403)
