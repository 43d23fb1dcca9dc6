"""An edit form can ask whether its user is still signed in, and send what was typed after another sign-in."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.publishing.admin_forms import edit_url, filled_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_token_of_another_sign_in_is_taken(site_tree: factories.SiteTree) -> None:
    client = Client(enforce_csrf_checks=True)
    author = factories.UserFactory(role="Editor")
    client.force_login(author)
    item = factories.NewsItemPageFactory(parent=site_tree.news)
    form = filled_in(client, edit_url(item), title="Typed words")
    signed_in_anew = Client(enforce_csrf_checks=True)
    signed_in_anew.force_login(author)
    assert signed_in_anew.post(edit_url(item), form).status_code == 403

    form["csrfmiddlewaretoken"] = signed_in_anew.get(reverse("sign_in_check")).json()["token"]

    assert signed_in_anew.post(edit_url(item), form).status_code == 302
    item.refresh_from_db()
    assert item.get_latest_revision_as_object().title == "Typed words"


def test_nobody_else_gets_one(client: Client, db: None) -> None:
    response = client.get(reverse("sign_in_check"))
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]
