"""The menu of the admin has the items that each role works with, in one order."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EVERYBODY = [
    "News",
    "Pages",
    "Impact stats",
    "Alerts",
    "Publishers",
    "Images",
    "Documents",
    "Schedule",
    "Reports",
    "Help",
]
MANAGING = [*EVERYBODY[:3], "Places and tags", *EVERYBODY[3:9], "Settings", "Help"]


def menu_of(role: str) -> dict[str, list[str]]:
    """Maps the labels of the sidebar to the labels of their submenus."""
    client = Client()
    client.force_login(factories.UserFactory(role=role))
    request = client.get(reverse("wagtailadmin_home")).wsgi_request
    return {
        item.label: [below.label for below in in_order(item.menu, request)] if hasattr(item, "menu") else []
        for item in in_order(admin_menu, request)
    }


def in_order(menu: Any, request: Any) -> list[Any]:
    """The items in the order in which Wagtail renders them."""
    return sorted(menu.menu_items_for_request(request), key=lambda item: item.order)


def test_an_author_sees_the_content_menus() -> None:
    assert list(menu_of("Author")) == EVERYBODY


def test_an_editor_also_sees_promoted_search_results() -> None:
    assert list(menu_of("Editor")) == [*EVERYBODY[:9], "Settings", "Help"]
    assert menu_of("Editor")["Settings"] == ["Promoted results"]


@pytest.mark.parametrize("role", ["Managing editor", "Administrator"])
def test_managing_editors_and_above_also_see_terms_and_settings(role: str) -> None:
    assert list(menu_of(role)) == MANAGING


def test_a_managing_editor_finds_the_approval_rules() -> None:
    assert "Approval rules" in menu_of("Managing editor")["Settings"]


def test_reports_for_developers_are_hidden() -> None:
    reports = menu_of("Administrator")["Reports"]
    assert "Site history" in reports
    assert not {"Workflows", "Workflow tasks", "Page types usage"} & set(reports)
