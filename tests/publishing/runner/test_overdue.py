"""An impact stat that no one has checked by its due day says so, without any page reading the clock."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from impact.models import Evidence, ImpactStat
from site_core.publishing.events import Change, due_events
from site_core.publishing.runner.due import publish_due
from tests import factories

pytestmark = pytest.mark.django_db

EASTERN = ZoneInfo("America/New_York")
BEFORE = datetime(2027, 4, 30, 23, 59, tzinfo=EASTERN)
DAY = datetime(2027, 5, 1, 0, 0, tzinfo=EASTERN)
WORDS = "Check overdue since May 2027"


@pytest.fixture
def stat(time_machine: Any) -> ImpactStat:
    """An impact stat that matches its source, on the evening before its check is due on May 1, 2027."""
    time_machine.move_to(BEFORE, tick=False)
    evidence = Evidence(study=factories.StudyFactory(), relation="supports", reports="12.5%")
    made: ImpactStat = factories.ImpactStatFactory(evidence=[evidence], next_due=date(2027, 5, 1))
    return made


def test_the_stat_says_so_when_the_day_begins_in_new_york(stat: ImpactStat, time_machine: Any) -> None:
    assert not publish_due(BEFORE).done
    assert ImpactStat.objects.get().status_words == "Same as the published study"
    time_machine.move_to(DAY, tick=False)
    (event,) = publish_due(DAY).done
    assert (event.change, event.at) == (Change.OVERDUE, DAY)
    again = ImpactStat.objects.get()
    assert (again.status_words, again.weight) == (WORDS, 400)
    assert not publish_due(DAY).done


def test_no_page_reads_the_clock(
    client: Client, site_tree: factories.SiteTree, stat: ImpactStat, time_machine: Any
) -> None:
    url = stat.get_absolute_url()
    before = client.get(url).content
    time_machine.move_to(datetime(2029, 1, 1, tzinfo=EASTERN), tick=False)
    assert client.get(url).content == before
    publish_due(datetime(2029, 1, 1, tzinfo=EASTERN))
    assert WORDS in client.get(url).content.decode()


def test_a_new_day_settles_it_at_once(stat: ImpactStat, time_machine: Any) -> None:
    time_machine.move_to(DAY, tick=False)
    publish_due(DAY)
    checked = ImpactStat.objects.get()
    checked.checked_on, checked.next_due = date(2027, 5, 1), date(2028, 5, 1)
    checked.save_revision().publish()
    assert ImpactStat.objects.get().status_words == "Same as the published study"


def test_an_old_revision_brings_back_no_stale_flag(stat: ImpactStat, time_machine: Any) -> None:
    old = stat.latest_revision
    time_machine.move_to(DAY, tick=False)
    publish_due(DAY)
    assert old.as_object().check_is_overdue
    old.publish()
    assert ImpactStat.objects.get().status_words == WORDS

    overdue = ImpactStat.objects.get().save_revision()
    time_machine.move_to(BEFORE, tick=False)
    assert not overdue.as_object().check_is_overdue


def test_saving_a_draft_leaves_what_is_public_alone(stat: ImpactStat, time_machine: Any) -> None:
    time_machine.move_to(DAY, tick=False)
    publish_due(DAY)
    draft = ImpactStat.objects.get()
    draft.next_due = date(2028, 5, 1)
    draft.save_revision()
    assert ImpactStat.objects.get().status_words == WORDS


def test_drafts_and_what_has_no_day_are_not_touched(time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    factories.ImpactStatFactory(draft=True, next_due=date(2027, 5, 1))
    factories.ImpactStatFactory()
    assert not publish_due(DAY).done
    assert not ImpactStat.objects.filter(check_is_overdue=True).exists()


def test_a_draft_that_goes_live_late_says_so_from_the_start(time_machine: Any) -> None:
    time_machine.move_to(BEFORE, tick=False)
    draft = factories.ImpactStatFactory(draft=True, next_due=date(2027, 5, 1))
    time_machine.move_to(DAY, tick=False)
    draft.latest_revision.publish()
    assert ImpactStat.objects.get().check_is_overdue


def test_a_check_entered_in_the_meantime_is_respected(stat: ImpactStat) -> None:
    (event,) = due_events(DAY)
    ImpactStat.objects.update(next_due=date(2028, 5, 1))
    assert not publish_due(DAY).done
    assert event.pk == stat.pk
    assert not ImpactStat.objects.get().check_is_overdue


def test_looking_for_all_kinds_of_event_stays_one_query(stat: ImpactStat) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert due_events(DAY)
    assert len(queries) == 1
