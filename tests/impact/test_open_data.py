"""The data files hold all stats completely, agree with the database, and are harmless to a spreadsheet."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from impact.models import Evidence, ImpactStat, Rating
from impact.sharing.open_data import NOTE
from tests import factories
from tests.impact.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def rows(client: Client) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get("/impact/figures.csv").content.decode("utf-8-sig"), newline="")))


def records(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/impact/figures.json").json()["figures"]
    return found


def complete_stat(**fields: object) -> ImpactStat:
    study = factories.StudyFactory(short_name="Example 2001", url="https://example.org/a")
    stat: ImpactStat = factories.ImpactStatFactory(
        **{
            "value_low": "44",
            "value_high": "56.5",
            "scope": "in all four neighborhoods",
            "period": "2007–2010",
            **fields,
        },
        evidence=[Evidence(study=study, relation="differs", reports="31%", of_outcome="shootings", locator="p. 3")],
        ratings=[Rating(scheme="A scheme", label="Promising", of="one study", date=date(2016, 9, 19))],
    )
    return stat


def test_json_holds_the_stat_with_its_people_status_and_evidence(
    client: Client, site_tree: factories.SiteTree
) -> None:
    stat = complete_stat(checked_on=date(2027, 1, 2), strategy_inferred=True)
    (record,) = records(client)
    assert record == record | {
        "figure": "44–56.5%",
        "low": 44,
        "high": 56.5,
        "unit": "percent",
        "direction": "reduction",
        "population": "example groups",
        "scope": "in all four neighborhoods",
        "program": None,
        "sentence": stat.sentence,
        "place": str(stat.place),
        "strategy": str(stat.strategy),
        "strategy_is_our_classification": True,
        "period": "2007–2010",
        "status": "differs",
        "status_in_words": "Differs from the study we found, which reports 31%",
        "checked_on": "2027-01-02",
        "next_check_due": None,
    }
    assert record["address"].endswith(stat.get_absolute_url())
    assert record["address"].startswith("http")
    assert record["evidence"][0]["relation"] == "reports a different figure"
    assert record["evidence"][0]["page_or_table"] == "p. 3"
    assert record["ratings"] == [
        {"scheme": "A scheme", "label": "Promising", "of": "one study", "as_of": "2016-09-19"}
    ]
    assert "cannot be compared" in client.get("/impact/figures.json").json()["note"]


def test_the_caution_stands_beside_the_links_to_the_data(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory()
    for url in ("/impact/", stat.get_absolute_url()):
        assert NOTE in text_of(client.get(url))
    assert client.get("/impact/figures.json").json()["note"] == NOTE


def test_csv_says_the_same_as_json(client: Client, site_tree: factories.SiteTree) -> None:
    complete_stat()
    factories.ImpactStatFactory(population="", value_low="41")
    for row, record in zip(rows(client), records(client), strict=True):
        assert list(row) == list(record)
        for name, value in record.items():
            if isinstance(value, str):
                assert row[name] == value
            elif value is None:
                assert row[name] == ""
    first, second = rows(client)
    assert (first["low"], first["high"], second["low"], second["high"]) == ("44", "56.5", "41", "")
    assert "population not recorded" in second["sentence"]
    assert "short name: Example 2001; address: https://example.org/a" in first["evidence"]


def test_the_answers_are_utf_8_and_have_a_name(client: Client, site_tree: factories.SiteTree) -> None:
    table = client.get("/impact/figures.csv")
    assert table["Content-Type"] == "text/csv; charset=utf-8"
    assert table["Content-Disposition"] == 'attachment; filename="nnsc-figures.csv"'
    assert table.content.startswith(b"\xef\xbb\xbfaddress,figure,low,high,"), (
        "Spreadsheets recognize UTF-8 by the byte order mark."
    )
    assert client.get("/impact/figures.json")["Content-Type"] == "application/json"


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(client: Client, site_tree: factories.SiteTree, hostile: str) -> None:
    factories.ImpactStatFactory(population=hostile, period=hostile)
    (row,) = rows(client)
    assert (row["population"], row["period"]) == (f"'{hostile}", f"'{hostile}")


def test_quotes_commas_and_lines_come_through_whole(client: Client, site_tree: factories.SiteTree) -> None:
    text = 'A "quoted", long\nsentence; with | signs and <b>'
    factories.ImpactStatFactory(correction="corrected", correction_text=text, corrected_on=date(2027, 4, 3))
    assert rows(client)[0]["what_changed_and_why"] == text
    assert records(client)[0]["what_changed_and_why"] == text


def test_withdrawn_stats_are_in_and_say_so_and_drafts_are_not(client: Client, site_tree: factories.SiteTree) -> None:
    factories.ImpactStatFactory(draft=True)
    factories.ImpactStatFactory(correction="withdrawn", correction_text="Why.", corrected_on=date(2027, 4, 3))
    for (record,) in (rows(client), records(client)):
        assert (record["status"], record["correction"]) == ("withdrawn", "withdrawn")
        assert (record["status_in_words"], record["corrected_on"]) == ("Withdrawn", "2027-04-03")


@pytest.mark.parametrize("url", ["/impact/figures.csv", "/impact/figures.json"])
def test_more_stats_cost_no_more_queries(client: Client, site_tree: factories.SiteTree, url: str) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            factories.EvidenceFactory(reports="12.5%")
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
