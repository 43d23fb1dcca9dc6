"""The admin can show every row that the organization's own content adds to the ledger."""

import pytest
from django.test import Client
from django.urls import reverse

from site_core.publishing.history.recorded_objects import as_it_was, content_in_words
from site_core.publishing.ledger.comparison import differences
from site_core.publishing.ledger.publications import Publication
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_kind_of_object_can_be_read(loaded: None) -> None:
    client = Client()
    client.force_login(factories.UserFactory(is_superuser=True))
    labels = Publication.objects.order_by().values_list("model_label", flat=True).distinct()
    assert len(labels) > 10
    for label in labels:
        row = Publication.objects.filter(model_label=label, is_public=True).latest("pk")
        urls = [
            reverse("publication", args=[row.pk]),
            reverse("publication_history", args=[label, row.object_id]),
        ]
        if as_it_was(row):
            urls.append(reverse("publication_look", args=[row.pk]))
        for url in urls:
            assert client.get(url).status_code == 200, f"{label}: {url}"
        assert content_in_words(row), label


def test_it_agrees_with_what_is_public(loaded: None) -> None:
    assert differences() == []
