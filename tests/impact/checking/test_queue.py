"""The queue “Stats to check”: due, overdue, never checked and conflicting, by owner."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from impact.checking.queue import Want, stats_to_check
from impact.models import Evidence, ImpactStat
from site_core.accounts.roles import Role
from tests import factories
from tests.impact.checking.checks import DUE, studied_stat
from tests.publishing.review.review_admin import client_of, person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CHECKED = {"checked_on": date(2026, 5, 1)}


def wants_on(day: date) -> dict[int, tuple[Want, ...]]:
    return {one.stat.pk: one.wants for one in stats_to_check(day)}


def test_a_stat_is_due_two_weeks_before_and_overdue_from_its_day_on() -> None:
    pk = studied_stat(next_due=DUE, **CHECKED).pk
    days = {-15: None, -14: (Want.DUE,), -1: (Want.DUE,), 0: (Want.OVERDUE,), 30: (Want.OVERDUE,)}
    assert {day: wants_on(DUE + timedelta(day)).get(pk) for day in days} == days


def test_what_nobody_has_checked_is_in_the_queue_and_what_is_not_public_is_not() -> None:
    stat = studied_stat()
    factories.ImpactStatFactory(draft=True)
    studied_stat(correction="withdrawn", correction_text="Wrong.", corrected_on=DUE)
    assert wants_on(DUE) == {stat.pk: (Want.NEVER,)}


def test_two_values_for_the_same_are_found_and_a_study_with_another_number_is() -> None:
    first = studied_stat(**CHECKED)
    same = {"place": first.place, "strategy": first.strategy, **CHECKED}
    factories.ImpactStatFactory(**same, outcome="Example  Incidents", value_low=Decimal(31), period="2007–2010")
    factories.ImpactStatFactory(**same, outcome="another outcome", value_low=Decimal(31))
    lines = stats_to_check(DUE)
    assert [one.wants for one in lines] == [(Want.CONFLICTING,)] * 2
    assert "31% reduction in Example  Incidents among example groups, 2007–2010." in lines[0].conflicts[0]

    # A relation alone is no proof: the number that somebody entered contradicts it.
    evidence = Evidence(study=factories.StudyFactory(short_name="Example 2018"), relation="supports", reports="9%")
    factories.ImpactStatFactory(**CHECKED, evidence=[evidence])
    assert stats_to_check(DUE)[-1].conflicts == ("Example 2018 reports 9%.",)


def test_the_screen_filters_by_reason_and_by_owner(time_machine: Any) -> None:
    time_machine.move_to(datetime(2027, 5, 2, 17), tick=False)
    owner = person(Role.AUTHOR)
    late = studied_stat(next_due=DUE, owner=owner, outcome="late outcomes", **CHECKED)
    studied_stat(outcome="new outcomes")
    client, url = client_of(owner), reverse("stats_to_check")
    page = client.get(url).content.decode()
    assert "late outcomes" in page and "new outcomes" in page and late.check_url in page
    for query in ("?want=overdue", f"?owner={owner.pk}"):
        page = client.get(url + query).content.decode()
        assert "late outcomes" in page and "new outcomes" not in page
    page = client.get(f"{url}?owner=none").content.decode()
    assert "late outcomes" not in page and "new outcomes" in page
    assert "No impact stat waits for that." in client.get(f"{url}?want=conflicting").content.decode()
    assert "Stats to check" in client.get(reverse("wagtailadmin_home")).content.decode()
    ImpactStat.objects.all().delete()
    assert "Every impact stat is checked" in client.get(url).content.decode()


def test_the_queue_takes_as_many_queries_for_two_stats_as_for_one() -> None:
    studied_stat()
    with CaptureQueriesContext(connection) as one:
        stats_to_check(DUE)
    studied_stat(owner=person(Role.AUTHOR))
    with CaptureQueriesContext(connection) as two:
        stats_to_check(DUE)
    assert len(one) == len(two) <= 3
