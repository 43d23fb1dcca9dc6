"""Outside the admin nobody sees what is not public, whatever their role, and nobody writes anything."""

from typing import Any

import pytest
from django.urls import get_resolver, reverse

from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings
from tests import factories
from tests.contracts.rights.object_states import PAGE_STATES, SNIPPET_STATES, page_in, snippet_in
from tests.contracts.rights.ranks import Person, Rank, answer, person_of
from tests.contracts.rights.test_addresses import named, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("quiet"), pytest.mark.sweep]

PUBLIC = {"live", "locked_live"}
TRYING = (Rank.VISITOR, Rank.DEACTIVATED, Rank.WITHOUT_ROLE, Rank.AUTHOR, Rank.ADMINISTRATOR)


@pytest.fixture
def people() -> list[Person]:
    # The site makes its settings when they are first looked for.
    OrganizationSettings.load()
    CrisisHelpSettings.load()
    return [person_of(rank) for rank in TRYING]


def methods_of(person: Person) -> list[Any]:
    """A form can be posted here by anybody, so a visitor stands for all."""
    return [person.client.get, *([person.client.post] if person.rank == Rank.VISITOR else [])]


def may_read(state: str, rank: Rank) -> bool:
    """A private page is for everybody who is signed in."""
    return state in PUBLIC or (state == "private" and rank >= Rank.WITHOUT_ROLE)


def mistakes_at(url: str, words: str, state: str, people: list[Person]) -> list[str]:
    """Who reads at a URL what they may not, or misses what they may."""
    mistakes = []
    for person in people:
        for method in methods_of(person):
            got = answer(method, url, follow=True)
            if (words in got.response.content.decode()) != may_read(state, person.rank) or got.written:
                mistakes.append(f"{url} ({state}) is answered {got.status} to {person.rank.name}, {got.written}")
    return mistakes


def test_a_page_is_shown_to_whom_its_state_lets_read_it(site_tree: factories.SiteTree, people: list[Person]) -> None:
    author, editor = factories.UserFactory(role="Author"), factories.UserFactory(role="Editor")
    mistakes: list[str] = []
    for state in PAGE_STATES:
        page = page_in(state, site_tree.home, author, editor)
        mistakes += mistakes_at(f"/{page.title.lower().replace(' ', '-')}/", page.title, state, people)
    assert not mistakes, "\n".join(mistakes)


@pytest.mark.parametrize("where", ["", "embed/"])
def test_a_stat_is_shown_only_while_it_is_public(people: list[Person], where: str) -> None:
    author, editor = factories.UserFactory(role="Author"), factories.UserFactory(role="Editor")
    mistakes: list[str] = []
    for state in SNIPPET_STATES:
        stat = snippet_in(state, factories.ImpactStatFactory, author, editor)
        mistakes += mistakes_at(f"{stat.get_absolute_url()}{where}", stat.place.name, state, people)
    assert not mistakes, "\n".join(mistakes)


def test_no_address_writes_anything_or_fails(site_tree: Any, people: list[Person]) -> None:
    """A form that is posted empty, from outside too, is no act."""
    urls = {url_of(name, pattern) for name, pattern in named(get_resolver().url_patterns)}
    # Nobody publishes what is due while the tests run, so the site is not ready.
    outside = sorted(url for url in urls if not url.startswith("/admin/") and url != reverse("health_ready"))
    mistakes = []
    for url in outside:
        for person in people:
            for method in methods_of(person):
                got = answer(method, url)
                if got.written or got.status >= 500:
                    mistakes.append(f"{url} is answered {got.status} to {person.rank.name}, {got.written}")
    assert not mistakes, "\n".join(mistakes)
    assert len(outside) > 20
