"""/.well-known/security.txt shows the security contact, and the admin warns before that expires."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from site_core.organization.models import OrganizationSettings
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

URL = "/.well-known/security.txt"
LAST_DAY = date(2027, 7, 15)


@pytest.fixture
def organization(site_tree: factories.SiteTree) -> OrganizationSettings:
    organization = OrganizationSettings.load()
    organization.security_email, organization.security_expires = "security@example.org", LAST_DAY
    organization.save()
    return organization


def test_without_a_security_contact_there_is_no_file(site_tree: factories.SiteTree, client: Client) -> None:
    assert client.get(URL).status_code == 404


def test_the_file_has_contact_expiry_language_and_canonical_url(
    organization: OrganizationSettings, client: Client
) -> None:
    response = client.get(URL)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Contact: mailto:security@example.org",
        "Expires: 2027-07-16T03:59:59Z",
        "Preferred-Languages: en",
        f"Canonical: http://localhost{URL}",
    ]


@pytest.mark.parametrize(
    ("email", "day", "at"), [("a@example.org", None, "security_expires"), ("", LAST_DAY, "security_email")]
)
def test_contact_and_expiry_need_each_other(email: str, day: date | None, at: str) -> None:
    with pytest.raises(ValidationError) as error:
        OrganizationSettings(security_email=email, security_expires=day).clean()
    assert list(error.value.message_dict) == [at]


@time_machine.travel("2026-11-30T12:00:00-05:00")
def test_the_last_day_is_at_most_a_year_ahead() -> None:
    OrganizationSettings(security_email="a@example.org", security_expires=date(2027, 11, 30)).clean()
    with pytest.raises(ValidationError, match="at most a year ahead"):
        OrganizationSettings(security_email="a@example.org", security_expires=date(2027, 12, 2)).clean()


def home_on(day: date, role: str) -> str:
    with time_machine.travel(f"{day.isoformat()}T12:00:00-05:00", tick=False):
        client = Client()
        client.force_login(factories.UserFactory(role=role))
        return client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_admin_warns_those_who_can_change_the_contact_sixty_days_ahead(organization: OrganizationSettings) -> None:
    warning = "valid through July 15, 2027"
    assert warning not in home_on(LAST_DAY - timedelta(days=61), "Managing editor")
    for day in (LAST_DAY - timedelta(days=60), LAST_DAY + timedelta(days=1)):
        home = home_on(day, "Managing editor")
        assert warning in home
        assert "/admin/settings/organization/organizationsettings/" in home
    assert warning not in home_on(LAST_DAY, "Editor")
