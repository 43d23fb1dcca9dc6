"""What a figure said before is what was public, no less and no more."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from impact.history import history_of
from impact.models import Evidence, ImpactStat
from site_core.publishing.runner import publish_due
from tests import factories
from tests.impact.reading import page_of, text_of, words_of

pytestmark = pytest.mark.django_db


def figures(stat: ImpactStat) -> list[str]:
    """What it said, the newest first."""
    return [publication.figure for publication in history_of(stat).publications]


def republish(stat: ImpactStat, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(stat, name, value)
    stat.save_revision().publish()


def test_each_publication_that_says_something_else_is_kept() -> None:
    stat = factories.ImpactStatFactory(value_low="30")
    republish(stat, value_low=Decimal(40))
    republish(stat, period="2007–2010")  # Nothing that is said changes.
    republish(stat, value_low=Decimal(30))
    assert figures(stat) == ["30%", "40%", "30%"]


def test_a_change_of_people_place_evidence_or_correction_counts() -> None:
    stat = factories.ImpactStatFactory(value_low="30")
    republish(stat, population="other groups")
    republish(stat, place=factories.PlaceTermFactory(name="Elsewhere"))
    stat.evidence.add(Evidence(study=factories.StudyFactory(), relation="supports", reports="30%"))
    republish(stat)
    republish(stat, correction="withdrawn", correction_text="Why.", corrected_on=date(2027, 4, 3))
    said = history_of(stat).publications
    assert [publication.status_words for publication in said] == [
        "Withdrawn",
        "Matches its source",
        "Source not yet recorded",
        "Source not yet recorded",
        "Source not yet recorded",
    ]
    assert said[0].notice == "Withdrawn April 3, 2027: Why."
    assert (said[2].place, said[3].sentence) == ("Elsewhere", "reduction in example incidents among other groups")


def test_nothing_unpublished_leaks(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(value_low="30")
    stat.value_low = Decimal(77)
    stat.save_revision()
    stat.go_live_at = timezone.now() + timedelta(days=1)
    stat.save_revision().publish()  # Scheduled.
    assert figures(stat) == ["30%"]
    assert "77" not in text_of(client.get(stat.get_absolute_url()))


def test_what_was_scheduled_counts_once_it_is_live() -> None:
    stat = factories.ImpactStatFactory(value_low="30")
    republish(stat, value_low=Decimal(40), go_live_at=timezone.now() + timedelta(hours=1))
    publish_due(timezone.now() + timedelta(hours=2))
    assert figures(ImpactStat.objects.get()) == ["40%", "30%"]


def test_a_revision_that_was_saved_over_since_tells_nothing() -> None:
    stat = factories.ImpactStatFactory(value_low="30")
    stat.value_low = Decimal(77)
    stat.save_revision(overwrite_revision=stat.latest_revision)
    assert figures(stat) == []


def test_a_revision_that_is_gone_tells_nothing(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(value_low="30")
    republish(stat, value_low=Decimal(40))
    stat.revisions.order_by("pk")[0].delete()
    assert figures(stat) == ["40%"]
    ModelLogEntry.objects.all().delete()
    assert "No earlier wording is on record." in text_of(client.get(stat.get_absolute_url()))


def test_the_page_shows_the_days(client: Client, site_tree: factories.SiteTree, time_machine: Any) -> None:
    time_machine.move_to("2027-04-03 15:00+00:00")
    stat = factories.ImpactStatFactory(value_low="30")
    assert "On record since April 3, 2027. It has said the same since." in text_of(client.get(stat.get_absolute_url()))
    time_machine.move_to("2027-09-10 02:00+00:00")  # The evening of the 9th in New York.
    republish(stat, value_low=Decimal(40))
    page = page_of(client.get(stat.get_absolute_url()))
    assert "As it stands since Sept. 9, 2027." in words_of(page.main)
    (past,) = page.select(".history > li")
    assert "30% 30 percent" in words_of(past).replace("%30", "% 30")
    assert "On record since April 3, 2027" in words_of(past)


def test_a_check_that_became_overdue_is_no_wording_on_record(
    client: Client, site_tree: factories.SiteTree, time_machine: Any
) -> None:
    time_machine.move_to("2027-04-03 15:00+00:00")
    evidence = Evidence(study=factories.StudyFactory(), relation="supports", reports="30%")
    stat = factories.ImpactStatFactory(value_low="30", evidence=[evidence], next_due=date(2027, 5, 1))
    time_machine.move_to("2027-05-01 15:00+00:00")
    publish_due(timezone.now())
    page = page_of(client.get(stat.get_absolute_url()))
    assert "The day of the present wording is not recorded. Before that:" in words_of(page.main)
    assert "As it stands since" not in words_of(page.main) and "It has said the same" not in words_of(page.main)
    (past,) = page.select(".history > li")
    assert "On record since April 3, 2027" in words_of(past) and "Matches its source" in words_of(past)


def test_a_new_check_after_an_overdue_one_is_a_change(time_machine: Any) -> None:
    time_machine.move_to("2027-04-03 15:00+00:00")
    evidence = Evidence(study=factories.StudyFactory(), relation="supports", reports="30%")
    stat = factories.ImpactStatFactory(value_low="30", evidence=[evidence], next_due=date(2027, 5, 1))
    time_machine.move_to("2027-05-09 15:00+00:00")
    publish_due(timezone.now())
    stat = ImpactStat.objects.get()
    republish(stat)
    republish(stat, next_due=date(2028, 5, 1))
    said = history_of(stat).publications
    assert [publication.status_words for publication in said] == [
        "Matches its source",
        "Check overdue since May 2027",
        "Matches its source",
    ]
    time_machine.move_to("2028-06-01 15:00+00:00")
    republish(stat, next_due=date(2029, 5, 1))  # Published before anybody had let it say that it is overdue.
    latest = history_of(ImpactStat.objects.get()).latest
    assert latest and latest.day == date(2028, 6, 1)


def test_a_wording_whose_revision_was_saved_over_has_no_day(
    client: Client, site_tree: factories.SiteTree, time_machine: Any
) -> None:
    time_machine.move_to("2027-04-03 15:00+00:00")
    stat = factories.ImpactStatFactory(value_low="30")
    time_machine.move_to("2027-09-03 15:00+00:00")
    republish(stat, value_low=Decimal(40))
    time_machine.move_to("2027-09-04 15:00+00:00")
    stat.value_low = Decimal(77)
    stat.save_revision(overwrite_revision=stat.latest_revision)
    page = page_of(client.get(stat.get_absolute_url()))
    assert "The day of the present wording is not recorded. Before that:" in words_of(page.main)
    (past,) = page.select(".history > li")
    assert "30%" in words_of(past) and "77" not in words_of(page)
    assert history_of(ImpactStat.objects.get()).latest is None


def test_a_long_history_costs_no_more_queries() -> None:
    stat = factories.ImpactStatFactory(value_low="30")
    stat.evidence.add(Evidence(study=factories.StudyFactory(), relation="supports", reports="30%"))
    counts = []
    for _ in range(2):
        for low in (40, 50, 60):
            republish(stat, value_low=Decimal(low))
        history_of(stat)
        with CaptureQueriesContext(connection) as queries:
            history_of(stat)
        counts.append(len(queries))
    assert counts == [3, 3]
