"""Where a strategy is used is said only by an entry, and each entry names its source."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client

from site_core.taxonomy.models import PlaceTerm
from strategies.models import StrategyPage
from strategies.uses import StrategyUse, plain_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded"), pytest.mark.one_database]

GVI, IPVI, DMI = (
    "/strategies/group-violence-intervention/",
    "/strategies/intimate-partner-violence-intervention/",
    "/strategies/drug-market-intervention/",
)
NATIONAL = "/strategies/national-initiative-for-building-community-trust-and-justice/"
ON_RECORD = {
    ("GVI", "Boston", "Carried out from the mid-1990s"),
    ("GVI", "Chicago", "Carried out"),
    ("GVI", "Detroit", "Carried out from 2015"),
    ("GVI", "New Orleans", "Carried out"),
    ("GVI", "Oakland", "Carried out from 2012"),
    ("GVI", "Pittsburgh", "Carried out"),
    ("IPVI", "High Point", "Carried out from 2012"),
    ("IPVI", "Kingston", "Announced April 2018"),
    ("DMI", "High Point", "Carried out from 2004"),
    ("DMI", "Rutland", "Studied"),
}


def sections_of(client: Client, address: str) -> dict[str, Any]:
    """The sections of a page by their headings, as text."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    found = {}
    for section in page.select("main section"):
        if heading := section.find("h2"):
            found[heading.get_text(" ", strip=True)] = " ".join(section.get_text(" ").split())
    return found


def test_the_uses_on_record_are_loaded_and_no_others() -> None:
    uses = StrategyUse.objects.select_related("page")
    assert {(use.page.abbreviation, use.place.name, use.words) for use in uses} == ON_RECORD
    assert all(use.source for use in uses)


def test_a_strategys_page_says_where_it_was_carried_out_and_who_says_so(client: Client) -> None:
    sections = sections_of(client, GVI)
    carried_out = sections["Where it was carried out"]
    assert "Oakland Carried out from 2012 Source: New York Times, April 2018" in carried_out
    for place in ("Cincinnati", "Lowell", "Newburgh"):
        assert place not in carried_out
        assert place in sections["Other places in our records"]
    page = BeautifulSoup(client.get(GVI).content, "html.parser")
    assert page.select('main a[href="/news/taking-aim-at-gun-violence-with-personal-deterrence/"]')


def test_announced_and_studied_are_not_called_carried_out(client: Client) -> None:
    ipvi, dmi = sections_of(client, IPVI), sections_of(client, DMI)
    assert "Kingston Announced April 2018" in ipvi["Where it was announced"]
    assert "Kingston" not in ipvi["Where it was carried out"]
    assert "Rutland Studied" in dmi["Where it was studied"]
    assert "Rutland" not in dmi["Where it was carried out"]


def test_tags_alone_are_places_in_our_records(client: Client) -> None:
    sections = sections_of(client, NATIONAL)
    assert sections["Places in our records"].startswith("Places in our records Pittsburgh")
    international = sections_of(client, "/strategies/nnsc-international/")
    assert not any(heading.endswith("in our records") for heading in international)


@pytest.mark.parametrize("address", ["/", "/strategies/"])
def test_lists_say_the_same(client: Client, address: str) -> None:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    rows = [" ".join(row.get_text(" ").split()) for row in page.select(".strategy-row .source")]
    assert rows[:3] == [
        "Carried out in Boston , Chicago , Detroit , New Orleans , Oakland , Pittsburgh "
        "Other places in our records Cincinnati , Lowell , Newburgh 7 figures on record",
        "Carried out in High Point Announced in Kingston No figures on record",
        "Carried out in High Point Studied in Rutland Other places in our records Nashville 2 figures on record",
    ]


def test_a_place_says_what_was_done_there_and_what_only_stands_in_the_records(client: Client) -> None:
    high_point = sections_of(client, "/places/high-point/")
    assert "Carried out from 2004 Source: NNSC’s page on the strategy" in high_point["Strategies"]
    assert not any(heading.endswith("in our records") for heading in high_point)
    lowell = sections_of(client, "/places/lowell/")
    assert "Strategies" not in lowell
    assert "Group Violence Intervention" in lowell["Strategies in our records"]


def test_no_page_says_used_in_or_in_use(client: Client) -> None:
    pages = [GVI, IPVI, DMI, NATIONAL, "/", "/strategies/", "/places/"]
    places = [f"/places/{slug}/" for slug in PlaceTerm.objects.filter(has_page=True).values_list("slug", flat=True)]
    for address in [*pages, *places]:
        text = client.get(address).content.decode()
        assert not [words for words in ("Used in", "Strategies in use", "is one of the places") if words in text], (
            address
        )


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("boston", "Boston, Massachusetts. On record: measured figures with their evidence and strategies."),
        ("kingston", "Kingston, New York. On record: strategies and news."),
    ],
)
def test_the_description_of_a_place_promises_only_what_is_there(client: Client, slug: str, words: str) -> None:
    page = BeautifulSoup(client.get(f"/places/{slug}/").content, "html.parser")
    assert [meta["content"] for meta in page.select('meta[name="description"]')] == [words]


def test_a_draft_changes_nothing_in_public_and_a_hidden_strategy_names_no_place(client: Client) -> None:
    page = StrategyPage.objects.get(abbreviation="DMI")
    page.uses = [use for use in page.uses.all() if use.place.name == "Rutland"]
    page.save_revision()
    assert "Carried out from 2004" in sections_of(client, "/places/high-point/")["Strategies"]
    page.get_latest_revision().publish()
    assert "Carried out from 2004" not in sections_of(client, "/places/high-point/").get("Strategies", "")
    StrategyPage.objects.get(abbreviation="DMI").unpublish()
    assert "Drug Market" not in sections_of(client, "/places/rutland/").get("Strategies", "")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("2018-04", "April 2018"),
        ("april 3, 2018", "April 3, 2018"),
        ("2012", "2012"),
        ("mid-1990s", "mid-1990s"),
        (" 1990s ", "1990s"),
        ("", ""),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(typed: str, printed: str) -> None:
    assert plain_date(typed) == printed


def test_a_date_that_is_none_and_two_sources_at_once_are_refused_with_a_sentence() -> None:
    with pytest.raises(ValidationError, match="“a while ago” is not a date"):
        StrategyUse(since="a while ago").clean()
    with pytest.raises(ValidationError, match="not both"):
        StrategyUse(news_item_id=1, url="https://example.org/").clean()
