"""Fills in the admin's edit forms as a browser does: every field as rendered, except those that are typed over."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

# The elements of a form that are sent. What a script is yet to show stands in it with the same names.
FIELDS = re.compile(r"<script\b.*?</script>|(<(?:form|input)\b[^>]*>|<(select|textarea)\b.*?</\2>)", re.S)


def edit_url(obj: Any) -> str:
    if isinstance(obj, Page):
        return reverse("wagtailadmin_pages:edit", args=[obj.pk])
    return reverse(type(obj).snippet_viewset.get_url_name("edit"), args=[obj.pk])


def edit_live_url(obj: Any) -> str:
    """Where the live version is edited."""
    return version_url(obj, obj.live_revision_id)


def version_url(obj: Any, revision_id: int) -> str:
    """Where an earlier version is edited."""
    if isinstance(obj, Page):
        return reverse("wagtailadmin_pages:revisions_revert", args=[obj.pk, revision_id])
    return reverse(type(obj).snippet_viewset.get_url_name("revisions_revert"), args=[obj.pk, revision_id])


def filled_in(client: Client, url: str, **typed: Any) -> dict[str, Any]:
    """The form at a URL, with some fields typed over."""
    response = client.get(url)
    assert response.status_code == 200
    return filled_in_from(response.content.decode(), **typed)


def filled_in_from(page: str, **typed: Any) -> dict[str, Any]:
    """The same from the HTML of the page that holds the form."""
    form_id = "page-edit-form" if 'id="page-edit-form"' in page else "w-editor-form"
    # Parsing the icons and panels between them, and the menus around, would take several times as long.
    start = page.rindex("<form", 0, page.index(f'id="{form_id}"'))
    fields = "".join(match[1] or "" for match in FIELDS.finditer(page, start, page.index("</form>", start)))
    form = querydict_from_html(fields, form_id=form_id)
    filled = {name: values if len(values) > 1 else values[0] for name, values in form.lists()}
    # A script renders bodies. Here they are empty.
    bodies = {"body": streamfield([])} if 'name="body-count"' not in page else {}
    return {**filled, **nested_form_data(bodies), **typed}


def post(client: Client, url: str, *, accept: str = "text/html", **typed: Any) -> Any:
    return client.post(url, filled_in(client, url, **typed), headers={"accept": accept})


def said(response: Any) -> str:
    """The admin's messages at the top of the page."""
    return " ".join(str(message) for message in response.context["messages"])
