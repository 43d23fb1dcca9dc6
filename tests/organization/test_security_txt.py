"""/.well-known/security.txt says what the organization entered, and the admin says in time that it runs out."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from site_core.organization.models import OrganizationSettings
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/.well-known/security.txt"
LAST_DAY = date(2027, 7, 15)


@pytest.fixture
def organization(site_tree: factories.SiteTree) -> OrganizationSettings:
    organization = OrganizationSettings.load()
    organization.security_email, organization.security_expires = "security@example.org", LAST_DAY
    organization.save()
    return organization


def test_while_nothing_is_entered_there_is_none(site_tree: factories.SiteTree, client: Client) -> None:
    assert client.get(ADDRESS).status_code == 404


def test_contact_expiry_language_and_where_it_stands(organization: OrganizationSettings, client: Client) -> None:
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Contact: mailto:security@example.org",
        "Expires: 2027-07-16T03:59:59Z",
        "Preferred-Languages: en",
        f"Canonical: http://localhost{ADDRESS}",
    ]


@pytest.mark.parametrize(
    ("email", "day", "at"), [("a@example.org", None, "security_expires"), ("", LAST_DAY, "security_email")]
)
def test_one_without_the_other_is_refused(email: str, day: date | None, at: str) -> None:
    with pytest.raises(ValidationError) as error:
        OrganizationSettings(security_email=email, security_expires=day).clean()
    assert list(error.value.message_dict) == [at]


def home_on(day: date, role: str) -> str:
    with time_machine.travel(f"{day.isoformat()}T12:00:00-05:00", tick=False):
        client = Client()
        client.force_login(factories.UserFactory(role=role))
        return client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_admin_warns_sixty_days_ahead_those_who_can_enter_another(organization: OrganizationSettings) -> None:
    warning = "valid through July 15, 2027"
    assert warning not in home_on(LAST_DAY - timedelta(days=61), "Managing editor")
    for day in (LAST_DAY - timedelta(days=60), LAST_DAY + timedelta(days=1)):
        home = home_on(day, "Managing editor")
        assert warning in home
        assert "/admin/settings/organization/organizationsettings/" in home
    assert warning not in home_on(LAST_DAY, "Editor")
