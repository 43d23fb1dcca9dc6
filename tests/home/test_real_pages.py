"""What a visitor finds on the site with the organization's own content."""

from collections import Counter
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from impact.models import Study
from site_core.pages.content_checks.findings import HIGHEST_GRADE, content_issues
from site_core.pages.content_checks.words import reading_grade
from site_core.taxonomy.models import PlaceTerm
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded"), pytest.mark.one_database]


def page_at(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def words_of(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


def test_home_holds_mission_principles_and_strategies(client: Client) -> None:
    home = page_at(client, "/")
    assert words_of(home.h1) == "We support cities that put proven, strategic violence prevention to work."
    (principles,) = [found for found in home.select("main ol") if "First do no harm" in words_of(found)]
    assert [words_of(item) for item in principles.find_all("li")] == [
        "First do no harm",
        "Strengthen communities’ capacity to prevent violence",
        "Enhance legitimacy",
        "Offer help to those who want it",
        "Get deterrence right",
        "Use enforcement strategically",
    ]
    for strategy in (
        "group-violence-intervention",
        "intimate-partner-violence-intervention",
        "drug-market-intervention",
    ):
        assert home.select(f'main a[href="/strategies/{strategy}/"]')


def test_home_shows_six_items_in_order_with_month_and_publisher(client: Client) -> None:
    text = words_of(page_at(client, "/").main)
    lines = [
        "April 2018 | The United States Studies Centre",
        "April 2018 | Daily Freeman",
        "April 2018 | USA TODAY",
        "April 2018 | New York Times",
        "March 2018 | Pittsburgh Post-Gazette",
        "March 2018 | Police Chief Magazine",
    ]
    places = [text.index(line) for line in lines]
    assert places == sorted(places)


def test_home_shows_nine_figures_with_place_and_people(client: Client) -> None:
    home = page_at(client, "/")
    text = words_of(home.main)
    figures = [
        ("23 percent", "Chicago", "among factions represented at call-ins"),
        ("27 percent", "Boston", "among notified violent groups"),
        ("41 percent", "Cincinnati", "population not recorded"),
        ("36.4 percent", "Boston", "among gangs treated with crackdowns"),
        ("44 to 56 percent", "High Point", "in all four neighborhoods"),
        ("32 percent", "New Orleans", "population not recorded"),
        ("32 percent", "Chicago", "among factions represented at call-ins"),
        ("55 percent", "Nashville", "population not recorded"),
        ("44 percent", "Lowell", "through Project Safe Neighborhoods"),
    ]
    position = text.index("cannot be compared with one another")
    for figure in figures:
        for words in figure:
            position = text.index(words, position)


def test_the_main_menu_and_every_link_in_it(client: Client) -> None:
    home = page_at(client, "/")
    links = home.select("header nav a")
    assert [words_of(link) for link in links] == ["Strategies", "Places", "Impact", "News", "About"]
    for link in links:
        page_at(client, str(link["href"]))


def test_every_link_of_the_public_pages_leads_somewhere(client: Client) -> None:
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        found = page_at(client, address)
        links = {str(link["href"]).split("#")[0] for link in found.select('a[href^="/"]')}
        waiting += sorted(link for link in links if link and link not in seen and link not in waiting)
    assert len(seen) > 40


def test_filters_narrow_the_news_to_the_two_items(client: Client) -> None:
    found = page_at(client, "/news/?place=pittsburgh&strategy=group-violence-intervention")
    headlines = [words_of(link) for link in found.select("main article h3 a")]
    assert headlines == [
        "Taking Aim at Gun Violence, With Personal Deterrence",
        "Pittsburgh gun violence drops to 12-year low; mayor credits police anti-gang efforts",
    ]


def test_a_place_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/news/?place=atlantis").status_code == 404
    assert client.get("/places/atlantis/").status_code == 404


def test_boston_shows_its_two_figures_and_kingston_says_it_has_none(client: Client) -> None:
    boston = words_of(page_at(client, "/places/boston/").main)
    assert "27 percent" in boston
    assert "36.4 percent" in boston
    assert "No measured figure is on record for Kingston." in words_of(page_at(client, "/places/kingston/").main)


def test_thirteen_places_have_a_page_and_the_county_has_none(client: Client) -> None:
    places = page_at(client, "/places/")
    assert len(places.select('main table a[href^="/places/"]')) == 13
    assert client.get("/places/ulster-county/").status_code == 404


def test_impact_lists_nine_figures_each_with_its_evidence(client: Client) -> None:
    text = words_of(page_at(client, "/impact/").select_one("main table"))
    statuses = {
        "Same as the published study, compared Nov. 22, 2026": 2,
        "Same as the published report, compared Nov. 22, 2026": 1,
        "Source recorded, not yet checked": 2,
        "Differs from the study we found, which reports 31%": 1,
        "Differs from the federal case study we found, which reports 28% fewer aggravated assaults with a firearm": 1,
        "Source not confirmed. A federal assessment reports 5.5% fewer drug and nuisance offenses": 1,
        "Source not yet recorded": 1,
    }
    for words, number in statuses.items():
        assert text.count(words) == number, words


def test_a_comparison_over_unequal_periods_gives_yearly_rates(client: Client) -> None:
    text = words_of(page_at(client, "/news/domestic-abusers-dangerous-for-women-and-lethal-for-cops/").main)
    assert "counts per year: about 2.1 and 0.3." in text
    assert "94%" not in text


def test_the_search_finds_a_page_by_its_words_and_by_a_terms_other_name(client: Client) -> None:
    assert "Group Violence Intervention" in words_of(page_at(client, "/search/?q=ceasefire").main)
    assert "Daily Freeman" not in words_of(page_at(client, "/search/?q=opioid").main)


@pytest.mark.parametrize("old", ["/impact/news", "/impact/news/", "/impact/news/P25", "/impact/news/P575"])
def test_the_old_news_archive_leads_to_the_news(client: Client, old: str) -> None:
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, "/news/")


def test_nothing_only_the_organization_can_supply_is_on_the_pages(client: Client) -> None:
    contact = page_at(client, "/contact/")
    assert not contact.select('a[href^="mailto:"], a[href^="tel:"], address')


def test_an_archived_place_is_off_the_list_and_still_where_links_lead(client: Client) -> None:
    PlaceTerm.objects.filter(slug="boston").update(archived=True)
    assert not page_at(client, "/places/").select('main a[href="/places/boston/"]')
    assert "27 percent" in words_of(page_at(client, "/places/boston/").main)


def test_a_study_taken_off_file_confirms_nothing(client: Client) -> None:
    Study.objects.get(short_name="Papachristos and Kirk 2015").delete()
    text = words_of(page_at(client, "/impact/").select_one("main table"))
    assert text.count("Same as the published") == 1
    assert text.count("Source not yet recorded") == 3


def test_nothing_loaded_would_be_kept_back_by_the_authors_checks() -> None:
    pages = Page.objects.filter(depth__gt=1).specific()
    assert [finding for page in pages for finding in content_issues(page) if finding.is_blocking] == []


def test_each_summary_reads_like_grade_nine_or_lower() -> None:
    summaries = Page.objects.filter(depth__gt=1).specific()
    graded = {page.summary: reading_grade(page.summary) for page in summaries}
    assert len(graded) > 25
    assert {summary: grade for summary, grade in graded.items() if grade > HIGHEST_GRADE} == {}


def test_few_words_are_marked_and_each_rightly(client: Client) -> None:
    client.force_login(factories.UserFactory(role="Editor"))
    report = BeautifulSoup(client.get(reverse("wording_report")).content, "html.parser")
    marked = Counter(words_of(line).partition("“")[2].partition("”")[0] for line in report.select(".admin-points li"))
    assert marked == {"Tuesday afternoon": 2, "today": 2, "Today": 1, "WCAG": 1}
