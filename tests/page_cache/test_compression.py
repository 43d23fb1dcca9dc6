"""What is text goes compressed, and what is compressed already goes as it is, with its length."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import ImpactStatFactory, SiteDocumentFactory, SiteImageFactory, SiteTree

pytestmark = pytest.mark.django_db
ASKS = {"Accept-Encoding": "gzip"}


def test_a_page_and_the_data_of_figures_go_compressed(client: Client, site_tree: SiteTree) -> None:
    ImpactStatFactory()
    for address in (site_tree.home.url, reverse("stats_json"), reverse("stats_csv")):
        response = client.get(address, headers=ASKS)
        assert response["Content-Encoding"] == "gzip", address
        assert gzip.decompress(response.content), address


def test_pictures_and_documents_keep_their_length(client: Client) -> None:
    image, document = SiteImageFactory(), SiteDocumentFactory()
    for address in (image.file.url, document.url):
        response = client.get(address, headers=ASKS)
        assert response.status_code == 200
        assert response.get("Content-Encoding") != "gzip", address
        assert int(response["Content-Length"]) > 0, address
