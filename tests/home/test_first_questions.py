"""The first questions of five visitors are answered within two clicks of the home page.

Each case names the links to follow and the sentence that answers. Where only the organization can answer and has not
yet, the page says so in a sentence of its own, and the case names the line of the list “Before you go public”.
"""

from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.launch_checklist import open_items
from home.models import TextPage
from site_core.organization.models import OrganizationSettings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded"), pytest.mark.one_database]

MOST_CLICKS = 2
GVI = "Group Violence Intervention"
FIGURE = "How we know : 23 percent reduction in overall shooting behavior, Chicago"
OAKLAND = "Taking Aim at Gun Violence, With Personal Deterrence"


@dataclass(frozen=True)
class Question:
    """Who asks what, the words of the links that lead to the answer, and the sentence that gives it."""

    visitor: str
    asks: str
    links: tuple[str, ...]
    answer: str
    # What the admin lists where only the organization knows.
    missing: str = ""


QUESTIONS = [
    Question("mayor's aide", "Which cities?", (GVI,), "Oakland Carried out from 2012 Source: New York Times"),
    Question("mayor's aide", "Does it work?", ("Impact",), "23 percent reduction in overall shooting behavior among"),
    Question(
        "mayor's aide",
        "Whom do I call?",
        ("Start here",),
        "address or phone number has been published yet.",
        missing="A phone number for everyone",
    ),
    Question("chief", "What happens at a call-in?", ("For families",), "A call-in is a meeting."),
    Question("chief", "Is there a guide?", ("Start here",), "Group Violence Intervention, 2013, revised in 2016"),
    Question("chief", "What came of it in Oakland?", (OAKLAND,), "Oakland Murders 2012 126 2017 74 Down 41%"),
    Question(
        "mother", "Is there help for me?", ("For families",), "National Domestic Violence Hotline 1-800-799-7233"
    ),
    Question("mother", "Does it mean more arrests?", ("For families",), "keep arrest and incarceration to a minimum"),
    Question("mother", "What of my city?", ("Places", "Kingston"), "Announced April 2018 Source: Daily Freeman"),
    Question(
        "reporter",
        "Who is the press contact?",
        ("Press",),
        "No press contact has been published yet.",
        missing="The phone number of the press contact",
    ),
    Question("reporter", "Which number may I quote?", ("Press",), "among factions represented at call-ins"),
    Question(
        "reporter",
        "Where is the article?",
        (OAKLAND,),
        "Date April 2018 Publisher New York Times",
        missing="Press mentions without a link to their article: 6",
    ),
    Question("researcher", "Where are the data?", ("Impact",), "All figures with their population, scope, status"),
    Question("researcher", "Which study?", (FIGURE,), "Papachristos, A. V., and Kirk, D. S. (2015)."),
    Question("researcher", "What is the method?", ("How figures are checked",), "the least favorable one decides"),
]


def page_at(client: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def words_of(element: object) -> str:
    return " ".join(element.get_text(" ").split())  # type: ignore[attr-defined]


def address_behind(page: BeautifulSoup, words: str) -> str:
    """The address of the first link with these words, perhaps with an abbreviation after them."""
    for link in page.select("a[href]"):
        if words_of(link) == words or words_of(link).startswith(f"{words} ("):
            return str(link["href"])
    raise AssertionError(f"There is no link “{words}”.")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question.visitor}: {question.asks}")
def test_each_question_is_answered_within_two_clicks(client: Client, question: Question) -> None:
    assert len(question.links) <= MOST_CLICKS
    page = page_at(client, "/")
    for link in question.links:
        page = page_at(client, address_behind(page, link))
    assert question.answer in words_of(page.main)


def test_what_only_the_organization_knows_is_listed_before_it_goes_public() -> None:
    listed = [item.text for item in open_items()]
    missing = [question.missing for question in QUESTIONS if question.missing]
    assert len(missing) == 3
    assert [line for line in missing if line not in listed] == []
    for question in ("What it costs a city", "How many people it takes, and in what jobs"):
        assert f"{question} (on “Start here”)" in listed
    assert "How to object to a call-in or a visit (on “For families”)" in listed


def test_no_page_offers_a_contact_button_until_there_is_an_address_or_a_phone(client: Client) -> None:
    page, contact = TextPage.objects.get(slug="start-here"), TextPage.objects.get(slug="contact")
    link = {"text": "Contact", "page": contact, "url": ""}
    page.body.append(("call_to_action", {"text": "Talk to us about your city", "link": link}))
    page.save_revision().publish()
    for address in ("/", "/contact/", "/start-here/", "/for-families/", "/strategies/group-violence-intervention/"):
        assert not page_at(client, address).select('a.button[href="/contact/"]'), address
    assert "Talk to us" not in words_of(page_at(client, "/start-here/"))
    assert [item.is_blocker for item in open_items()][:2] == [True, False]
    organization = OrganizationSettings.load()
    organization.phone = "212-555-0100"
    organization.save()
    (button,) = page_at(client, "/start-here/").select('a.button[href="/contact/"]')
    assert words_of(button) == "Contact"
    assert not any(item.is_blocker for item in open_items())


@pytest.mark.parametrize("slug", ["start-here", "for-families"])
def test_the_pages_for_visitors_are_linked_from_home_and_from_every_footer(client: Client, slug: str) -> None:
    assert page_at(client, "/").select(f'main a.button[href="/{slug}/"]')
    assert page_at(client, "/news/").select(f'footer a[href="/{slug}/"]')
