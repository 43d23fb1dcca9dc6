"""Content checks keep a page with mistakes from going live, and say what is worth another look."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from impact.models import ImpactPage
from news.models import NewsItemPage
from site_core.fields.text import is_visible
from site_core.pages.content_checks.findings import Weight, content_issues, refuse_blocked_content
from site_core.pages.content_checks.passages import Location
from site_core.pages.content_checks.reasons import GIVE_REASON, REASON_FIELD
from site_core.pages.content_checks.words import (
    is_meaningless,
    raw_urls,
    reading_grade,
    relative_times,
    states_percentage,
)
from tests import factories
from tests.publishing.admin_forms import edit_url, filled_in, post, said

IN_FIRST, IN_SECOND, IN_THIRD = (Location("body", index) for index in range(3))
HARD = (
    "Multidisciplinary organizational collaborations systematically operationalize comprehensive interventions "
    "addressing intergenerational victimization."
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Last year, shootings fell.", ["Last year"]),
        ("They met yesterday and on Tuesday afternoon.", ["yesterday", "Tuesday afternoon"]),
        ("Over the past two years, and three months ago", ["past two years", "three months ago"]),
        ("This spring the city began.", ["This spring"]),
        ("Today the city begins. It ended the last mile.", ["Today"]),
        ("In 2017, in April 2018 and on Tuesday, April 3, they met.", []),
        ("On Tuesday, Sept. 4, they met.", []),
        ("USA TODAY and Corrections Today reported it.", []),
        ("He said, “We began last year.” It was in 2016.", []),
        ('The chief said "yesterday" in 2016.', []),
        ("On Tuesday Mayor Smith met them. The chief said Friday that it works.", ["Tuesday", "Friday"]),
        ("Last Monday they met. Last Friday, too.", ["Last Monday", "Last Friday"]),
    ],
)
def test_times_that_mean_another_day_to_each_reader(text: str, found: list[str]) -> None:
    assert relative_times(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Our office is open Monday through Friday, 9 a.m. to 5 p.m.",
        "Open Monday–Friday. Open Monday - Friday. Open Monday to Thursday and Saturday.",
        "Call us on Mondays, or any Monday, Wednesday, and Friday.",
        "They meet every first Tuesday, each Wednesday and Thursday, and every other Sunday.",
        "They meet on the second Tuesday at noon, and on the last Friday of the month.",
        "Monday, 3 April, and Tuesday (April 14), and Friday the 13th, and Sunday April 2nd.",
        "It was Giving Tuesday, then Black Friday; she teaches Sunday School and saw Friday Night Lights.",
        "In the last week of May 2018, and in the last days of summer 2019.",
    ],
)
def test_days_of_a_schedule_and_of_a_name_mean_the_same_to_each_reader(text: str) -> None:
    assert relative_times(text) == []


def test_urls_in_the_text_are_found_without_the_full_stop() -> None:
    assert raw_urls("See www.example.org/a, or https://example.org.") == [
        "www.example.org/a",
        "https://example.org",
    ]
    assert raw_urls("The https scheme, and wwwhat") == []


@pytest.mark.parametrize("text", ["here", "Click here!", "Read more…", "", "»", "this link"])
def test_link_texts_that_do_not_say_where_they_lead(text: str) -> None:
    assert is_meaningless(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Here is the report", "More about Oakland", "Report of 2016", "2016", "Café"),
        *(
            "年度报告",
            "ежегодный отчёт",
            "التقرير السنوي",
            "연례 보고서",
            "वार्षिक रिपोर्ट",
            "ετήσια έκθεση",
            "דוח שנתי",
        ),
    ],
)
def test_link_texts_that_say_where_they_lead(text: str) -> None:
    assert not is_meaningless(text)


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\ufeff\u2060", "\u3164", "\u00ad", "\ufe0f"])
def test_what_nobody_sees_is_no_text(text: str) -> None:
    assert not is_visible(text)


@pytest.mark.parametrize("text", ["a", "年", "→", "1", "👉"])
def test_what_anybody_sees_is_a_text(text: str) -> None:
    assert is_visible(text)


@pytest.mark.parametrize(
    "text", ["It fell by 40%.", "36.4 percent", "12 per cent", "a 5-percent drop", "0.5 %", "40％"]
)
def test_a_measured_percentage(text: str) -> None:
    assert states_percentage(text)


@pytest.mark.parametrize(
    "text", ["We are 100% committed.", "0 percent", "a percentage", "the top percent", "He said “40%.”"]
)
def test_what_nobody_measured_is_no_percentage(text: str) -> None:
    assert not states_percentage(text)


def test_plain_words_read_like_a_low_grade_and_long_ones_like_a_high_one() -> None:
    assert reading_grade("The police and the people of the city meet. They talk. Fewer people are shot.") < 5
    assert reading_grade(HARD) > 20
    assert reading_grade("") == 0


def page_with(body: list[tuple[str, Any]], summary: str = "A city meets.") -> NewsItemPage:
    page = NewsItemPage(title="Example", summary=summary)
    page.body = page._meta.get_field("body").stream_block.to_python(
        [{"type": kind, "value": value} for kind, value in body]
    )
    return page


def test_a_page_with_every_mistake_has_exactly_these_issues(db: None) -> None:
    picture = factories.SiteImageFactory()
    page = page_with(
        [
            (
                "text",
                "<h3>Too small</h3><p>See www.example.org and <a href='https://example.org'>click here</a>."
                "<a href='https://example.org'> \u200b</a></p>",
            ),
            ("picture", {"image": {"image": picture.pk, "alt_text": "\u200b", "decorative": False}, "caption": ""}),
            ("text", "<p>Last year it fell by 40%.</p>"),
            ("quote", {"text": "We began last year, at 10%.", "speaker": "An example", "source": ""}),
        ],
        summary=HARD,
    )
    issues = {(one.location, one.message.split(":")[0].split(".")[0], one.weight) for one in content_issues(page)}
    assert issues == {
        (Location("summary"), "The summary reads like grade 51", Weight.HINT),
        (IN_FIRST, "This heading is too small for its place", Weight.NEEDS_REASON),
        (IN_FIRST, "“click here” does not say where the link leads", Weight.NEEDS_REASON),
        (IN_FIRST, "A link without words does not say where the link leads", Weight.BLOCKING),
        (IN_FIRST, "“www", Weight.NEEDS_REASON),
        (IN_SECOND, "Describe what the picture shows, or mark it as decoration", Weight.BLOCKING),
        (IN_THIRD, "“Last year” means another day to each reader", Weight.NEEDS_REASON),
        (IN_THIRD, "A percentage stands here without a figure or a link to its source", Weight.HINT),
    }


def test_a_page_with_every_mistake_fixed_has_no_issues(db: None) -> None:
    picture = factories.SiteImageFactory()
    page = page_with(
        [
            ("heading", "A heading"),
            ("text", "<h3>Below it</h3><h4>And below that</h4><p><a href='https://example.org/'>The report</a>.</p>"),
            ("picture", {"image": {"image": picture.pk, "alt_text": "A hall", "decorative": False}, "caption": ""}),
            ("picture", {"image": {"image": picture.pk, "alt_text": "", "decorative": True}, "caption": ""}),
            ("text", "<p>In 2017 it fell by 40%, <a href='https://example.org/'>the report says</a>.</p>"),
        ]
    )
    assert content_issues(page) == []


def percentages_of(page: NewsItemPage) -> list[Weight]:
    return [issue.weight for issue in content_issues(page) if "percentage" in issue.message]


def test_a_percentage_blocks_a_page_that_names_no_source_at_all(db: None) -> None:
    claim = ("text", "<p>It fell by 40%.</p>")
    link = ("text", "<p><a href='https://example.org/'>The report</a></p>")
    counts = {"outcome": "shootings", "before": 10, "before_period": "2015", "after": 6, "after_period": "2016"}
    assert percentages_of(page_with([claim])) == [Weight.BLOCKING]
    assert percentages_of(page_with([("text", "<p>A percent. We are 100% sure.</p>")])) == [Weight.HINT]
    assert percentages_of(page_with([claim, link])) == [Weight.HINT]
    assert percentages_of(page_with([claim, ("before_after", counts)])) == []
    mention = page_with([claim])
    mention.link = "https://example.org/"
    assert percentages_of(mention) == [Weight.HINT]


def test_a_rich_text_outside_the_body_is_checked(db: None) -> None:
    (issue,) = content_issues(ImpactPage(title="Impact", summary="", caution="<p><a href='/'></a></p>"))
    assert (issue.location, issue.weight) == (Location("caution"), Weight.BLOCKING)


def test_each_message_is_shown_at_its_block(db: None) -> None:
    page = page_with([("text", "<p>Fine.</p>"), ("text", "<p>Yesterday. And www.example.org too.</p>")], "Today. So.")
    with pytest.raises(ValidationError) as refused:
        refuse_blocked_content(page)
    in_stream: Any
    (in_stream,) = refused.value.error_dict["body"]
    assert list(in_stream.block_errors) == [1]
    assert len(in_stream.block_errors[1].messages) == 2
    assert "“Today”" in refused.value.message_dict["summary"][0]
    assert refused.value.message_dict[REASON_FIELD] == [GIVE_REASON]


@pytest.fixture
def item(site_tree: factories.SiteTree) -> NewsItemPage:
    return factories.NewsItemPageFactory(parent=site_tree.news, title="Example", summary="A city meets.")


@pytest.mark.parametrize(("role", "action"), [("Editor", "action-publish"), ("Author", "action-submit")])
def test_a_refused_page_keeps_what_was_typed_and_says_why(
    client: Client, site_tree: factories.SiteTree, role: str, action: str
) -> None:
    author = factories.UserFactory(role=role)
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True, owner=author)
    client.force_login(author)
    answer = post(client, edit_url(item), summary="Last year a city met.", **{action: "1"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "“Last year” means another day to each reader" in page
    assert "Last year a city met." in page
    item.refresh_from_db()
    assert not item.live and item.current_workflow_state is None


def test_a_draft_is_not_checked(client: Client, item: NewsItemPage) -> None:
    client.force_login(factories.UserFactory(role="Editor"))
    answer = post(client, edit_url(item), summary="Last year a city met.")
    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.get_latest_revision_as_object().summary == "Last year a city met."


def test_warnings_are_shown_once_the_page_is_public(client: Client, item: NewsItemPage) -> None:
    client.force_login(factories.UserFactory(role="Editor"))
    answer = client.post(
        edit_url(item),
        {**filled_in(client, edit_url(item)), "summary": HARD, "action-publish": "1"},
        follow=True,
    )
    item.refresh_from_db()
    assert item.summary == HARD
    assert "Worth another look in “Example”: The summary reads like grade 51." in said(answer)


def test_publishing_by_a_user_is_checked_and_restoring_is_not(item: NewsItemPage) -> None:
    item.summary = "Last year a city met."
    revision = item.save_revision()
    with pytest.raises(ValidationError):
        revision.publish(user=factories.UserFactory(role="Editor"))
    revision.publish()
    item.refresh_from_db()
    assert item.summary == "Last year a city met."
