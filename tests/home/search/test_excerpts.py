"""Excerpts: what is one sentence stays one, and what is two stays two."""

import pytest
from django.test import Client

from home.search.excerpts import excerpt
from tests import factories


@pytest.mark.one_database
def test_each_line_of_a_text_is_a_sentence() -> None:
    text = "If you search\nThe words are used.\n\nPolice,\n“Services”\nA share (20%)\nEnd"
    assert excerpt(text, []) == "If you search. The words are used. Police, “Services”. A share (20%). End."


@pytest.mark.django_db
def test_no_excerpt_runs_two_blocks_or_two_paragraphs_together(site_tree: factories.SiteTree, client: Client) -> None:
    body = [
        ("heading", "A quokka heading"),
        ("text", "<ul><li>police</li><li>services\n of cities</li></ul><h3>Who asks</h3><p>Everybody <b>does</b></p>"),
        ("heading", "What follows"),
    ]
    factories.TextPageFactory(parent=site_tree.about, title="Plain page", summary="A summary.", body=body)
    page = client.get("/search/", {"q": "quokka"}).content.decode()
    expected = "A <mark>quokka</mark> heading. police. services of cities. Who asks. Everybody does. What follows."
    assert expected in page


@pytest.mark.django_db
@pytest.mark.one_database
def test_a_date_of_a_timeline_and_what_happened_are_one_sentence(
    site_tree: factories.SiteTree, client: Client
) -> None:
    entries = [
        {"date": "mid-1990s", "text": "A quokka arrives.", "source": "<p>Gazette, <a href='/'>May 1996</a></p>"},
        {"date": "2004", "text": "It leaves.", "source": ""},
    ]
    body = [("heading", "How it went"), ("timeline", {"entries": entries})]
    factories.TextPageFactory(parent=site_tree.about, title="Plain page", summary="A summary.", body=body)
    page = client.get("/search/", {"q": "quokka"}).content.decode()
    expected = "How it went. Mid-1990s: A <mark>quokka</mark> arrives. Gazette, May 1996. 2004: It leaves."
    assert expected in page
