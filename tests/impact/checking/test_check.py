"""Somebody checks a stat on one screen: it is confirmed, corrected or withdrawn, and says so in public."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from impact.models import StatCheck, Study
from impact.status import Status
from site_core.accounts.roles import Role
from site_core.publishing.runner.due import publish_due
from tests import factories
from tests.impact.checking.checks import DUE, check, now, studied_stat
from tests.publishing.review.review_admin import client_of, person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TODAY = datetime(2027, 5, 3, 12, tzinfo=ZoneInfo("America/New_York"))
CONFIRM = {"verdict": "confirmed"}


@pytest.fixture(autouse=True)
def today(time_machine: Any) -> None:
    time_machine.move_to(TODAY, tick=False)


def errors_of(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    found: dict[str, list[str]] = response.context["form"].errors
    return found


def test_a_confirmed_stat_says_who_checked_it_when_and_until_when(site_tree: Any, client: Client) -> None:
    stat, editor = studied_stat(next_due=DUE), person(Role.EDITOR)
    assert now(stat).status == Status.OVERDUE
    assert "Last checked" not in client.get(stat.get_absolute_url()).content.decode()
    assert check(editor, stat, **CONFIRM, note="Compared with table 2.").status_code == 302
    checked = now(stat)
    assert (checked.checked_on, checked.checked_by, checked.next_due) == (date(2027, 5, 3), editor, date(2028, 5, 3))
    assert checked.status_words == "Same as the published study, compared May 3, 2027"
    page = client.get(stat.get_absolute_url()).content.decode()
    assert "Last checked" in page and "May 3, 2027" in page
    assert "table 2" not in page
    (kept,) = StatCheck.objects.all()
    assert (kept.verdict, kept.note, kept.checked_by, kept.was_sent_for_review) == (
        *("confirmed", "Compared with table 2.", editor, False),
    )
    screen = client_of(editor).get(checked.check_url).content.decode()
    assert "Compared with table 2." in screen


def test_what_a_study_reports_is_settled_on_the_same_screen(site_tree: Any) -> None:
    stat = studied_stat()
    pk = stat.evidence.get().pk
    other = {f"relation-{pk}": "differs", f"reports-{pk}": "9%", f"locator-{pk}": "p. 12"}
    assert list(errors_of(check(person(Role.EDITOR), stat, **CONFIRM, **{f"reports-{pk}": "9%"}))) == [f"reports-{pk}"]
    assert list(errors_of(check(person(Role.EDITOR), stat, **CONFIRM, **{f"reports-{pk}": ""}))) == [f"reports-{pk}"]
    assert check(person(Role.EDITOR), stat, **CONFIRM, **other).status_code == 302
    item = now(stat).evidence.get()
    assert (item.relation, item.reports, item.locator) == ("differs", "9%", "p. 12")
    assert now(stat).status == Status.DIFFERS


def test_a_correction_changes_the_figure_and_says_why(site_tree: Any) -> None:
    stat = studied_stat()
    pk = stat.evidence.get().pk
    wrong = check(person(Role.EDITOR), stat, verdict="corrected")
    assert set(errors_of(wrong)) == {"value_low", "correction_text"}
    right = {"verdict": "corrected", "value_low": "31", "correction_text": "The report counts 31%."}
    assert list(errors_of(check(person(Role.EDITOR), stat, **right))) == [f"reports-{pk}"]
    assert check(person(Role.EDITOR), stat, **right, **{f"reports-{pk}": "31%"}).status_code == 302
    assert (now(stat).figure, now(stat).notice) == ("31%", "Corrected May 3, 2027: The report counts 31%.")


def test_what_was_typed_for_a_correction_is_not_dropped_by_a_confirmation(site_tree: Any) -> None:
    stat, editor = studied_stat(), person(Role.EDITOR)
    typed = {"value_low": "31", "correction_text": "The report counts 31%."}
    assert set(errors_of(check(editor, stat, **CONFIRM, **typed))) == set(typed)


def test_a_withdrawn_stat_has_no_next_check_and_leaves_the_queue(site_tree: Any) -> None:
    stat, editor = studied_stat(next_due=DUE), person(Role.EDITOR)
    assert (
        check(editor, stat, verdict="withdrawn", correction_text="The city withdrew it.", next_due="").status_code
        == 302
    )
    assert now(stat).status == Status.WITHDRAWN
    assert not now(stat).check_is_overdue
    assert client_of(editor).get(stat.check_url).status_code == 404


def test_days_that_cannot_be_are_refused_where_they_are_typed(site_tree: Any) -> None:
    stat, editor = studied_stat(), person(Role.EDITOR)
    assert list(errors_of(check(editor, stat, **CONFIRM, checked_on="5/4/2027"))) == ["checked_on"]
    assert list(errors_of(check(editor, stat, **CONFIRM, next_due="5/3/2027"))) == ["next_due"]
    assert list(errors_of(check(editor, stat, **CONFIRM, next_due=""))) == ["next_due"]
    assert list(errors_of(check(editor, stat))) == ["verdict"]
    assert not StatCheck.objects.exists()


def test_a_newer_draft_keeps_its_changes_and_takes_the_check_over(site_tree: Any) -> None:
    stat, author = studied_stat(), person(Role.AUTHOR)
    draft = now(stat)
    draft.scope = "in two neighborhoods"
    draft.save_revision(user=author)
    assert check(person(Role.EDITOR), stat, **CONFIRM).status_code == 302
    assert (now(stat).scope, now(stat).checked_on) == ("", date(2027, 5, 3))
    newest = now(stat).get_latest_revision()
    assert newest.user == author
    newest.publish()
    assert (now(stat).scope, now(stat).checked_on) == ("in two neighborhoods", date(2027, 5, 3))


def test_a_scheduled_update_stays_scheduled_and_takes_the_check_over(site_tree: Any, time_machine: Any) -> None:
    stat = studied_stat()
    update = now(stat)
    update.scope, update.go_live_at = "in two neighborhoods", TODAY.replace(day=9)
    update.save_revision().publish()
    time_machine.shift(60)
    assert check(person(Role.EDITOR), stat, **CONFIRM).status_code == 302
    time_machine.move_to(TODAY.replace(day=10), tick=False)
    publish_due(TODAY.replace(day=10))
    assert (now(stat).scope, now(stat).checked_on) == ("in two neighborhoods", date(2027, 5, 3))


def test_a_draft_that_changes_the_same_is_named_and_nothing_is_lost(site_tree: Any) -> None:
    stat = studied_stat()
    draft = now(stat)
    draft.next_due = date(2030, 1, 1)
    draft.save_revision()
    refused = check(person(Role.EDITOR), stat, **CONFIRM, note="A long note.")
    assert "newer draft changes the same" in str(errors_of(refused))
    assert refused.context["form"]["note"].value() == "A long note."
    assert now(stat).checked_on is None
    assert not StatCheck.objects.exists()


def test_nobody_confirms_what_the_screen_did_not_show_or_a_review_still_decides(site_tree: Any) -> None:
    stat, editor = studied_stat(), person(Role.EDITOR)
    assert "Another version" in str(errors_of(check(editor, stat, **CONFIRM, seen="0")))
    now(stat).get_workflow().start(now(stat), person(Role.AUTHOR))
    assert "is in review" in str(errors_of(check(editor, stat, **CONFIRM)))


def test_an_authors_check_is_public_once_an_editor_approves_it(site_tree: Any) -> None:
    stat, author = studied_stat(), person(Role.AUTHOR)
    assert check(author, stat, **CONFIRM).status_code == 302
    assert now(stat).checked_on is None
    assert StatCheck.objects.get().was_sent_for_review
    state = now(stat).current_workflow_task_state
    state.task.specific.on_action(state, person(Role.EDITOR), "approve")
    assert (now(stat).checked_on, now(stat).checked_by) == (date(2027, 5, 3), author)


def test_the_form_of_a_stat_claims_no_check(site_tree: Any) -> None:
    form = client_of(person(Role.EDITOR)).get(f"/admin/snippets/impact/impactstat/edit/{studied_stat().pk}/")
    assert not {"checked_on", "checked_by"} & set(form.context["form"].fields)


def test_the_screen_shows_where_the_stat_stands_and_the_link_of_its_study(site_tree: Any) -> None:
    stat = studied_stat()
    Study.objects.update(url="https://doi.org/10.1000/example")
    page = factories.StrategyPageFactory(parent=site_tree.strategies, term=stat.strategy)
    screen = client_of(person(Role.AUTHOR)).get(stat.check_url).content.decode()
    assert 'href="https://doi.org/10.1000/example"' in screen
    assert page.title in screen
    assert "the impact page" in screen
