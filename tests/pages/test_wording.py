"""The rules of wording mark what could be said with more care, leave quotations alone, and remember what may stay."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from home.text_page import TextPage
from site_core.pages.content_checks.findings import refuse_blocked_content
from site_core.pages.content_checks.wording.reading import findings_in
from site_core.pages.content_checks.wording.rules import RULES
from tests import factories
from tests.committed import queries_of
from tests.publishing.admin_forms import edit_url

REPORT_BUDGET = 20

SENTENCES = yaml.safe_load(Path(__file__).with_name("wording_sentences.yaml").read_text(encoding="utf-8"))


def rules_at(text: str) -> set[str]:
    return {finding.rule.id for finding in findings_in(text)}


def replaced(text: str) -> str:
    """The text with every suggestion applied, from the end."""
    for finding in reversed(findings_in(text)):
        if finding.write:
            text = text[: finding.start] + finding.write + text[finding.end :]
    return text


def test_of_the_labeled_sentences_none_is_missed_and_at_most_two_are_marked_wrongly() -> None:
    marked, others = SENTENCES["must_flag"], SENTENCES["must_not_flag"]
    assert len(marked) >= 30 and len(others) >= 30
    assert [(rule, text) for rule, text in marked if rule not in rules_at(text)] == []
    wrong = [(text, rules_at(text)) for text in others if rules_at(text)]
    assert len(wrong) <= 2, wrong


def test_every_rule_but_the_grade_of_a_text_has_a_labeled_sentence_and_each_says_why() -> None:
    assert {rule for rule, _ in SENTENCES["must_flag"]} == set(RULES) - {"reading-grade"}
    for rule in RULES.values():
        assert rule.name and rule.why
        assert rule.remedy or rule.words or all(pattern.write for pattern in rule.patterns), rule.id


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Offenders came.", "People who caused harm came."),
        ("A repeat offender came.", "A person arrested several times came."),
        ("Shootings fell 20 percent on January 5th, 1990's.", "Shootings fell 20% on Jan. 5, 1990s."),
        ("On 3 April 2018 at 5:00 PM", "On April 3, 2018 at 5 p.m."),
        ("It came in Jan. 2018, or 2/3/2018.", "It came in January 2018, or Feb. 3, 2018."),
        ("Words—and words -- and words.", "Words — and words — and words."),
        ("Mr. Kennedy met the Police Chief.", "Kennedy met the police chief."),
        (
            "The Mayor was in Oakland, CA, and Kingston, N.Y.",
            "The mayor was in Oakland, California, and Kingston, New York",
        ),
        ("They reduced homicides by 30% and violence.", "They coincided with a 30% drop in homicides and violence."),
        ("The woman was beaten.", "Someone beat the woman."),
        ("Marcus Johnson, 19, came.", "A 19-year-old came."),
        ("DMI works.", "Drug Market Intervention (DMI) works."),
    ],
)
def test_a_suggestion_stands_where_the_words_stood(text: str, better: str) -> None:
    assert replaced(text) == better


def test_a_hard_text_is_marked_once() -> None:
    hard = "Comprehensive institutional accountability necessitates multidisciplinary collaboration. " * 12
    assert [finding.rule.id for finding in findings_in(hard)] == ["reading-grade"]


def test_no_quantifier_of_a_pattern_is_without_limit() -> None:
    """So that it takes time in proportion to the text."""
    for rule in RULES.values():
        for pattern in rule.patterns:
            for compiled in filter(None, (pattern.find, pattern.unless, pattern.needs)):
                plain = compiled.pattern.replace("\\+", "").replace("\\*", "")
                assert "*" not in plain and "+" not in plain, (rule.id, plain)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


@pytest.fixture
def page(site_tree: factories.SiteTree) -> TextPage:
    body = [
        ("text", "<p>The offenders met. GVI helps.</p>"),
        ("quote", {"text": "The felons.", "speaker": "A", "source": ""}),
        ("text", "<p>GVI again. Last year.</p>"),
    ]
    made: TextPage = factories.TextPageFactory(parent=site_tree.home, title="Words", summary="They met.", body=body)
    return made


def panel_of(client: Client, page: Any) -> str:
    response = client.get(reverse("content_checks", args=[page.pk]))
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


@pytest.mark.django_db
@pytest.mark.one_database
def test_what_may_stay_is_remembered_for_that_page_alone(
    editor: Client, page: TextPage, site_tree: factories.SiteTree
) -> None:
    other = factories.TextPageFactory(parent=site_tree.home, title="Other", summary="Offenders met.")
    panel = panel_of(editor, page)
    assert "Say it with care" in panel and "“offenders”" in panel and "felons" not in panel
    assert panel.count("“GVI”") == 1 and panel.count("“Last year” means") == 1
    report = editor.get(reverse("wording_report")).text
    assert report.count("“offenders”") and "“Last year”" in report and "“Offenders”" in report
    url = reverse("wording_not_here", args=[page.pk])
    named = {"rule": "labels", "words": "offenders"}
    assert "Keep it here" in editor.get(url, named).text
    assert "Say in one sentence why" in editor.post(url, {**named, "reason": " "}).text
    kept = editor.post(url, {**named, "reason": "That is how the law says it."}, follow=True)
    assert "“offenders” stays as it is on this page." in kept.text
    assert "“offenders”" not in panel_of(editor, page) and "Offenders" in panel_of(editor, other)
    shown = editor.get(reverse("wording_report"), {"rule": "labels"}).text
    assert "“Offenders”" in shown and "“offenders”" not in shown.replace("“offenders” stays", "")
    history = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk])).text
    assert "Kept as it is: “offenders”" in history and "That is how the law says it." in history


@pytest.mark.django_db
@pytest.mark.one_database
def test_words_keep_no_page_from_going_live_and_a_time_that_may_stay_needs_no_second_reason(
    editor: Client, site_tree: factories.SiteTree
) -> None:
    page = factories.TextPageFactory(parent=site_tree.home, summary="Last year offenders met.")
    answer = editor.post(
        reverse("wording_not_here", args=[page.pk]),
        {"rule": "relative-times", "words": "Last year", "reason": "It is a title."},
        headers={"accept": "application/json"},
    )
    assert answer.json() == {}
    refuse_blocked_content(page)


@pytest.mark.django_db
@pytest.mark.one_database
def test_a_box_is_read_while_somebody_writes(editor: Client, page: TextPage) -> None:
    url = reverse("wording_in_box", args=[page.pk])
    (finding,) = editor.post(url, {"text": "😀 Offenders of the GVI", "defined": "GVI"}).json()["findings"]
    assert (finding["start"], finding["end"], finding["write"]) == (2, 11, "People who caused harm")
    assert editor.post(reverse("wording_in_box", args=[0]), {"text": ""}).json() == {"findings": []}
    assert editor.get(url).status_code == 405
    refused = editor.post(
        reverse("wording_not_here", args=[page.pk]), {"rule": "labels"}, headers={"accept": "application/json"}
    )
    assert refused.status_code == 400 and "one sentence" in refused.json()["error"]
    edit = editor.get(edit_url(page)).text
    assert f'data-wording="{url}"' in edit and "pages/wording" in edit


@pytest.mark.django_db
@pytest.mark.one_database
def test_only_who_may_edit_a_page_says_what_may_stay_on_it(client: Client, page: TextPage) -> None:
    url = reverse("wording_not_here", args=[page.pk])
    said = {"rule": "labels", "words": "offenders", "reason": "No reason."}
    assert client.post(url, said).status_code == 302
    client.force_login(factories.UserFactory(role="Author"))
    may_edit = client.get(edit_url(page)).status_code == 200
    assert client.post(url, said).status_code == (302 if may_edit else 403)
    assert client.post(reverse("wording_not_here", args=[10**9]), said).status_code == 404
    assert client.post(reverse("wording_not_here", args=[page.get_root().pk]), said).status_code in (403, 404)


@pytest.mark.django_db
@pytest.mark.one_database
def test_the_report_asks_as_much_of_the_database_for_more_pages(
    editor: Client, page: TextPage, site_tree: factories.SiteTree
) -> None:
    url = reverse("wording_report")
    editor.get(url)
    with_one = queries_of(editor, url)
    for number in range(3):
        factories.TextPageFactory(parent=site_tree.home, title=f"Page {number}", summary="Offenders met.")
    assert editor.get(url).text.count("“Offenders”") >= 3
    assert queries_of(editor, url) == with_one <= REPORT_BUDGET
