"""How the admin refuses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refuse(request: HttpRequest, sentence: str) -> HttpResponse:
    """A page of the admin that says why not, with status 403. Wagtail itself would redirect to the dashboard."""
    return render(request, "admin/refused.html", {"sentence": sentence}, status=403)
