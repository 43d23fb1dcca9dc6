"""The alert at the top of every page."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from site_core.organization.models import Alert
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_newest_live_alert_is_shown_on_every_page(client: Client, site_tree: factories.SiteTree) -> None:
    older, newer = factories.AlertFactory(text="The older one."), factories.AlertFactory(text="The newer one.")
    for url in ("/", "/news/", "/search/", "/no-such-page/"):
        page = client.get(url).content.decode()
        assert "The newer one." in page
        assert "The older one." not in page
    newer.unpublish()
    assert older.text in client.get("/").content.decode()


def test_an_alert_published_again_is_the_newest(site_tree: factories.SiteTree) -> None:
    older = factories.AlertFactory(text="The older one.")
    factories.AlertFactory(text="The newer one.")
    older.save_revision().publish()
    newest = Alert.objects.newest_live()
    assert newest
    assert newest.text == "The older one."


def test_a_draft_alert_is_not_shown(client: Client, site_tree: factories.SiteTree) -> None:
    factories.AlertFactory(text="Not yet.", draft=True)
    assert "Not yet." not in client.get("/").content.decode()


def test_a_link_leads_to_its_page_unless_that_is_taken_down(client: Client, site_tree: factories.SiteTree) -> None:
    alert = factories.AlertFactory(link_page=site_tree.about, link_text="Read on")
    assert "Read on" in client.get("/").content.decode()
    site_tree.about.unpublish()
    alert.refresh_from_db()
    assert alert.link == ""
    assert "Read on" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"link_url": "https://example.org/"}, "link_text"),
        ({"link_text": "Read on"}, "link_text"),
        ({"link_url": "javascript:alert(1)", "link_text": "Read on"}, "link_url"),
        ({"link_url": "example.org", "link_text": "Read on"}, "link_url"),
    ],
)
def test_half_a_link_or_an_unsafe_one_is_refused_at_its_field(fields: dict[str, str], at: str) -> None:
    with pytest.raises(ValidationError) as error:
        Alert(text="Example.", **fields).full_clean()
    assert list(error.value.message_dict) == [at]
