"""The structured data of every page of the organization's own content is in the page's text, too."""

import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.contracts.claims import graph_of, not_said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded"), pytest.mark.one_database]


def test_each_claim_stands_in_the_pages_text(client: Client) -> None:
    addresses = []
    for section in ("pages", "places", "figures"):
        listed = client.get(f"/sitemap-{section}-1.xml").getvalue().decode()
        addresses += [urlsplit(address).path for address in re.findall("<loc>(.+?)</loc>", listed)]
    assert len(addresses) > 40
    for address in addresses:
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert graph_of(page), f"{address} says nothing of itself."
        assert not_said(page) == [], address
