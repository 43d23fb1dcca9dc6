"""The content of the stock site, by the names that `benchmarks.admin.inside` asks for."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Page, Site

from benchmarks.admin.stock.models import KINDS, IndexPage, ItemPage, Publisher, Term

FIELDS = {"date": "2018-04-01"}


def editor() -> Any:
    model: Any = get_user_model()
    return model.objects.create_superuser("editor", "editor@example.org", "example")


def news() -> Any:
    """The list of news, on a site."""
    root = Page.get_first_root_node().add_child(instance=Page(title="Home", slug="start"))
    Site.objects.create(hostname="testserver", root_page=root, is_default_site=False)
    return root.add_child(instance=IndexPage(title="News", slug="news"))


def item(parent: Any, body: list[Any]) -> Any:
    """An item that is public, with a publisher and two tags of each kind."""
    made = ItemPage(title="Example headline", slug="example-headline", summary="An example.", date=date(2018, 4, 1))
    made.publisher = Publisher.objects.create(name="Example Times")
    made.body = body
    for kind in KINDS:
        getattr(made, kind).add(*(Term.objects.create(name=f"Example {kind} {number}") for number in range(2)))
    parent.add_child(instance=made)
    made.save_revision().publish()
    return made
