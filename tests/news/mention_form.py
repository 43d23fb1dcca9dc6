"""The form for a new news item, posted as a browser does."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests import factories


def mention_form(**fields: Any) -> dict[str, Any]:
    """What the form posts, with some fields typed over."""
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
        "comments": inline_formset([]),
    }
    posted: dict[str, Any] = nested_form_data(typed | fields)
    return posted


def add_item(author: Client, site_tree: factories.SiteTree, **fields: Any) -> Any:
    address = reverse("wagtailadmin_pages:add", args=["news", "newsitempage", site_tree.news.pk])
    return author.post(address, mention_form(**fields))


def errors_of(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {name: [str(error) for error in errors] for name, errors in response.context["form"].errors.items()}
