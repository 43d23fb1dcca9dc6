"""The review: sending back takes a reason, and whoever edited last does not approve."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, PageLogEntry, Task, TaskState, WorkflowTask
from wagtail.rich_text import RichText

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.models import ApprovalRules, ReviewTask
from site_core.publishing.review.approval import DECIDED, NO_REASON, OWN_EDIT
from site_core.publishing.review.changes import SAME_WORDS, changes_between
from site_core.publishing.rules import PAST_THE_REVIEW
from site_core.roles import REVIEWERS, Role, sync_roles
from tests import factories

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def person(role: Role) -> Any:
    return factories.UserFactory(role=role.value)


def submitted(thing: Any, by: Any, last_edit_by: Any = None) -> TaskState:
    """An object in review: submitted by one person, edited last by the same or by another."""
    write(thing, by)
    thing.get_workflow().start(thing, by)
    if last_edit_by:
        write(thing, last_edit_by)
    state: TaskState = thing.current_workflow_task_state
    return state


def write(thing: Any, by: Any) -> None:
    """Save a draft with other words in it."""
    field = "scope" if isinstance(thing, ImpactStat) else "summary"
    setattr(thing, field, f"Written by {by.email}.")
    thing.save_revision(user=by)


@pytest.fixture
def item(site_tree: factories.SiteTree) -> NewsItemPage:
    draft: NewsItemPage = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    return draft


def decide(user: Any, state: TaskState, action: str, **typed: Any) -> Any:
    """Press a button of the review's own screen."""
    revision = state.workflow_state.content_object.latest_revision_id
    posted = {"action": action, "revision": revision, **typed}
    return client_of(user).post(reverse("review", args=[state.pk]), posted)


def press_in_editor(user: Any, state: TaskState, action: str, **typed: Any) -> Any:
    """Post to Wagtail's own address of an action."""
    page = state.workflow_state.content_object
    return client_of(user).post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]), typed)


def is_live(thing: Any) -> bool:
    return bool(type(thing).objects.get(pk=thing.pk).live)


@pytest.mark.parametrize("press", [decide, press_in_editor])
@pytest.mark.parametrize("reason", ["", "   "])
def test_sending_back_without_a_reason_is_refused_in_a_sentence(item: Any, press: Any, reason: str) -> None:
    state = submitted(item, person(Role.AUTHOR))
    response = press(person(Role.EDITOR), state, "reject", comment=reason)
    assert NO_REASON in response.content.decode()
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS


def test_the_editors_box_for_the_reason_says_what_is_missing(item: Any) -> None:
    state = submitted(item, person(Role.AUTHOR))
    address = reverse("wagtailadmin_pages:collect_workflow_action_data", args=[item.pk, "reject", state.pk])
    response = client_of(person(Role.EDITOR)).post(address, {"comment": ""}, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert NO_REASON in response.content.decode()


def test_sending_back_keeps_the_reason(item: Any) -> None:
    state = submitted(item, person(Role.AUTHOR))
    decide(person(Role.EDITOR), state, "reject", comment="The date is wrong.")
    decided = TaskState.objects.get(pk=state.pk)
    assert (decided.status, decided.comment) == (TaskState.STATUS_REJECTED, "The date is wrong.")


@pytest.mark.parametrize("press", [decide, press_in_editor])
def test_an_editor_does_not_approve_their_own_last_edit(item: Any, press: Any) -> None:
    editor = person(Role.EDITOR)
    state = submitted(item, person(Role.AUTHOR), last_edit_by=editor)
    response = press(editor, state, "approve")
    assert response.status_code == 403
    assert OWN_EDIT in response.content.decode()
    assert not is_live(item)
    press(person(Role.EDITOR), state, "approve")
    assert is_live(item)


def test_an_editor_approves_what_somebody_else_edited_last(item: Any) -> None:
    editor = person(Role.EDITOR)
    state = submitted(item, editor, last_edit_by=person(Role.AUTHOR))
    decide(editor, state, "approve")
    assert is_live(item)


def test_whoever_only_sets_the_dates_may_approve(item: Any) -> None:
    editor = person(Role.EDITOR)
    state = submitted(item, person(Role.AUTHOR))
    item.go_live_at = timezone.now().replace(microsecond=0) + timedelta(days=1)
    item.save_revision(user=editor)
    decide(editor, state, "approve")
    assert TaskState.objects.get(pk=state.pk).comment == ""
    assert item.revisions.filter(approved_go_live_at=item.go_live_at).count() == 1


def test_the_rule_holds_for_snippets(site_tree: factories.SiteTree) -> None:
    editor, stat = person(Role.EDITOR), factories.ImpactStatFactory(draft=True)
    state = submitted(stat, person(Role.AUTHOR), last_edit_by=editor)
    address = reverse("wagtailsnippets_impact_impactstat:workflow_action", args=[stat.pk, "approve", state.pk])
    assert OWN_EDIT in client_of(editor).post(address).content.decode()
    assert not ImpactStat.objects.get(pk=stat.pk).live


@pytest.mark.parametrize("role", [Role.MANAGING_EDITOR, Role.ADMINISTRATOR])
def test_a_managing_editor_approves_their_own_edit_and_the_history_says_alone(item: Any, role: Role) -> None:
    managing = person(role)
    state = submitted(item, managing)
    decide(managing, state, "approve")
    assert is_live(item)
    assert TaskState.objects.get(pk=state.pk).comment == "Approved alone."
    entry = PageLogEntry.objects.get(page=item.pk, action="wagtail.workflow.approve")
    assert entry.data["comment"] == "Approved alone."


def test_with_the_rule_on_a_managing_editor_can_only_approve_alone(item: Any) -> None:
    ApprovalRules.objects.update_or_create(pk=1, defaults={"managing_editors_need_another": True})
    managing = person(Role.MANAGING_EDITOR)
    state = submitted(item, managing)
    assert OWN_EDIT in decide(managing, state, "approve").content.decode()
    decide(managing, state, "approve_alone", comment="Everybody else is away.")
    assert is_live(item)
    assert TaskState.objects.get(pk=state.pk).comment == "Approved alone: Everybody else is away."


def test_an_editor_can_never_approve_alone(item: Any) -> None:
    editor = person(Role.EDITOR)
    state = submitted(item, person(Role.AUTHOR), last_edit_by=editor)
    assert decide(editor, state, "approve_alone").status_code == 403
    assert not is_live(item)


def test_with_the_rule_off_an_editor_approves_their_own_edit(item: Any) -> None:
    ApprovalRules.objects.update_or_create(pk=1, defaults={"editors_need_another": False})
    editor = person(Role.EDITOR)
    decide(editor, submitted(item, editor), "approve")
    assert is_live(item)


def edited_in_the_browser(page: Any, **typed: str) -> dict[str, Any]:
    """What the editor's form posts for a news item."""
    return {
        "title": "Edited while approving",
        "slug": page.slug,
        "summary": page.summary,
        "date_0": "2020",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **typed,
    }


def test_whoever_edits_and_approves_in_one_go_is_refused_and_loses_nothing(site_tree: factories.SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.home, draft=True)
    editor, state = person(Role.EDITOR), submitted(page, person(Role.AUTHOR))
    assert "approve" in {name for name, *_ in state.task.specific.get_actions(page, editor)}
    typed = edited_in_the_browser(
        page,
        **{"action-workflow-action": "true", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"},
    )
    response = client_of(editor).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed)
    assert OWN_EDIT in response.content.decode()
    assert "Edited while approving" in response.content.decode()
    assert not is_live(page)


def test_a_tab_left_open_cannot_approve_what_autosave_has_saved(site_tree: factories.SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.home, draft=True)
    editor = person(Role.EDITOR)
    submitted(page, person(Role.AUTHOR), last_edit_by=editor)
    typed = edited_in_the_browser(page, **{"action-workflow-action": "true", "workflow-action-name": "approve"})
    response = client_of(editor).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed)
    assert OWN_EDIT in response.content.decode()
    assert not is_live(page)


def test_publishing_does_not_pass_the_review_by(site_tree: factories.SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.home, draft=True)
    editor = person(Role.EDITOR)
    submitted(page, person(Role.AUTHOR))
    typed = edited_in_the_browser(page, **{"action-publish": "action-publish"})
    response = client_of(editor).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed)
    assert PAST_THE_REVIEW in response.content.decode()
    assert not is_live(page)
    assert page.current_workflow_state is not None


def test_publishing_in_bulk_does_not_pass_the_review_by(item: Any) -> None:
    editor = person(Role.EDITOR)
    submitted(item, person(Role.AUTHOR), last_edit_by=editor)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    address = f"{bulk}?id={item.pk}&next={reverse('wagtailadmin_home')}"
    response = client_of(editor).post(address, {"include_descendants": ""}, follow=True)
    assert PAST_THE_REVIEW in response.content.decode()
    assert not is_live(item)


def test_an_editor_publishes_what_is_not_in_review(site_tree: factories.SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.home, draft=True)
    typed = edited_in_the_browser(page, **{"action-publish": "action-publish"})
    client_of(person(Role.EDITOR)).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed)
    assert is_live(page)


def test_the_editor_offers_no_publish_button_in_review(site_tree: factories.SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.home, draft=True)
    submitted(page, person(Role.AUTHOR))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "action-publish" not in client_of(person(Role.EDITOR)).get(address).content.decode()
    assert "action-publish" in client_of(person(Role.MANAGING_EDITOR)).get(address).content.decode()


def test_two_decisions_at_once_leave_the_first(item: Any) -> None:
    state = submitted(item, person(Role.AUTHOR))
    stale = TaskState.objects.get(pk=state.pk)
    decide(person(Role.EDITOR), state, "reject", comment="Not yet.")
    response = press_in_editor(person(Role.EDITOR), stale, "approve")
    assert response.status_code == 403
    assert DECIDED in response.content.decode()
    assert not is_live(item)


def test_what_was_edited_meanwhile_is_looked_at_again(item: Any) -> None:
    state, seen = submitted(item, person(Role.AUTHOR)), item.latest_revision_id
    item.save_revision(user=person(Role.AUTHOR))
    posted = {"action": "approve", "revision": seen}
    response = client_of(person(Role.EDITOR)).post(reverse("review", args=[state.pk]), posted, follow=True)
    assert "It was edited while you were reading" in response.content.decode()
    assert not is_live(item)


def test_the_screen_shows_what_changed_in_words_and_both_looks(site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Public headline")
    item.title = "Drafted headline"
    state = submitted(item, person(Role.AUTHOR))
    editor = client_of(person(Role.EDITOR))
    screen = editor.get(reverse("review", args=[state.pk])).content.decode()
    assert '<span class="deletion">Public</span>' in screen
    assert '<span class="addition">Drafted</span>' in screen
    for side, headline in (("public", "Public headline"), ("draft", "Drafted headline")):
        response = editor.get(reverse(f"review_{side}", args=[state.pk]))
        assert headline in response.content.decode()
        assert response["X-Frame-Options"] == "SAMEORIGIN"


BODY = [
    ("text", "<p>Unchanged words.</p>"),
    ("steps", {"steps": [{"what": "First", "text": "<p>Explained.</p>"}]}),
    ("text", "<p>Words that change.</p>"),
]


def with_block_keys(content: dict[str, Any]) -> dict[str, Any]:
    """The content as the desk's editor sends it back: each paragraph has got a mark of its own."""
    return {**content, "body": content["body"].replace("<p>", '<p data-block-key=\\"a1b2c\\">')}


def test_only_what_differs_is_listed_and_not_how_it_is_written_down(site_tree: factories.SiteTree) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies, body=BODY)
    public = page.live_revision
    assert "data-block-key" in with_block_keys(public.content)["body"]
    page = page.with_content_json(with_block_keys(public.content))
    assert changes_between(public, page.save_revision()) == []

    page.title = "Another title"
    page.body[2].value = RichText('<p data-block-key="a1b2c">Words that changed.</p>')
    page.expire_at = datetime(2127, 1, 7, 14, tzinfo=UTC)
    title, body, expiry = changes_between(public, page.save_revision())
    assert (title.label, body.label, expiry.label) == ("Title", "Body", "Is taken down")
    assert "Unchanged words." not in body.words
    assert '<span class="addition">changed.</span>' in body.words
    assert "2127, 9:00 a.m. ET" in expiry.words


def test_a_change_without_other_words_says_so(site_tree: factories.SiteTree) -> None:
    page = factories.StrategyPageFactory(parent=site_tree.strategies, body=BODY)
    page.body[0].value = RichText("<p><b>Unchanged</b> words.</p>")
    (change,) = changes_between(page.live_revision, page.save_revision())
    assert change.note == SAME_WORDS


def test_of_what_was_never_public_there_is_only_the_draft(item: Any) -> None:
    state, editor = submitted(item, person(Role.AUTHOR)), client_of(person(Role.EDITOR))
    assert "It is not public now" in editor.get(reverse("review", args=[state.pk])).content.decode()
    assert editor.get(reverse("review_public", args=[state.pk])).status_code == 404


@pytest.mark.parametrize("name", ["review", "review_draft"])
def test_whoever_may_not_edit_it_sees_no_review(item: Any, name: str) -> None:
    outsider = factories.UserFactory()
    outsider.groups.add(Group.objects.create(name="Visitors of the desk"))
    outsider.groups.get().permissions.add(
        *Group.objects.get(name="Author").permissions.filter(codename="access_admin")
    )
    state = submitted(item, person(Role.AUTHOR))
    assert client_of(outsider).get(reverse(name, args=[state.pk])).status_code == 403


def test_a_review_that_ran_under_the_released_task_goes_on_under_ours(item: Any) -> None:
    ReviewTask.objects.all().delete()
    released = GroupApprovalTask.objects.create(name="Review")
    released.groups.set(Group.objects.filter(name__in=REVIEWERS))
    workflow = item.get_workflow()
    WorkflowTask.objects.create(workflow=workflow, task=released.task_ptr, sort_order=0)
    author = person(Role.AUTHOR)
    state = submitted(item, author)
    assert state.task_id == released.pk

    sync_roles()

    assert not GroupApprovalTask.objects.exists()
    task = Task.objects.get(name="Review")
    assert (task.pk, type(task.specific)) == (released.pk, ReviewTask)
    assert task.content_type == ContentType.objects.get_for_model(ReviewTask)
    editor = person(Role.EDITOR)
    assert decide(editor, TaskState.objects.get(pk=state.pk), "approve").status_code == 302
    assert is_live(item)
