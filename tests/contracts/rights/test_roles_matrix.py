"""All roles against all addresses of the admin, by GET and by what their forms post, and against all bulk actions.

Each role is held to the addresses at which the table puts it lowest, and to all that it puts above it. That a higher
role may do what a lower one may is a test of its own.
"""

from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from site_core.accounts.roles import Role
from tests import factories
from tests.contracts.admin_stock import AdminStock, admin_stock
from tests.contracts.admin_urls import (
    BULK_RIGHTS,
    EMPTY_ONES,
    RIGHTS,
    WRITES,
    AdminAddress,
    admin_addresses,
    bulk_actions,
)
from tests.contracts.rights.posted_forms import form_at
from tests.contracts.rights.ranks import RANKS, Answer, Person, Rank, answer, person_of
from tests.shared_database import kept_for_the_module

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("quiet"), pytest.mark.sweep]

# Addresses that are tried as a whole elsewhere, or that end the visit.
LEFT_OUT = {"wagtail_bulk_action", "wagtailadmin_logout"}
TRIED = [one for one in admin_addresses() if one.name not in LEFT_OUT]


class Tried:
    """The site with something of everything, and what each form of its admin posts."""

    def __init__(self, stock: AdminStock) -> None:
        self.stock = stock
        self.reader = person_of(Rank.NOBODY)
        self.form = cache(self._form)

    def address(self, one: AdminAddress) -> str:
        return reverse(one.full_name, kwargs=self.stock.arguments(one.namespace, one.name, list(one.parts)))

    def _form(self, one: AdminAddress) -> dict[str, Any]:
        return {**form_at(self.reader.client, self.address(one)), **self.stock.posted(one.line)}

    def ask(self, person: Person, method: str, one: AdminAddress) -> Answer:
        address, posted = self.address(one), self.form(one) if method == "post" else {}
        for file in (value for value in posted.values() if hasattr(value, "seek")):
            file.seek(0)
        if person.session:
            # What a request has changed in the session is undone with the rest, and its new key leads nowhere.
            person.client.cookies[settings.SESSION_COOKIE_NAME] = person.session
        return answer(getattr(person.client, method), address, posted)


@pytest.fixture(scope="module")
def tried(tree_of_the_module: factories.SiteTree, django_db_blocker: Any) -> Any:
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            site = Tried(admin_stock(tree_of_the_module))
        yield site


def mistakes_at(one: AdminAddress, site: Tried, person: Person) -> list[str]:
    """Where the admin answers this person otherwise than the table says."""
    mistakes = []
    for method in ("get", "post"):
        lowest = one.rank(method)
        if person.rank > lowest:
            continue
        got = site.ask(person, method, one)
        is_allowed, is_refused = person.rank >= lowest, got.status == 403
        fails = got.is_missing_or_broken and one.line not in EMPTY_ONES
        # Some addresses do not take one of the methods at all.
        if got.status != 405 and (is_allowed == is_refused or fails or (got.written and not is_allowed)):
            written = f", writes {', '.join(sorted(got.written))}" if got.written else ""
            mistakes.append(f"{one.line}: {method.upper()} by {person.rank.name} is answered {got.status}{written}")
    return mistakes


def test_the_table_names_every_address_and_every_action_and_no_other() -> None:
    assert {one.line for one in admin_addresses()} - LEFT_OUT == RIGHTS.keys() - LEFT_OUT
    assert {".".join(action) for action in bulk_actions()} == BULK_RIGHTS.keys()


@pytest.mark.parametrize("rank", RANKS, ids=lambda rank: rank.name.lower())
def test_each_address_lets_in_whom_the_table_says(tried: Tried, rank: Rank) -> None:
    person = person_of(rank)
    mistakes = [mistake for one in TRIED for mistake in mistakes_at(one, tried, person)]
    assert not mistakes, "\n".join(mistakes)


def test_what_is_posted_does_what_it_is_for(tried: Tried) -> None:
    """By a superuser, so that no form of the matrix is refused for another reason than a right."""
    written = {one.line for one in TRIED if tried.ask(tried.reader, "post", one).written}
    assert (written - WRITES, WRITES - written) == (set(), set())


@pytest.mark.parametrize("rank", RANKS, ids=lambda rank: rank.name.lower())
def test_an_action_on_several_things_takes_only_what_its_role_may(tried: Tried, rank: Rank) -> None:
    person, mistakes = person_of(rank), []
    for app, model, action in bulk_actions():
        lowest = BULK_RIGHTS[f"{app}.{model}.{action}"]
        address = reverse("wagtail_bulk_action", args=[app, model, action])
        got = answer(person.client.get, f"{address}?id={tried.stock.number_of(app, model)}")
        takes_it = got.status == 200 and bool(got.response.context["items"])
        if takes_it != (rank >= lowest):
            mistakes.append(f"{app}.{model}.{action} by {rank.name} is answered {got.status}")
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
