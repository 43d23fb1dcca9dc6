"""A wrong stat keeps its URL and says what happened; a withdrawn one leaves the lists."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from impact.models import Evidence, ImpactStat
from tests import factories
from tests.impact.reading import page_of, text_of, words_of

WITHDRAWN = {
    "correction": "withdrawn",
    "correction_text": "The report was retracted.",
    "corrected_on": date(2027, 4, 3),
}
CORRECTED = {**WITHDRAWN, "correction": "corrected", "correction_text": "The report counts 31%, not 27%."}


@pytest.mark.parametrize(
    ("fields", "notice"),
    [
        (CORRECTED, "Corrected April 3, 2027: The report counts 31%, not 27%."),
        (WITHDRAWN, "Withdrawn April 3, 2027: The report was retracted."),
        ({}, ""),
        ({"correction_text": "Left over."}, ""),
    ],
)
def test_the_notice(fields: dict[str, object], notice: str) -> None:
    assert ImpactStat(**fields).notice == notice


@pytest.mark.parametrize(
    ("fields", "at", "words"),
    [
        (
            {"correction": "corrected", "corrected_on": date(2027, 4, 3)},
            "correction_text",
            "Enter what changed and why.",
        ),
        (
            {"correction": "withdrawn", "correction_text": "   ", "corrected_on": date(2027, 4, 3)},
            "correction_text",
            "",
        ),
        ({"correction": "withdrawn", "correction_text": "Why."}, "corrected_on", "on which it was withdrawn."),
        ({"correction_text": "Why."}, "correction", "Choose “corrected” or “withdrawn,”"),
        ({"corrected_on": date(2027, 4, 3)}, "correction", "clear the two fields below"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(fields: dict[str, object], at: str, words: str) -> None:
    stat = ImpactStat(outcome="shootings", slug="example", **fields)
    with pytest.raises(ValidationError) as refused:
        stat.clean()
    assert list(refused.value.message_dict) == [at]
    assert words in refused.value.message_dict[at][0]


def test_a_withdrawn_stat_claims_nothing_any_more() -> None:
    stat = ImpactStat(**WITHDRAWN)
    assert (stat.status_words, stat.status_class, stat.weight) == ("Withdrawn", "status-withdrawn", 240)


@pytest.mark.django_db
def test_a_withdrawn_stat_leaves_the_lists_and_keeps_its_url(client: Client, site_tree: factories.SiteTree) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies)
    stat = factories.ImpactStatFactory(value_low="77", strategy=page.term, **WITHDRAWN)
    block = {"heading": "Impact", "caution": "An example.", "link": None}
    for chosen in ([], [stat]):
        site_tree.home.body = [("impact", block | {"figures": chosen})]
        site_tree.home.save_revision().publish()
        assert "77%" not in text_of(client.get("/"))
    for url in (page.url, f"/places/{stat.place.slug}/"):
        assert "77%" not in text_of(client.get(url))
        assert "No measured figure is on record" in text_of(client.get(url))
    impact = page_of(client.get("/impact/"))
    assert not impact.select("table, .chart")
    (section,) = impact.select("section.withdrawn")
    assert "Withdrawn April 3, 2027: The report was retracted." in words_of(section)
    for url in (stat.get_absolute_url(), f"{stat.get_absolute_url()}embed/"):
        text = text_of(client.get(url))
        assert "77%" in text
        assert "Withdrawn April 3, 2027: The report was retracted." in text
        assert "Same as the published study" not in text


@pytest.mark.django_db
def test_a_corrected_stat_stays_and_says_when(client: Client, site_tree: factories.SiteTree) -> None:
    evidence = Evidence(study=factories.StudyFactory(), relation="supports", reports="12.5%")
    stat = factories.ImpactStatFactory(evidence=[evidence], **CORRECTED)
    impact = page_of(client.get("/impact/"))
    (row,) = [row for row in impact.select("table tbody tr") if row.select("td")]
    assert "Corrected April 3, 2027" in words_of(row)
    assert "Same as the published study" in words_of(row)
    assert not impact.select("section.withdrawn")
    own = page_of(client.get(stat.get_absolute_url()))
    assert words_of(own.select_one("main .notice")) == "Corrected April 3, 2027: The report counts 31%, not 27%."
