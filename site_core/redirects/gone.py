"""Addresses whose page was taken down because somebody asked for it: they answer “gone”, not “not found”.

“Gone” (410) tells search engines to forget the address at once. What was there, and who asked, is told to nobody.
"""

from typing import Any, ClassVar, Self
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults
from wagtail.search import index


class WithdrawnURLQuerySet(models.QuerySet["WithdrawnURL"]):
    """Withdrawn addresses, read as sentences."""

    def at(self, path: str) -> Self:
        return self.filter(address=plain_path(path))


class WithdrawnURL(index.Indexed, models.Model):
    """One address of a page that was withdrawn on request. A save counts at once."""

    address = models.CharField(
        max_length=500,
        unique=True,
        help_text=(
            "The page's web address, or what follows the site's name in it, such as /news/an-item/. "
            "As long as a page is live at this address, visitors still see that page: unpublish or delete it."
        ),
    )
    note = models.TextField(
        blank=True, help_text="Who asked for it and why. Only Managing editors and Administrators can read this."
    )
    since = models.DateField(auto_now_add=True)

    objects = WithdrawnURLQuerySet.as_manager()

    panels = ["address", "note"]
    search_fields: ClassVar = [
        index.SearchField("address"),
        index.AutocompleteField("address"),
        index.SearchField("note"),
    ]

    class Meta:
        ordering = ["address"]
        verbose_name = "withdrawn address"
        verbose_name_plural = "withdrawn addresses"

    def __str__(self) -> str:
        return self.address

    def clean(self) -> None:
        super().clean()
        try:
            self.address = plain_path(unquote(urlsplit(self.address.strip()).path))
        except ValueError:
            self.address = ""
        if self.address in ("", "/"):
            raise ValidationError({"address": "Write the address of one page, such as /news/an-item/."})


def plain_path(path: str) -> str:
    """The path of an address with no slash at its end: one form, however it is typed or asked for.

    "" for a path that the database could not even look for.
    """
    return "" if "\x00" in path else f"/{path.strip('/')}"


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for what is not found, the only time at which anybody asks whether it is gone."""
    if WithdrawnURL.objects.at(request.path).exists():
        return render(request, "410.html", status=410)
    response: Any = defaults.page_not_found(request, exception)
    return response
