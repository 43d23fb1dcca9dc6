"""The form for a new news item, posted as a browser does."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests import factories


def add_item(author: Client, site_tree: factories.SiteTree, **fields: Any) -> Any:
    """Post the form, with some fields typed over."""
    typed = {
        "title": "Example headline",
        "slug": "example-headline",
        "link": "",
        "publisher": "",
        "date": "April 2018",
        "summary": "An invented item.",
        "places": "",
        "initiatives": "",
        "strategies": "",
        "components": "",
        "item_type": "news",
        "author": "",
        "body": streamfield([("text", rich_text("<p>Example text.</p>"))]),
    }
    address = reverse("wagtailadmin_pages:add", args=["news", "newsitempage", site_tree.news.pk])
    return author.post(address, nested_form_data(typed | fields))


def errors_of(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {name: [str(error) for error in errors] for name, errors in response.context["form"].errors.items()}
