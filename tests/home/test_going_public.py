"""“Before you go public” in the admin's home."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.going_public import open_points
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings
from tests import factories

pytestmark = pytest.mark.django_db

SETTLED = {"name": "Settled line", "number": "000-000-0001", "hours": "24 hours a day"} | {
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
    points = {point.text: point.address for point in open_points()}
    assert "/admin/settings/organization/organizationsettings/" in points["The name of the press contact"]
    assert "Figures without a day on which somebody checked them: 1" in points
    assert "Press mentions without a link to their article: 1" in points
    admin = admin_of(client, "Managing editor")
    for text, address in points.items():
        assert text in admin
        assert address in admin


def points_about_care() -> list[str]:
    return [point.text for point in open_points() if "crisishelpsettings" in point.address]


def set_help_lines(*lines: dict[str, Any]) -> None:
    care = CrisisHelpSettings.load()
    care.help_lines = [("help_line", line) for line in lines]
    care.save()


def test_that_there_is_no_help_line_is_listed(site_tree: factories.SiteTree) -> None:
    assert points_about_care() == ["A help line: none is on record"]


def test_each_help_line_is_listed_until_it_has_hours_and_somebody_has_checked_it(
    site_tree: factories.SiteTree,
) -> None:
    set_help_lines(
        SETTLED,
        SETTLED | {"name": "Unchecked line", "checked_on": None},
        SETTLED | {"name": "Line without hours", "hours": ""},
    )
    assert points_about_care() == [
        "A day on which somebody checked the help line “Unchecked line”",
        "The help line “Line without hours”: its hours",
    ]


def test_whoever_cannot_settle_it_does_not_see_it(client: Client, site_tree: factories.SiteTree) -> None:
    assert "Before you go public" not in admin_of(client, "Editor")


def test_the_list_is_done_when_it_is_empty(client: Client, site_tree: factories.SiteTree) -> None:
    organization = OrganizationSettings.load()
    for field in ("address", "phone", "press_name", "press_phone"):
        setattr(organization, field, "Example")
    organization.email = organization.press_email = organization.security_email = "press@example.org"
    organization.save()
    set_help_lines(SETTLED)
    assert open_points() == []
    assert "Before you go public" not in admin_of(client, "Managing editor")
