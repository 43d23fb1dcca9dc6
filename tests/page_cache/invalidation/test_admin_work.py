"""Work in the admin does not move the generation until something is published."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from impact.models import Evidence, ImpactStat
from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings
from tests import factories
from tests.contracts.admin_stock import admin_stock
from tests.contracts.admin_urls import admin_addresses
from tests.page_cache.trials.moves import Moves
from tests.page_cache.trials.sitting import Sitting
from tests.publishing.admin_forms import edit_url, post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sweep]

# One for each 2.5 seconds of half a minute.
AUTOSAVES = 12
PING_EVERY, PREVIEW_EVERY = 4, 10
KINDS = ("live page", "new page", "live stat", "new stat")


@pytest.fixture
def tree(site_tree: factories.SiteTree) -> factories.SiteTree:
    """A site that was viewed once: the first view creates the settings."""
    OrganizationSettings.load()
    CrisisHelpSettings.load()
    return site_tree


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(role=role.value))
    return client


def sitting_at(kind: str, client: Client, tree: factories.SiteTree) -> Sitting:
    """An open editor, with a public object or with a new one and some text."""
    place = factories.PlaceTermFactory(name="Example City")
    if kind == "live page":
        item = factories.NewsItemPageFactory(parent=tree.news, places=[place])
        return Sitting(client, edit_url(item), NewsItemPage)
    if kind == "new page":
        add = reverse("wagtailadmin_pages:add", args=["news", "newsitempage", tree.news.pk])
        return Sitting(client, add, NewsItemPage, date="2018", places="Example City")
    evidence = inline_formset([{"id": "", "study": str(factories.StudyFactory().pk), "relation": "unchecked"}])
    typed = nested_form_data({"evidence": evidence, "ratings": inline_formset([])})
    if kind == "live stat":
        return Sitting(client, edit_url(factories.ImpactStatFactory(place=place)), ImpactStat, **typed)
    add = reverse("wagtailsnippets_impact_impactstat:add")
    return Sitting(client, add, ImpactStat, value_low="12.5", population="example groups", place=place.pk, **typed)


def words(kind: str, number: int) -> dict[str, str]:
    """The text of the form at an autosave. The slug of a new page follows its title."""
    so_far = f"Words typed for a {kind} so far {number}"
    if kind.endswith("stat"):
        return {"outcome": so_far.lower()}
    return {"title": so_far, "summary": so_far} | ({"slug": f"words-{number}"} if kind == "new page" else {})


@pytest.mark.parametrize("kind", KINDS)
def test_half_a_minute_of_autosave_does_not_move_it(kind: str, tree: factories.SiteTree) -> None:
    sitting = sitting_at(kind, client_of(Role.AUTHOR), tree)
    moves = Moves()
    for number in range(AUTOSAVES):
        sitting.autosave(**words(kind, number))
        if number % PING_EVERY == 0:
            sitting.ping()
        if number % PREVIEW_EVERY == 0:
            sitting.preview()
    sitting.leave()
    assert (moves.number, moves.rows.count()) == (0, 0)
    draft = sitting.obj.get_latest_revision_as_object()
    assert str(AUTOSAVES - 1) in (draft.outcome if kind.endswith("stat") else draft.title)
    assert sitting.obj.live == kind.startswith("live")
    if kind == "new stat":
        assert Evidence.objects.filter(stat=sitting.object_pk).count() == 1


@pytest.mark.one_database
@pytest.mark.parametrize("role", list(Role))
def test_editing_does_not_move_it_until_it_is_published(role: Role, tree: factories.SiteTree) -> None:
    client = client_of(role)
    sittings = {kind: sitting_at(kind, client, tree) for kind in KINDS}
    moves = Moves()
    for kind, sitting in sittings.items():
        sitting.autosave(**words(kind, 0))
        sitting.preview()
        sitting.ping()
        # A draft saved with the button.
        assert post(client, sitting.url).status_code == 302
    client.post(reverse("wagtailadmin_logout"))
    assert (moves.number, moves.rows.count()) == (0, 0)
    if role != Role.AUTHOR:
        client = client_of(role)
        published = [sitting for kind, sitting in sittings.items() if kind.endswith("page")]
        moves = Moves()
        assert [post(client, one.url, **{"action-publish": "1"}).status_code for one in published] == [302, 302]
        assert moves.number >= len(published)


def test_logging_in_and_out_does_not_move_it(client: Client, tree: factories.SiteTree) -> None:
    user = factories.UserFactory(role="Editor")
    moves = Moves()
    wrong = client.post(reverse("wagtailadmin_login"), {"username": user.email, "password": "something else"})
    assert wrong.status_code == 200
    right = client.post(reverse("wagtailadmin_login"), {"username": user.email, "password": factories.PASSWORD})
    assert right.status_code == 302
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    client.post(reverse("wagtailadmin_logout"))
    client.post(reverse("wagtailadmin_password_reset"), {"email": user.email})
    assert (moves.number, moves.rows.count()) == (0, 0)


def screens(tree: factories.SiteTree) -> Iterator[str]:
    stock = admin_stock(tree)
    for one in admin_addresses():
        yield reverse(one.full_name, kwargs=stock.arguments(one.namespace, one.name, list(one.parts)))


@pytest.mark.one_database
def test_opening_every_admin_view_does_not_move_it(tree: factories.SiteTree) -> None:
    urls, moved = list(screens(tree)), []
    for role in (Role.AUTHOR, Role.ADMINISTRATOR):
        client = client_of(role)
        client.raise_request_exception = False
        for url in urls:
            moves = Moves()
            client.get(url)
            if moves.number:
                moved.append((role, url))
    assert moved == []


def test_an_empty_upload_does_not_move_it() -> None:
    client = client_of(Role.EDITOR)
    moves = Moves()
    for name in ("wagtailimages:add", "wagtaildocs:add"):
        response: Any = client.post(reverse(name), {"title": "Nothing"})
        assert response.status_code == 200
    assert (moves.number, moves.rows.count()) == (0, 0)
