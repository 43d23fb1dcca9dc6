"""Text is compressed. Other files are sent unchanged, with their length."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import ImpactStatFactory, SiteDocumentFactory, SiteImageFactory, SiteTree, UserFactory

pytestmark = pytest.mark.django_db
ASKS = {"Accept-Encoding": "gzip"}


def test_pages_and_data_files_are_compressed(client: Client, site_tree: SiteTree) -> None:
    ImpactStatFactory()
    for url in (site_tree.home.url, reverse("stats_json"), reverse("stats_csv")):
        response = client.get(url, headers=ASKS)
        assert response["Content-Encoding"] == "gzip", url
        assert gzip.decompress(response.content), url


def test_images_and_documents_keep_their_length(client: Client) -> None:
    client.force_login(UserFactory(role="Author"))
    image, document = SiteImageFactory().get_rendition("max-165x165"), SiteDocumentFactory()
    for url in (image.url, document.url):
        response = client.get(url, headers=ASKS)
        assert response.status_code == 200
        assert response.get("Content-Encoding") != "gzip", url
        assert int(response["Content-Length"]) > 0, url
