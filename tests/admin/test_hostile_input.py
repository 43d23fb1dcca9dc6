"""No screen and no action of the admin, stock ones included, fails on what somebody sends to it."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.contracts.admin_stock import AdminStock, admin_stock
from tests.contracts.admin_urls import AdminAddress, admin_addresses, bulk_actions
from tests.html_forms import forms_in
from tests.shared_database import kept_for_the_module

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.sweep]

# Those that only ask for a failure, or that end the visit.
LEFT_OUT = {"wagtailadmin_error_test", "wagtailadmin_logout"}
# No number, a number no database holds, a character PostgreSQL refuses, half of a structure, and a long word.
HOSTILE = ["1x", "9" * 30, "a\x00b", "[", "Ж" * 300]
# What stock screens read from the query.
KEYS = (
    *("q", "p", "page", "ordering", "id", "next", "parent", "parent_page_id", "collection_id", "tag", "content_type"),
    *("owner", "user", "object_id", "action", "timestamp_after", "date_from", "created_at_from", "export", "locale"),
    *("page_type", "allowed_page_types", "user_perms", "can_choose_root", "link_text", "link_url", "prefer_this"),
    *(
        "chosen",
        "multiple",
        "search",
        "fields",
        "child_of",
        "descendant_of",
        "type",
        "order",
        "limit",
        "offset",
        "mode",
    ),
    *(
        "revision",
        "revision_id",
        "document_id",
        "image_id",
        "select_format",
        "in_preview_panel",
        "results",
        "month",
        "mode",
    ),
)


@pytest.fixture(scope="module")
def stock(tree_of_the_module: factories.SiteTree, django_db_blocker: Any) -> Any:
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            stocked = admin_stock(tree_of_the_module)
        yield stocked


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """The log holds what was raised, and with it each whole answer, until the end of a test."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def administrator() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(factories.UserFactory(role="Administrator"))
    return client


def answer(client: Client, method: str, url: str, sent: dict[str, str] | None = None) -> Any:
    """What the admin answers. Whatever it did is undone."""
    with transaction.atomic():
        response = getattr(client, method)(url, sent or {})
        transaction.set_rollback(True)
    return response


def url_of(one: AdminAddress, stock: AdminStock) -> str:
    return reverse(one.full_name, kwargs=stock.arguments(one.namespace, one.name, list(one.parts)))


def fields_of(response: HttpResponse) -> set[str]:
    """The names of all that the form of a screen sends."""
    if not response.get("Content-Type", "").startswith("text/html") or response.streaming:
        return set()
    boxes = forms_in(response.content.decode()).select("form [name]")
    return {str(one["name"]) for one in boxes} - {"csrfmiddlewaretoken", "next"}


def hostile(names: Iterable[str]) -> dict[str, str]:
    """Something hostile under each name."""
    return {name: HOSTILE[index % len(HOSTILE)] for index, name in enumerate(sorted(names))}


def failures_at(url: str, client: Client, fields: set[str]) -> list[str]:
    tried = (("get", hostile(KEYS)), ("post", hostile(fields)))
    return [
        f"{method.upper()} {url}" for method, sent in tried if answer(client, method, url, sent).status_code >= 500
    ]


def addresses() -> list[AdminAddress]:
    return [one for one in admin_addresses() if one.name not in LEFT_OUT and one.name != "wagtail_bulk_action"]


# In parts, so that workers share them.
@pytest.mark.parametrize("part", range(4))
def test_no_screen_of_the_admin_fails_on_what_is_sent(stock: AdminStock, administrator: Client, part: int) -> None:
    failures = []
    for one in addresses()[part::4]:
        url = url_of(one, stock)
        failures += failures_at(url, administrator, fields_of(answer(administrator, "get", url)))
    assert failures == []


def test_no_action_on_several_objects_fails_on_what_is_sent(stock: AdminStock, administrator: Client) -> None:
    failures = []
    for app, model, action in bulk_actions():
        url = reverse("wagtail_bulk_action", args=[app, model, action])
        url = f"{url}?id={stock.number_of(app, model)}"
        fields = fields_of(answer(administrator, "get", url))
        for address in (url, f"{url}&id=1x", f"{url}&childOf=1x&id=all", f"{url}&id={'9' * 30}"):
            if answer(administrator, "post", address, hostile(fields)).status_code >= 500:
                failures.append(address)
    assert failures == []
