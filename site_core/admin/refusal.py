"""The page with which the admin refuses a request."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refuse(request: HttpRequest, reason: str) -> HttpResponse:
    """An admin page with status 403 and the reason. Wagtail would redirect to the dashboard."""
    return render(request, "admin/refused.html", {"reason": reason}, status=403)
