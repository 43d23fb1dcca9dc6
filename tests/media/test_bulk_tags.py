"""Tags that are added to several pictures or documents at once are read as on the edit screens."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FACTORIES: dict[str, Any] = {"image": factories.SiteImageFactory, "document": factories.SiteDocumentFactory}


@pytest.mark.parametrize("kind", FACTORIES)
@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ('"Boston, Massachusetts", Chicago', {"Boston, Massachusetts", "Chicago"}),
        (" Boston ,  boston,BOSTON", {"boston"}),
        ("Oakland", {"Oakland"}),
    ],
)
def test_tags_are_split_where_the_person_meant(client: Client, kind: str, typed: str, tags: set[str]) -> None:
    first, second = FACTORIES[kind].create_batch(2)
    first.tags.add("boston")
    first.tags.clear()
    client.force_login(factories.UserFactory(role="Editor"))
    url = reverse("wagtail_bulk_action", args=[first._meta.app_label, first._meta.model_name, "add_tags"])

    response = client.post(f"{url}?id={first.pk}&id={second.pk}", {"tags": typed})

    assert response.status_code == 302
    for one in (first, second):
        assert set(one.tags.names()) == tags


@pytest.mark.parametrize("typed", ["", ",", '""', "x" * 150])
def test_tags_that_are_none_are_refused_in_words(client: Client, typed: str) -> None:
    image = factories.SiteImageFactory()
    client.force_login(factories.UserFactory(role="Editor"))
    url = reverse("wagtail_bulk_action", args=["media", "siteimage", "add_tags"])
    response = client.post(f"{url}?id={image.pk}", {"tags": typed})
    assert response.status_code in (200, 302)
    assert not image.tags.exists()
