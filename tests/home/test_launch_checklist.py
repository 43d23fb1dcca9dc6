"""“Before you go public” on the admin homepage."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.launch_checklist import open_items
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

COMPLETE = {"name": "Complete line", "number": "000-000-0001", "hours": "24 hours a day"} | {
    "checked_on": date(2018, 4, 3)
}


def admin_of(client: Client, role: str) -> str:
    client.force_login(factories.UserFactory(role=role))
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_what_is_missing_is_listed_each_with_the_way_to_enter_it(
    client: Client, site_tree: factories.SiteTree
) -> None:
    factories.ImpactStatFactory()
    factories.NewsItemPageFactory(parent=site_tree.news)
    urls = {item.text: item.url for item in open_items()}
    assert "/admin/settings/organization/organizationsettings/" in urls["The name of the press contact"]
    assert "Impact stats without the date on which somebody checked them: 1" in urls
    assert "Press mentions without a link to their article: 1" in urls
    admin = admin_of(client, "Managing editor")
    for text, url in urls.items():
        assert text in admin
        assert url in admin


def open_items_of_help_lines() -> list[str]:
    return [item.text for item in open_items() if "crisishelpsettings" in item.url]


def set_help_lines(*lines: dict[str, Any]) -> None:
    crisis_help = CrisisHelpSettings.load()
    crisis_help.help_lines = [("help_line", line) for line in lines]
    crisis_help.save()


def test_that_there_is_no_help_line_is_listed(site_tree: factories.SiteTree) -> None:
    assert open_items_of_help_lines() == ["A help line: none is entered yet"]


def test_each_help_line_is_listed_until_it_has_hours_and_somebody_has_checked_it(
    site_tree: factories.SiteTree,
) -> None:
    set_help_lines(
        COMPLETE,
        COMPLETE | {"name": "Unchecked line", "checked_on": None},
        COMPLETE | {"name": "Line without hours", "hours": ""},
    )
    assert open_items_of_help_lines() == [
        "The date on which somebody checked the help line “Unchecked line”",
        "The hours of the help line “Line without hours”",
    ]


def test_users_who_cannot_complete_the_list_do_not_see_it(client: Client, site_tree: factories.SiteTree) -> None:
    assert "Before you go public" not in admin_of(client, "Editor")


def test_the_list_is_done_when_it_is_empty(client: Client, site_tree: factories.SiteTree) -> None:
    organization = OrganizationSettings.load()
    for field in ("address", "phone", "press_name", "press_phone"):
        setattr(organization, field, "Example")
    organization.email = organization.press_email = organization.security_email = "press@example.org"
    organization.save()
    set_help_lines(COMPLETE)
    assert open_items() == []
    assert "Before you go public" not in admin_of(client, "Managing editor")
