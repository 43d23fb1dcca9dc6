"""URLs of pages that were taken down on request. They answer with status 410 (gone), not 404.

Status 410 tells search engines to forget the URL at once. Visitors do not learn what was there or who asked.
"""

from typing import ClassVar, Self
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import defaults
from wagtail.search import index


class WithdrawnURLQuerySet(models.QuerySet["WithdrawnURL"]):
    """Queries of withdrawn URLs."""

    def at(self, path: str) -> Self:
        return self.filter(path=plain_path(path))


class WithdrawnURL(index.Indexed, models.Model):
    """The path of a page that was withdrawn on request. Saving makes it public."""

    path = models.CharField(
        max_length=500,
        unique=True,
        help_text=(
            "The page's URL, or the part after the name of the site, such as /news/an-item/. "
            "As long as a page is live at this URL, visitors still see that page: unpublish or delete it."
        ),
    )
    note = models.TextField(
        blank=True, help_text="Who asked for it and why. Only Managing editors and Administrators can read this."
    )
    since = models.DateField(auto_now_add=True)

    objects = WithdrawnURLQuerySet.as_manager()

    panels = ["path", "note"]
    search_fields: ClassVar = [
        index.SearchField("path"),
        index.AutocompleteField("path"),
        index.SearchField("note"),
    ]

    class Meta:
        ordering = ["path"]
        verbose_name = "withdrawn URL"
        verbose_name_plural = "withdrawn URLs"

    def __str__(self) -> str:
        return self.path

    def clean(self) -> None:
        super().clean()
        try:
            self.path = plain_path(unquote(urlsplit(self.path.strip()).path))
        except ValueError:
            self.path = ""
        if self.path in ("", "/"):
            raise ValidationError({"path": "Enter the URL of one page, such as /news/an-item/."})


def plain_path(path: str) -> str:
    """The path without a slash at its end, so that every spelling of a URL is the same.

    "" for a path with a NUL character, which PostgreSQL refuses.
    """
    return "" if "\x00" in path else f"/{path.strip('/')}"


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The 404 handler. It answers with status 410 for a withdrawn URL, and only it looks for one."""
    if WithdrawnURL.objects.at(request.path).exists():
        return render(request, "410.html", status=410)
    return defaults.page_not_found(request, exception)
