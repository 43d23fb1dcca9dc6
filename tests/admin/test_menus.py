"""The admin's menu holds the places where each role works, in one order."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from tests import factories

pytestmark = pytest.mark.django_db

EVERYBODY = ["News", "Pages", "Figures", "Alerts", "Publishers", "Images", "Documents", "Schedule", "Reports", "Help"]
MANAGING = [*EVERYBODY[:3], "Places and tags", *EVERYBODY[3:9], "Settings", "Help"]


def menu_of(role: str) -> dict[str, list[str]]:
    """The items of the sidebar, each with those below it."""
    client = Client()
    client.force_login(factories.UserFactory(role=role))
    request = client.get(reverse("wagtailadmin_home")).wsgi_request
    return {
        item.label: [below.label for below in in_order(item.menu, request)] if hasattr(item, "menu") else []
        for item in in_order(admin_menu, request)
    }


def in_order(menu: Any, request: Any) -> list[Any]:
    """The items as Wagtail draws them."""
    return sorted(menu.menu_items_for_request(request), key=lambda item: item.order)


def test_whoever_writes_sees_the_places_of_their_work() -> None:
    assert list(menu_of("Author")) == EVERYBODY


def test_whoever_publishes_also_chooses_what_the_search_shows_first() -> None:
    assert list(menu_of("Editor")) == [*EVERYBODY[:9], "Settings", "Help"]
    assert menu_of("Editor")["Settings"] == ["Promoted results"]


@pytest.mark.parametrize("role", ["Managing editor", "Administrator"])
def test_whoever_minds_terms_and_settings_sees_them_too(role: str) -> None:
    assert list(menu_of(role)) == MANAGING


def test_a_managing_editor_finds_the_rules_of_approval() -> None:
    assert "Approval rules" in menu_of("Managing editor")["Settings"]


def test_reports_on_the_software_itself_are_left_out() -> None:
    reports = menu_of("Administrator")["Reports"]
    assert "Site history" in reports
    assert not {"Workflows", "Workflow tasks", "Page types usage"} & set(reports)
