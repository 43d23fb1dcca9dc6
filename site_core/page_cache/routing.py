"""Finds the page at an address in one lookup, whatever its depth, where Wagtail walks down the tree from the root."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from wagtail import views
from wagtail.models import Page

from site_core.page_cache.sites import site_of

# Written by hand: Django takes ten times as long to write it as the database to answer.
_KIND_AT = f"SELECT id, content_type_id FROM {Page._meta.db_table} WHERE slug = %s AND url_path = %s"  # noqa: S608


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's view of all pages. It still walks down to what is not a page itself, such as a part of one."""
    if (site := site_of(request)) and (page := page_at(f"{site.root_page.url_path}{path}")):
        try:
            # Where Wagtail keeps what it found for as long as the request lasts.
            request._wagtail_route_for_request = page.route(request, [])  # type: ignore[attr-defined]
        except Http404:
            request._wagtail_route_for_request = None  # type: ignore[attr-defined]
    response: HttpResponseBase = views.serve(request, path)
    return response


def page_at(url_path: str) -> Any:
    """The page at a path of the tree, in its own type and with what it is shown with; None where there is none."""
    # No index holds the path, but one holds its last part.
    slug = url_path.rstrip("/").rpartition("/")[2]
    with connection.cursor() as cursor:
        cursor.execute(_KIND_AT, [slug, url_path])
        found = cursor.fetchone()
    if found is None:
        return None
    number, content_type = found
    model: Any = ContentType.objects.get_for_id(content_type).model_class() or Page
    return model._default_manager.select_related(*getattr(model, "shown_with", ())).get(pk=number)
