"""A form is checked before the transaction of its save, and saved only if nobody has saved anything meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from news.models import NewsItemPage
from site_core.fields import incoming_text
from site_core.fields.text import clean_text
from site_core.pages.content_checks import findings
from site_core.pages.content_checks.findings import Weight
from tests import factories
from tests.publishing.admin_forms import edit_url, filled_in

pytestmark = pytest.mark.django_db

CHECKED = ("action-publish", "action-submit")


@pytest.fixture
def checking(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What is called by a content check."""
    called: list[Callable[[], None]] = []

    def check(parts: Any) -> Any:
        for call in called:
            call()
        return iter(())

    monkeypatch.setattr(findings, "CHECKS", (*findings.CHECKS, (check, Weight.HINT)))
    return called


def in_a_save() -> bool:
    """Whether a transaction is open within that of the test."""
    return len(connection.savepoint_ids) > 0


def author_of(item: NewsItemPage | None, client: Client, role: str) -> None:
    user = factories.UserFactory(role=role)
    client.force_login(user)
    if item:
        NewsItemPage.objects.filter(pk=item.pk).update(owner=user)


@pytest.mark.parametrize("action", [*CHECKED, "save"])
@pytest.mark.parametrize("is_new", [True, False])
def test_no_transaction_is_open_while_a_form_is_checked(
    client: Client,
    site_tree: factories.SiteTree,
    checking: list[Callable[[], None]],
    monkeypatch: pytest.MonkeyPatch,
    action: str,
    is_new: bool,
) -> None:
    author_of(None, client, "Author" if action == "action-submit" else "Editor")
    url = reverse("wagtailadmin_pages:add", args=["news", "newsitempage", site_tree.news.pk])
    if not is_new:
        url = edit_url(factories.NewsItemPageFactory(parent=site_tree.news, draft=True, owner=factories.UserFactory()))
        author_of(NewsItemPage.objects.get(), client, "Author" if action == "action-submit" else "Editor")
    form = filled_in(client, url, title="New words", date="2020", summary="A city meets.", **{action: "1"})
    checks, cleanings = [], []
    checking.append(lambda: checks.append(in_a_save()))

    def cleaning(text: str, **options: bool) -> str:
        cleanings.append(in_a_save())
        return clean_text(text, **options)

    monkeypatch.setattr(incoming_text, "clean_text", cleaning)
    assert client.post(url, form).status_code == 302
    assert set(checks) == ({False} if action in CHECKED else set())
    assert set(cleanings) == {False}
    saved = NewsItemPage.objects.get()
    assert saved.latest_revision.content["title"] == "New words"
    assert saved.live == (action == "action-publish")


@pytest.fixture
def item(site_tree: factories.SiteTree) -> NewsItemPage:
    return factories.NewsItemPageFactory(parent=site_tree.news, title="Old words", summary="A city meets.")


def once(call: Callable[[], None]) -> Callable[[], None]:
    left = [call]
    return lambda: left.pop()() if left else None


def test_what_is_saved_while_a_form_is_checked_is_not_overwritten(
    client: Client, item: NewsItemPage, checking: list[Callable[[], None]]
) -> None:
    author_of(None, client, "Editor")
    form = filled_in(client, edit_url(item), title="Typed words", **{"action-publish": "1"})

    def save() -> None:
        theirs = item.get_latest_revision_as_object()
        theirs.title = "A colleague's words"
        theirs.save_revision(user=factories.UserFactory(role="Editor"))

    checking.append(once(save))
    response = client.post(edit_url(item), form)
    assert response.status_code == 200
    assert "saved a newer version" in response.content.decode()
    item.refresh_from_db()
    assert item.title == "Old words"
    assert item.latest_revision.content["title"] == "A colleague's words"


def test_what_is_locked_while_a_form_is_checked_is_not_saved(
    client: Client, item: NewsItemPage, checking: list[Callable[[], None]]
) -> None:
    author_of(None, client, "Editor")
    form = filled_in(client, edit_url(item), title="Typed words", **{"action-publish": "1"})
    checking.append(
        once(lambda: NewsItemPage.objects.update(locked=True, locked_by=factories.UserFactory(role="Editor")) and None)
    )
    response = client.post(edit_url(item), form)
    assert response.status_code == 200
    assert "Typed words" in response.content.decode()
    item.refresh_from_db()
    assert item.title == "Old words"
