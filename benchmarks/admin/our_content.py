"""The content of our site for the benchmark of the admin, by the names that `benchmarks.admin.inside` asks for."""

from typing import Any

from tests import factories

FIELDS = {"date": "April 2018"}


def editor() -> Any:
    return factories.UserFactory(is_superuser=True)


def news() -> Any:
    """The list of news, on a site."""
    return factories.site_tree().news


def item(parent: Any, body: list[Any]) -> Any:
    """An item that is public, with a publisher and two tags of each kind."""
    return factories.NewsItemPageFactory(
        parent=parent,
        title="Example headline",
        body=body,
        places=factories.PlaceTermFactory.create_batch(2),
        initiatives=factories.InitiativeTermFactory.create_batch(2),
        strategies=factories.StrategyTermFactory.create_batch(2),
        components=factories.ComponentTermFactory.create_batch(2),
    )
