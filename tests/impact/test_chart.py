"""The chart puts every mark where its stat belongs, keeps the editors' order, and hides nothing."""

from decimal import Decimal

import pytest
from django.test import Client

from impact.chart import ChartRow, chart_of
from impact.models import Evidence, ImpactStat, Study
from impact.notation import OutcomeGroup
from tests import factories
from tests.impact.reading import page_of, words_of


def stat(low: str = "20", high: str | None = None, *evidence: Evidence, **fields: object) -> ImpactStat:
    made = ImpactStat(value_low=Decimal(low), value_high=high and Decimal(high), outcome="incidents", **fields)
    for item in evidence:
        made.evidence.add(item)
    return made


def item(relation: str, reports: str, what_it_is: str = "study") -> Evidence:
    return Evidence(
        study=Study(short_name="Example 2001", described_as=what_it_is), relation=relation, reports=reports
    )


def only_row(drawn: ImpactStat) -> ChartRow:
    ((row,),) = [group.rows for group in chart_of([drawn]).groups]
    return row


@pytest.mark.parametrize(
    ("drawn", "low", "high", "span"),
    [
        (stat("41.0"), "41%", "", ""),
        (stat("36.4"), "36.4%", "", ""),
        (stat("44", "56"), "44%", "56%", "12%"),
        (stat("0", "100"), "0%", "100%", "100%"),
    ],
)
def test_marks_stand_at_the_value(drawn: ImpactStat, low: str, high: str, span: str) -> None:
    row = only_row(drawn)
    assert (row.low, row.high, row.span) == (low, high, span)


@pytest.mark.parametrize(
    ("evidence", "mark"),
    [
        ([item("supports", "20%")], "mark-disc"),
        ([item("unchecked", "")], "mark-ring"),
        ([item("differs", "31%")], "mark-dashed"),
        ([item("conflicts", "31%")], "mark-dashed"),
        ([], "mark-dashed"),
    ],
)
def test_the_mark_follows_the_status(evidence: list[Evidence], mark: str) -> None:
    assert only_row(stat("20", None, *evidence)).mark == mark


def test_an_overdue_check_makes_a_ring_of_a_disc() -> None:
    assert only_row(stat("20", None, item("supports", "20%"), check_is_overdue=True)).mark == "mark-ring"


@pytest.mark.parametrize(
    ("evidence", "ticks"),
    [
        (item("differs", "31%"), [("31%", "study: 31%", "start")]),
        (item("conflicts", "5.5% fewer", "federal assessment"), [("5.5%", "assessment: 5.5%", "start")]),
        (item("differs", "88%", "federal case study"), [("88%", "study: 88%", "end")]),
        (item("differs", "100%", "considerationalization"), [("100%", "study: 100%", "end")]),
        (item("differs", "5% more"), []),
        (item("differs", "a fall in gun homicide"), []),
        (item("differs", "310%"), []),
        (item("supports", "20%"), []),
        (item("unchecked", "31%"), []),
    ],
)
def test_what_a_study_reports_instead_is_a_tick_with_its_label(
    evidence: Evidence, ticks: list[tuple[str, str, str]]
) -> None:
    row = only_row(stat("20", None, evidence))
    assert [(tick.at, tick.label, tick.anchor) for tick in row.ticks] == ticks


def test_labels_stand_below_the_marks_each_on_its_own_line_inside_the_row() -> None:
    row = only_row(stat("20", None, item("differs", "21%"), item("conflicts", "22%")))
    first, second = (tick.label_at for tick in row.ticks)
    assert first + 4 > 16 + 6 + 14
    assert first + 14 <= second < row.height


def test_stats_stand_under_their_outcome_in_the_order_given_not_by_size() -> None:
    stats = [
        stat("10", outcome_group="drugs"),
        stat("50", outcome_group="shootings"),
        stat("20", outcome_group="shootings"),
        stat("70"),
    ]
    groups = chart_of(stats).groups
    assert [group.heading for group in groups] == ["Shootings and victims", "Drug offenses", "Other outcomes"]
    assert [[row.low for row in group.rows] for group in groups] == [["50%", "20%"], ["10%"], ["70%"]]
    assert [kind.label for kind in OutcomeGroup][:3] == ["Shootings and victims", "Homicides", "Drug offenses"]


@pytest.mark.django_db
def test_the_key_explains_each_mark_once(client: Client, site_tree: factories.SiteTree) -> None:
    factories.ImpactStatFactory()
    key = page_of(client.get("/impact/")).select(".chart-key li")
    marks = [entry.select("svg > *")[0]["class"][0] for entry in key]
    assert marks == ["mark-disc", "mark-ring", "mark-dashed", "bar", "tick"]
    words = [words_of(entry) for entry in key]
    assert all(words) and len(set(words)) == len(words)


@pytest.mark.django_db
def test_what_is_no_percent_reduction_stands_in_the_table_only(client: Client, site_tree: factories.SiteTree) -> None:
    factories.ImpactStatFactory(value_low="250", direction="increase")
    sentence = "Figures that are not percentage reductions appear only in the table."
    page = page_of(client.get("/impact/"))
    assert not page.select(".chart svg")
    assert "250%" in words_of(page.table)
    assert sentence in words_of(page.main)
    assert "cannot be compared with one another" in words_of(page.main)
    factories.ImpactStatFactory(value_low="3.5", unit="points")
    factories.ImpactStatFactory(value_low="20")
    page = page_of(client.get("/impact/"))
    assert [mark["cx"] for mark in page.select(".chart-rows circle")] == ["20%"]
    assert sentence in words_of(page.main)
    assert "3.5 points" in words_of(page.table)


@pytest.mark.django_db
def test_without_stats_the_page_says_so(client: Client, site_tree: factories.SiteTree) -> None:
    page = page_of(client.get("/impact/"))
    assert "No measured figure is on record yet." in words_of(page.main)
    assert not page.select("table, .chart, section")


@pytest.mark.django_db
def test_the_drawing_is_not_read_aloud_and_the_table_holds_the_same(
    client: Client, site_tree: factories.SiteTree
) -> None:
    for low in ("30", "10", "20"):
        factories.ImpactStatFactory(value_low=low)
    page = page_of(client.get("/impact/"))
    (drawing,) = page.select(".chart-rows")
    assert drawing["aria-hidden"] == "true"
    assert not drawing.select("a, button, [tabindex]")
    drawn = [circle["cx"] for circle in drawing.select("circle")]
    told = [words_of(number) for number in page.select("table .numeral .visually-hidden")]
    assert drawn == ["30%", "10%", "20%"]
    assert told == ["30 percent", "10 percent", "20 percent"]
    assert page.find(class_="caution").sourceline < drawing.sourceline  # type: ignore[union-attr,operator]
