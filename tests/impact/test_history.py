"""The history of a stat holds exactly what was public."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from impact.history import history_of
from impact.models import Evidence, ImpactStat
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.runner.due import publish_due
from tests import factories
from tests.impact.reading import page_of, text_of, words_of
from tests.publishing.ledger.unprotected import unprotected_ledger

pytestmark = pytest.mark.django_db


def values(stat: ImpactStat) -> list[str]:
    """The values of its wordings, the newest first."""
    return [wording.figure for wording in history_of(stat).wordings]


def republish(stat: ImpactStat, **fields: object) -> None:
    for name, value in fields.items():
        setattr(stat, name, value)
    stat.save_revision().publish()


def test_each_publication_that_says_something_else_is_kept() -> None:
    stat = factories.ImpactStatFactory(value_low="30")
    republish(stat, value_low=Decimal(40))
    republish(stat, period="2007–2010")  # Nothing that is said changes.
    republish(stat, value_low=Decimal(30))
    assert values(stat) == ["30%", "40%", "30%"]


def test_a_change_of_people_place_evidence_or_correction_counts() -> None:
    stat = factories.ImpactStatFactory(value_low="30")
    republish(stat, population="other groups")
    republish(stat, place=factories.PlaceTermFactory(name="Elsewhere"))
    stat.evidence.add(Evidence(study=factories.StudyFactory(), relation="supports", reports="30%"))
    republish(stat)
    republish(stat, correction="withdrawn", correction_text="Why.", corrected_on=date(2027, 4, 3))
    said = history_of(stat).wordings
    assert [wording.status_words for wording in said] == [
        "Withdrawn",
        "Same as the published study",
        "Source not yet recorded",
        "Source not yet recorded",
        "Source not yet recorded",
    ]
    assert said[0].notice == "Withdrawn April 3, 2027: Why."
    assert (said[2].place, said[3].sentence) == ("Elsewhere", "reduction in example incidents among other groups")


def test_nothing_unpublished_leaks(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(value_low="30")
    stat.value_low = Decimal("77.3")
    stat.save_revision()
    stat.go_live_at = timezone.now() + timedelta(days=1)
    stat.save_revision().publish()  # Scheduled.
    assert values(stat) == ["30%"]
    assert "77.3" not in text_of(client.get(stat.get_absolute_url()))


def test_what_was_scheduled_counts_once_it_is_live() -> None:
    stat = factories.ImpactStatFactory(value_low="30")
    republish(stat, value_low=Decimal(40), go_live_at=timezone.now() + timedelta(hours=1))
    publish_due(timezone.now() + timedelta(hours=2))
    assert values(ImpactStat.objects.get()) == ["40%", "30%"]


def test_what_happens_to_a_revision_later_changes_nothing() -> None:
    stat = factories.ImpactStatFactory(value_low="30")
    first = stat.latest_revision
    republish(stat, value_low=Decimal(40))
    first.content = first.content | {"value_low": "77"}
    first.save()
    assert values(stat) == ["40%", "30%"]
    stat.revisions.all().delete()
    assert values(stat) == ["40%", "30%"]


def test_a_place_keeps_the_name_it_had() -> None:
    place = factories.PlaceTermFactory(name="Example City")
    stat = factories.ImpactStatFactory(place=place)
    place.name = "Sample City"
    place.save()
    assert [wording.place for wording in history_of(stat).wordings] == ["Example City"]


def test_before_the_ledger_nothing_is_on_record(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory()
    with unprotected_ledger():
        Publication.objects.all().delete()
    assert "No earlier version is on record." in text_of(client.get(stat.get_absolute_url()))


def test_the_page_shows_the_days(
    client: Client, site_tree: factories.SiteTree, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2027-04-03 15:00+00:00")
    stat = factories.ImpactStatFactory(value_low="30")
    assert "Published April 3, 2027. No changes." in text_of(client.get(stat.get_absolute_url()))
    time_machine.move_to("2027-09-10 02:00+00:00")  # The evening of the 9th in New York.
    republish(stat, value_low=Decimal(40))
    page = page_of(client.get(stat.get_absolute_url()))
    assert "Current version published Sept. 9, 2027." in words_of(page.main)
    (past,) = page.select(".history > li")
    assert "30% 30 percent" in words_of(past).replace("%30", "% 30")
    assert "Published April 3, 2027" in words_of(past)


def test_a_check_that_became_overdue_is_a_wording_of_its_own(
    client: Client, site_tree: factories.SiteTree, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2027-04-03 15:00+00:00")
    evidence = Evidence(study=factories.StudyFactory(), relation="supports", reports="30%")
    stat = factories.ImpactStatFactory(value_low="30", evidence=[evidence], next_due=date(2027, 5, 1))
    time_machine.move_to("2027-05-01 15:00+00:00")
    publish_due(timezone.now())
    page = page_of(client.get(stat.get_absolute_url()))
    assert "Current version published May 1, 2027. Earlier versions:" in words_of(page.main)
    (past,) = page.select(".history > li")
    assert "Published April 3, 2027" in words_of(past) and "Same as the published study" in words_of(past)


def test_a_new_check_after_an_overdue_one_is_a_change(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to("2027-04-03 15:00+00:00")
    evidence = Evidence(study=factories.StudyFactory(), relation="supports", reports="30%")
    stat = factories.ImpactStatFactory(value_low="30", evidence=[evidence], next_due=date(2027, 5, 1))
    time_machine.move_to("2027-05-09 15:00+00:00")
    publish_due(timezone.now())
    stat = ImpactStat.objects.get()
    republish(stat)
    republish(stat, next_due=date(2028, 5, 1))
    said = history_of(stat).wordings
    assert [wording.status_words for wording in said] == [
        "Same as the published study",
        "Check overdue since May 2027",
        "Same as the published study",
    ]


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
    assert counts == [2, 2]
