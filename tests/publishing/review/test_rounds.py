"""The screen of a review shows the earlier rounds and who wrote what, and it schedules with dates typed there."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.publishing.approval_rules import EDITED_MEANWHILE, OWN_EDIT
from site_core.publishing.field_labels import label_of_field
from site_core.publishing.ledger.scheduled_by import who_scheduled
from tests import factories
from tests.publishing.admin_forms import edit_url, post
from tests.publishing.events import scheduled_revision
from tests.publishing.review.review_admin import client_of, decide, is_live, person, submitted, write

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NINE, TYPED = datetime(2127, 1, 7, 14, tzinfo=UTC), {"goes_live_day": "1/7/2127", "goes_live_hour": "09:00"}
SCHEDULE = {"when": "at", **TYPED}


@pytest.fixture(params=["page", "snippet"])
def obj(request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> Any:
    if request.param == "page":
        return factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    return factories.ImpactStatFactory(draft=True)


def fresh(obj: Any) -> Any:
    return type(obj).objects.get(pk=obj.pk)


def screen_of(state: TaskState, user: Any = None) -> str:
    client = client_of(user or person(Role.EDITOR))
    return str(client.get(reverse("review", args=[state.pk])).content.decode())


def sent_again(obj: Any, state: TaskState, by: Any, **fields: Any) -> TaskState:
    obj = fresh(obj)
    for name, value in fields.items():
        setattr(obj, name, value)
    obj.save_revision(user=by)
    obj.current_workflow_state.resume(by)
    again: TaskState = fresh(obj).current_workflow_task_state
    assert again != state
    return again


def test_an_approval_schedules_for_the_time_that_was_typed_beside_it(obj: Any) -> None:
    author, editor = person(Role.AUTHOR), person(Role.EDITOR)
    state = submitted(obj, author)
    response = client_of(editor).post(
        reverse("review", args=[state.pk]),
        {"action": "approve", "revision": fresh(obj).latest_revision_id, **SCHEDULE},
        follow=True,
    )
    assert "It is scheduled for Tue., Jan. 7, 2127, 9:00 a.m. ET." in response.content.decode()
    assert not is_live(obj)
    revision = scheduled_revision(fresh(obj))
    assert revision.approved_go_live_at == NINE
    # The words are the author's; the log names who scheduled them.
    assert revision.user == author
    assert who_scheduled(revision) == editor
    assert not fresh(obj).workflow_in_progress


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"goes_live_day": "", "goes_live_hour": ""}, "Enter the date and the time"),
        ({"goes_live_day": "1/7/2127", "goes_live_hour": ""}, "Enter the time, too"),
        ({"goes_live_day": "the 40th of May", "goes_live_hour": "09:00"}, "the 40th of May"),
        ({"goes_live_day": "1/7/2020", "goes_live_hour": "09:00"}, "This time has passed."),
        ({"goes_live_day": "3/14/2027", "goes_live_hour": "02:30"}, "the clocks go forward"),
    ],
)
def test_a_time_that_cannot_be_is_refused_at_the_box_and_nothing_is_decided(
    site_tree: factories.SiteTree, typed: dict[str, str], said: str, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2026, 11, 30, tzinfo=UTC))
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    state = submitted(item, person(Role.AUTHOR))
    response = decide(person(Role.EDITOR), state, "approve", when="at", **typed)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert f'value="{typed["goes_live_day"]}"' in response.content.decode()
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS
    assert fresh(item).latest_revision == state.workflow_state.content_object.latest_revision


def test_it_does_not_go_live_after_it_comes_down(site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True, expire_at=NINE - timedelta(days=1))
    state = submitted(item, person(Role.AUTHOR))
    response = decide(person(Role.EDITOR), state, "approve", **SCHEDULE)
    assert "It is scheduled to come down on" in response.content.decode()
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS


def test_a_draft_with_a_date_can_be_published_now_or_at_that_time(obj: Any) -> None:
    obj.go_live_at = NINE
    state = submitted(obj, person(Role.AUTHOR))
    screen = screen_of(state)
    assert 'value="Jan. 7, 2127"' in screen
    assert screen.index("and schedule</button>") < screen.index("and publish now</button>")
    decide(person(Role.EDITOR), state, "approve", when="now")
    assert is_live(obj)


def test_scheduling_is_bound_to_what_was_shown_as_well(obj: Any) -> None:
    state = submitted(obj, person(Role.AUTHOR))
    shown = fresh(obj).latest_revision_id
    write(fresh(obj), person(Role.MANAGING_EDITOR))
    response = client_of(person(Role.EDITOR)).post(
        reverse("review", args=[state.pk]), {"action": "approve", "revision": shown, **SCHEDULE}, follow=True
    )
    assert EDITED_MEANWHILE in response.content.decode()
    assert fresh(obj).scheduled_revision is None


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR])
def test_people_who_may_not_approve_schedule_nothing(obj: Any, role: Role) -> None:
    """An Author, and an Editor who made the last edit: a date typed here is no edit of somebody else."""
    user = person(role)
    state = submitted(obj, person(Role.AUTHOR), last_edit_by=user)
    drafts = fresh(obj).revisions.count()
    response = decide(user, state, "approve", **SCHEDULE)
    assert response.status_code == 403
    assert role == Role.AUTHOR or OWN_EDIT in response.content.decode()
    assert fresh(obj).revisions.count() == drafts


def test_a_script_cannot_pass_a_date_through_wagtails_own_form(obj: Any) -> None:
    state = submitted(obj, person(Role.AUTHOR))
    state.task.specific.on_action(state, person(Role.EDITOR), "approve", timing="2127-01-07")
    assert is_live(obj)


def test_the_screen_shows_all_earlier_notes_and_what_changed_since_it_was_sent_back(obj: Any) -> None:
    author, editor = person(Role.AUTHOR), person(Role.EDITOR)
    state = submitted(obj, author)
    decide(editor, state, "reject", comment="First <note>.")
    field = "summary" if isinstance(obj, NewsItemPage) else "scope"
    state = sent_again(obj, state, author, **{field: "Second words."})
    decide(editor, state, "reject", comment="Second note.")
    state = sent_again(obj, state, author, **{field: "Third words."})
    screen = screen_of(state)
    assert f"Sent back by {editor} on" in screen
    assert "First &lt;note&gt;." in screen
    assert screen.index("Second note.") < screen.index("First &lt;note&gt;.")
    assert "What changed since it was sent back" in screen
    assert '<span class="deletion">Second</span><span class="addition">Third</span> words.' in screen
    assert "It is not public now" in screen


def test_notes_from_before_it_went_live_stay_without_a_comparison(site_tree: factories.SiteTree) -> None:
    author, item = person(Role.AUTHOR), factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    state = submitted(item, author)
    decide(person(Role.EDITOR), state, "reject", comment="An old note.")
    state = sent_again(item, state, author, summary="Better words.")
    decide(person(Role.EDITOR), state, "approve")
    screen = screen_of(submitted(fresh(item), author))
    assert "An old note." in screen
    assert "since it was sent back" not in screen
    assert "What changed since the public version" in screen


def test_the_screen_says_who_wrote_what_since_it_was_public(site_tree: factories.SiteTree) -> None:
    ana, ben = (factories.UserFactory(role="Author", first_name=name, last_name="Reyes") for name in ("Ana", "Ben"))
    item = factories.NewsItemPageFactory(parent=site_tree.news)
    for by, fields in ((ana, {"title": "A title"}), (ana, {"title": "Another title"}), (ben, {"summary": "Short."})):
        for name, value in fields.items():
            setattr(item, name, value)
        item.save_revision(user=by)
    item.go_live_at = timezone.now() + timedelta(days=1)
    item.save_revision(user=person(Role.EDITOR))
    item.get_workflow().start(item, ana)
    screen = " ".join(screen_of(item.current_workflow_task_state).split())
    writers = screen[screen.index("Who wrote what") :]
    assert writers.index("Ben Reyes: Summary") < writers.index("Ana Reyes: ")
    assert f"Ana Reyes: {label_of_field(NewsItemPage, 'title')}" in writers
    assert "2 drafts, the last on" in writers
    assert "began it" not in writers


def test_the_edit_screen_says_why_it_was_sent_back_until_it_is_sent_again(obj: Any) -> None:
    author, editor = person(Role.AUTHOR), person(Role.EDITOR)
    state = submitted(obj, author)
    client = client_of(author)
    decide(editor, state, "reject", comment="The date is <wrong>.\nAnd the place.")
    for reader in (client, client_of(editor)):
        page = reader.get(edit_url(obj)).content.decode()
        assert f"Sent back by {editor} on" in page
        assert "The date is &lt;wrong&gt;.<br>And the place." in page
    invalid = post(client, edit_url(obj), **{"go_live_at_day": "no day"})
    assert "The date is &lt;wrong&gt;." in invalid.content.decode()
    sent_again(obj, state, author)
    assert "Sent back by" not in client.get(edit_url(obj)).content.decode()


def test_the_edit_screen_of_what_was_never_in_review_speaks_of_none(obj: Any) -> None:
    assert "Sent back" not in client_of(person(Role.AUTHOR)).get(edit_url(obj)).content.decode()


def test_only_people_who_may_see_the_review_read_the_notes(obj: Any) -> None:
    state = submitted(obj, person(Role.AUTHOR))
    assert Client().get(reverse("review", args=[state.pk])).status_code == 302
