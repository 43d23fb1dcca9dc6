"""The weight, the CSS class and the words of a stat follow from its status, on every page at once."""

from datetime import date

import pytest
from django.test import Client

from impact.models import Evidence, ImpactStat, Study
from impact.status import LABELS, STATUS_LABELS, Relation, Status, with_article
from tests import factories
from tests.impact.reading import one, page_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EXPECTED = {
    Relation.SUPPORTS: ("status-matches", 700, "Same as the published study"),
    Relation.UNCHECKED: ("status-to-check", 400, "Source recorded, not yet checked"),
    Relation.DIFFERS: ("status-differs", 240, "Differs from the study we found, which reports 31%"),
    Relation.CONFLICTS: ("status-conflicts", 240, "Source not confirmed. A study reports 31%"),
    None: ("status-not-recorded", 240, "Source not yet recorded"),
}


def stat_with(relation: str | None, **fields: object) -> ImpactStat:
    evidence = [Evidence(study=factories.StudyFactory(), relation=relation, reports="31%")] if relation else []
    return factories.ImpactStatFactory(evidence=evidence, **fields)


@pytest.mark.parametrize("relation", EXPECTED)
def test_class_weight_and_words_agree(relation: str | None) -> None:
    stat = stat_with(relation)
    assert (stat.status_class, stat.weight, stat.status_words) == EXPECTED[relation]  # type: ignore[index]


def test_every_status_has_a_label_and_every_label_of_evidence_is_explained() -> None:
    assert set(STATUS_LABELS) == set(Status)
    assert {label.status for label in LABELS} == set(Status) - {Status.WITHDRAWN}


def test_a_label_words_in_general_terms_what_differs_from_stat_to_stat() -> None:
    words = {label.status: label.words for label in LABELS}
    assert words[Status.DIFFERS] == "Differs from the study we found, which reports (its figure)"
    assert words[Status.CONFLICTS] == "Source not confirmed. A study reports (its figure)"
    assert words[Status.OVERDUE] == "Check overdue since (month year)"
    assert words[Status.NOT_RECORDED] == EXPECTED[None][2]


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        (Relation.SUPPORTS, "Check overdue since May 2019"),
        (Relation.UNCHECKED, "Check overdue since May 2019"),
        (Relation.DIFFERS, EXPECTED[Relation.DIFFERS][2]),
        (Relation.CONFLICTS, EXPECTED[Relation.CONFLICTS][2]),
        (None, EXPECTED[None][2]),
    ],
)
def test_an_overdue_check_weakens_what_was_good_and_hides_nothing_worse(relation: str | None, words: str) -> None:
    stat = stat_with(relation, next_due=date(2019, 5, 1))
    assert stat.status_words == words
    assert stat.weight <= 400


def test_a_study_confirms_nothing_until_somebody_says_what_it_reports() -> None:
    study = Study(short_name="Example 2001")
    stat = ImpactStat()
    stat.evidence.add(Evidence(study=study, relation=Relation.SUPPORTS, reports=""))
    assert stat.status_words == "Source recorded, not yet checked"
    (item,) = stat.evidence.all()
    assert item.source_line == "Not yet checked: Example 2001"
    assert item.relation_words == "recorded, not yet checked"


def test_new_evidence_changes_class_and_words_on_every_page(client: Client, site_tree: factories.SiteTree) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies)
    stat = stat_with(Relation.SUPPORTS, strategy=page.term)
    assert stat.place
    block: dict[str, object] = {"heading": "Impact", "caution": "An example.", "figures": [], "link": None}
    site_tree.home.body = [("impact", block)]
    site_tree.home.save_revision().publish()
    urls = {
        "/": ".figure .numeral-l",
        "/impact/": "table .numeral-m",
        page.url: "table .numeral-m",
        f"/places/{stat.place.slug}/": ".figure .numeral-l",
        stat.get_absolute_url(): "h1 .numeral-l",
        f"{stat.get_absolute_url()}embed/": "h1 .numeral-l",
    }
    for relation in (Relation.SUPPORTS, Relation.UNCHECKED, Relation.DIFFERS, Relation.CONFLICTS):
        item = stat.evidence.get()
        item.relation = relation
        stat.evidence.add(item)
        stat.save_revision().publish()
        status_class, _, words = EXPECTED[relation]
        for url, numeral in urls.items():
            shown = page_of(client.get(url))
            assert status_class in one(shown, numeral)["class"], url
            assert words in words_of(shown.body), url
            others = {name for name, _, _ in EXPECTED.values()} - {status_class}
            assert not others & set(one(shown, numeral)["class"]), url
        marks = page_of(client.get("/impact/")).select(".chart-row circle")
        expected = {Relation.SUPPORTS: "mark-disc", Relation.UNCHECKED: "mark-ring"}.get(relation, "mark-dashed")
        assert [mark["class"] for mark in marks] == [[expected]]


@pytest.mark.parametrize(
    ("words", "with_its_article"),
    [
        ("study", "a study"),
        ("assessment", "an assessment"),
        ("university report", "a university report"),
        ("U.S. report", "a U.S. report"),
        ("unpublished paper", "an unpublished paper"),
        ("European study", "a European study"),
        ("hourly count", "an hourly count"),
        ("household survey", "a household survey"),
        ("one-year review", "a one-year review"),
        ("NIJ report", "an NIJ report"),
        ("DOJ report", "a DOJ report"),
    ],
)
def test_the_article_follows_the_sound(words: str, with_its_article: str) -> None:
    assert with_article(words) == with_its_article
