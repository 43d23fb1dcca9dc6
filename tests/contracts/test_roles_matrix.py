"""All roles against all addresses of the admin, by direct GET and POST, and against every action on several objects.

Each role is held to the addresses at which the table puts it lowest, and to all that it puts above it. That a higher
role may do what a lower one may is a test of its own.
"""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from site_core.accounts.roles import Role
from tests import factories
from tests.contracts.admin_stock import AdminStock, admin_stock
from tests.contracts.admin_urls import BULK_TABLE, AdminAddress, Rank, admin_addresses, bulk_actions, first_that_fits
from tests.shared_database import kept_for_the_module

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# Addresses that are tried as a whole elsewhere, or that end the visit.
LEFT_OUT = {"wagtail_bulk_action", "wagtailadmin_logout"}
# What a POST carries where Wagtail or we decide by that alone who may.
POSTED = {"review": {"action": "approve"}}
RANKS = [rank for rank in Rank if rank != Rank.NOBODY]


@pytest.fixture(scope="module")
def stock(tree_of_the_module: factories.SiteTree, django_db_blocker: Any) -> Any:
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            stocked = admin_stock(tree_of_the_module)
        yield stocked


def client_of(rank: Rank) -> Client:
    # With this header the admin answers 403 where it would otherwise lead to its home.
    client = Client(raise_request_exception=False, headers={"x-requested-with": "XMLHttpRequest"})
    if rank != Rank.VISITOR:
        client.force_login(factories.UserFactory(role=rank.role))
    return client


def answer(client: Client, method: str, address: str, posted: dict[str, str] | None = None) -> Any:
    """What the admin answers. Whatever it did is undone."""
    with transaction.atomic():
        response = getattr(client, method)(address, posted or {})
        transaction.set_rollback(True)
    return response


def is_refused(response: HttpResponse) -> bool:
    return response.status_code == 403


def does_nothing(response: HttpResponse) -> bool:
    """The address does not take this method at all."""
    return response.status_code == 405


def mistakes_at(one: AdminAddress, stock: AdminStock, client: Client, rank: Rank) -> list[str]:
    """Where the admin answers this rank otherwise than the table says."""
    address = reverse(one.full_name, kwargs=stock.arguments(one.namespace, one.name, list(one.parts)))
    mistakes = []
    for method in ("get", "post"):
        lowest = one.rank(method)
        if rank > lowest:
            continue
        response = answer(client, method, address, POSTED.get(one.full_name) if method == "post" else None)
        refused = is_refused(response)
        if refused != (rank < lowest) and not does_nothing(response):
            mistakes.append(f"{one.full_name}: {method.upper()} by {rank.name} is answered {response.status_code}")
        if method == "get" and response.status_code >= 500 and one.name != "wagtailadmin_error_test":
            mistakes.append(f"{one.full_name}: breaks for {rank.name}")
    return mistakes


def test_the_table_names_every_address_and_every_action() -> None:
    for one in admin_addresses():
        if one.name not in LEFT_OUT:
            one.rank("get")
    for action in bulk_actions():
        first_that_fits(BULK_TABLE, ".".join(action))


@pytest.mark.parametrize("rank", RANKS, ids=lambda rank: rank.name.lower())
def test_each_address_lets_in_whom_the_table_says(stock: AdminStock, rank: Rank) -> None:
    client = client_of(rank)
    tried = [one for one in admin_addresses() if one.name not in LEFT_OUT]
    assert [mistake for one in tried for mistake in mistakes_at(one, stock, client, rank)] == []


@pytest.mark.parametrize("rank", RANKS, ids=lambda rank: rank.name.lower())
def test_an_action_on_several_things_takes_only_what_its_role_may(stock: AdminStock, rank: Rank) -> None:
    client, mistakes = client_of(rank), []
    for app, model, action in bulk_actions():
        lowest = first_that_fits(BULK_TABLE, f"{app}.{model}.{action}")
        address = reverse("wagtail_bulk_action", args=[app, model, action])
        response = answer(client, "get", f"{address}?id={stock.number_of(app, model)}")
        takes_it = response.status_code == 200 and bool(response.context["items"])
        if takes_it != (rank >= lowest):
            mistakes.append(f"{app}.{model}.{action} by {rank.name} is answered {response.status_code}")
    assert mistakes == []


def everything_of(role: Role) -> set[Any]:
    """All that the role's group is given: on models, on pages, on collections."""
    group = Group.objects.get(name=role)
    pages = GroupPagePermission.objects.filter(group=group).values_list("page", "permission__codename")
    media = GroupCollectionPermission.objects.filter(group=group).values_list("collection", "permission__codename")
    return {*group.permissions.values_list("pk", flat=True), *pages, *media}


def test_each_role_may_do_all_that_the_one_below_it_may() -> None:
    for lower, higher in zip(list(Role), list(Role)[1:], strict=False):
        assert everything_of(lower) <= everything_of(higher)
