"""The site search over the organization's own content: what comes first, and that nothing typed makes it fail."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from hypothesis import example, given, settings
from hypothesis import strategies as st

from home.search.site_search import SiteSearch
from home.search.suggestions import MAX_SUGGESTIONS, suggestions
from news.models import NewsIndexPage
from site_core.fields.pagination import ROWS_ON_A_PAGE
from tests import factories
from tests.home.search.search_vectors import PLAIN_WORDS, QUESTIONS, SYNONYMS, TYPOS, VECTORS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded"), pytest.mark.sweep]

OPERATORS = ("AND", "OR", "NOT", "NEAR(", "*", ":", "(", ")", '"', "'", "&", "|", "!", "<->", "\\", "%", "_", "^", "-")


def search_for(typed: str) -> SiteSearch:
    """Return what the page of a search is made of. It tells what is found sooner than the page does."""
    return SiteSearch.of(RequestFactory().get("/search/", {"q": typed}))


def found_titles(typed: str) -> list[str]:
    return [result.title for result in search_for(typed).results.rows]


def shown_titles(typed: str) -> list[str]:
    """Return the titles of what is promoted, then those of what is found."""
    return [*(result.title for result in search_for(typed).promoted), *found_titles(typed)]


def main_of(client: Client, address: str, **parameters: Any) -> BeautifulSoup:
    response = client.get(address, parameters)
    assert response.status_code == 200, parameters
    (main,) = BeautifulSoup(response.content, "html.parser").select("main")
    return main  # type: ignore[return-value]


def words_of(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


def titles(client: Client, typed: str) -> list[str]:
    """Return the visible titles, without the words for screen readers."""
    return titles_in(main_of(client, "/search/", q=typed).select_one("ol"))


def titles_in(element: Any) -> list[str]:
    return [words_of(link.select_one("[aria-hidden]") or link) for link in (element.select("h3 a") if element else [])]


def differences(found: dict[str, Any], expected: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {typed: (found[typed], expected[typed]) for typed in expected if found[typed] != expected[typed]}


@pytest.mark.parametrize(("typed", "first"), VECTORS, ids=[typed for typed, _ in VECTORS])
def test_what_is_meant_comes_first(typed: str, first: str) -> None:
    assert found_titles(typed)[:1] == [first]


def test_there_are_enough_vectors() -> None:
    assert [len(set(each)) for each in (PLAIN_WORDS, TYPOS, SYNONYMS, QUESTIONS)] == [40, 40, 24, 20]
    assert len({typed for typed, _ in VECTORS}) >= 40


def test_a_plain_word_is_never_corrected() -> None:
    assert [word for word in PLAIN_WORDS if search_for(word).did_you_mean] == []


def test_a_misspelled_name_is_corrected() -> None:
    assert differences({typed: search_for(typed).did_you_mean for typed in TYPOS}, TYPOS) == {}


def test_another_word_leads_to_the_page_that_is_meant() -> None:
    assert differences({typed: shown_titles(typed)[0] for typed in SYNONYMS}, SYNONYMS) == {}


def test_a_question_is_searched_by_the_words_that_carry_its_meaning() -> None:
    found = {asked: shown_titles(asked) for asked in QUESTIONS}
    assert all(found.values())
    assert differences(found, {asked: shown_titles(words) for asked, words in QUESTIONS.items()}) == {}


def test_a_correction_is_only_offered_where_the_word_has_results(client: Client) -> None:
    factories.NewsItemPageFactory(parent=NewsIndexPage.objects.get(), title="Kingson speaks")
    main = main_of(client, "/search/", q="kingson")
    assert words_of(main.h2) == "1 result for “kingson”"
    assert titles_in(main) == ["Kingson speaks"]
    assert words_of(main.select_one(".reading")) == "Did you mean Kingston ?"
    assert titles(client, "kingson results")[0] == "Kingson speaks", "A word of a text is never replaced."


def test_where_a_page_is_promoted_nothing_else_may_be_found(client: Client) -> None:
    main = main_of(client, "/search/", q="proof")
    assert [words_of(heading) for heading in main.select("h2")] == ["Suggested", "Nothing else found for “proof”"]


def test_a_result_says_what_it_is_and_where_it_comes_from(client: Client) -> None:
    main = main_of(client, "/search/", q="oakland")
    sources = [words_of(source) for source in main.select(".search-result .source")]
    assert sources[0] == "Place California"
    assert set(sources[1:]) == {"Opinion April 2018 | New York Times", "Strategy GVI", "Page"}
    (place,) = [link["href"] for link in main.select("h3 a") if words_of(link) == "Oakland"]
    assert place == "/places/oakland/"


def test_a_figure_is_never_shown_without_its_people_and_its_status(client: Client) -> None:
    result = main_of(client, "/search/", q="36.4").select(".search-result")[0]
    assert "among gangs treated with crackdowns" in words_of(result)
    assert "Source not yet recorded" in words_of(result)


def test_the_words_are_marked_in_the_excerpt(client: Client) -> None:
    marked = [words_of(mark).casefold() for mark in main_of(client, "/search/", q="opioids").select("mark")]
    assert marked and set(marked) <= {"opioid", "opioids"}


def test_a_misspelled_word_is_corrected_and_said_so(client: Client) -> None:
    main = main_of(client, "/search/", q="Oaklnd")
    assert words_of(main.select(".reading")[0]) == "Nothing found for “Oaklnd”. These are the results for Oakland ."
    assert main.select('.reading a[href="?q=Oakland"]')
    assert main.select("input[name=q]")[0]["value"] == "Oaklnd"


def test_where_no_text_has_all_the_words_some_are_enough_and_that_is_said(client: Client) -> None:
    main = main_of(client, "/search/", q="gang homicide Lowell")
    assert words_of(main.h2) == "Nothing matches all of “gang homicide Lowell”"


def test_nothing_found_leads_to_the_main_pages(client: Client) -> None:
    main = main_of(client, "/search/", q="zzzz qqqq")
    assert words_of(main.h2) == "Nothing found for “zzzz qqqq”"
    assert main.select('a[href="/strategies/"]') and not main.select("ol")


def test_nothing_typed_shows_help_and_no_result(client: Client) -> None:
    main = main_of(client, "/search/")
    assert "Type what you are looking for" in words_of(main)
    assert main.select('a[href="/strategies/"]') and not main.select(".search-result")


@pytest.mark.parametrize(
    "typed",
    [
        *(
            '"',
            "it's",
            "\x00",
            "a" * 10_000,
            "((",
            "NOT OR *",
            "NEAR(a b)",
            "title:x",
            "\u202eabc",
            "שלום עולם",
            "🙂",
            "🙂 a",
        ),
        *("'; DROP TABLE wagtailcore_page; --", "' OR 1=1 --", "%", "\\", "a\\'b", "²", "½", "１２", "ﬁ", "e\u0301"),
        *(
            "the",
            "of the and",
            "",
            "  ",
            ":*",
            "a:*",
            "& | !",
            "<->",
            "🏳️‍🌈",
            "x" * 199 + " y",
            "-- comment",
            "{{ 7 }}",
            "<b>",
        ),
    ],
)
def test_whatever_is_typed_gets_a_page_and_stays_in_the_box(client: Client, typed: str) -> None:
    main = main_of(client, "/search/", q=typed)
    box = str(main.select("input[name=q]")[0]["value"])
    assert box == " ".join(typed.replace("\x00", " ")[:200].split())
    assert client.get("/search/suggestions", {"q": typed}).status_code == 200


@pytest.mark.parametrize("encoded", ["%ED%A0%80", "%FF%FE", "%00", "%", "a%ED%BF%BFb", "%C3%28"])
def test_bytes_that_are_no_text_get_a_page(client: Client, encoded: str) -> None:
    for address in ("/search/", "/search/suggestions"):
        assert client.get(f"{address}?q={encoded}").status_code == 200


@given(
    parts=st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(OPERATORS),
            st.sampled_from(["violence", "GVI", "Lowell", "36.4%", "gang-involved"]),
        ),
        max_size=8,
    )
)
@example(parts=['"', "violence"])
@settings(max_examples=60)
def test_no_mixture_of_words_and_signs_fails(parts: list[str]) -> None:
    found = search_for(" ".join(parts))
    assert len(found.results.rows) <= ROWS_ON_A_PAGE
    assert isinstance(found.did_you_mean, str)
    assert len(suggestions(found.typed)) <= MAX_SUGGESTIONS


@pytest.mark.parametrize("number", ["0", "-1", "abc", "40", "99999999", "1.5", "\x00"])
@pytest.mark.parametrize("typed", ["violence", "violense", "", "zzzz"])
def test_a_page_of_results_that_is_none_is_not_found(client: Client, number: str, typed: str) -> None:
    assert client.get("/search/", {"q": typed, "page": number}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("oak", "Oakland"),
        ("gvi", "GVI"),
        ("ceasef", "Ceasefire"),
        ("interven", "Drug Market Intervention"),
        ("opioid", "Case Study: Using DMI to Combat Covert Opioid Markets"),
    ],
)
def test_names_and_titles_are_suggested(client: Client, typed: str, expected: str) -> None:
    assert expected in client.get("/search/suggestions", {"q": typed}).json()["suggestions"]


def test_one_letter_suggests_nothing(client: Client) -> None:
    assert client.get("/search/suggestions", {"q": "o"}).json() == {"suggestions": []}
    assert client.get("/search/suggestions").json() == {"suggestions": []}
