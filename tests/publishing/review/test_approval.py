"""Sending back needs a reason, and the last editor may not approve."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.publishing.approval_rules import (
    ALREADY_DECIDED,
    NO_REASON,
    OWN_EDIT,
    PUBLISHING_IS_APPROVING,
    ApprovalRules,
)
from tests import factories
from tests.publishing.review.review_admin import client_of, decide, is_live, person, press_in_editor, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(site_tree: factories.SiteTree) -> NewsItemPage:
    draft: NewsItemPage = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    return draft


@pytest.mark.parametrize("press", [decide, press_in_editor])
@pytest.mark.parametrize("reason", ["", "   "])
def test_sending_back_without_a_reason_is_refused_in_a_sentence(item: Any, press: Any, reason: str) -> None:
    state = submitted(item, person(Role.AUTHOR))
    response = press(person(Role.EDITOR), state, "reject", comment=reason)
    assert NO_REASON in response.content.decode()
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS


def test_the_editors_box_for_the_reason_says_what_is_missing(item: Any) -> None:
    state = submitted(item, person(Role.AUTHOR))
    url = reverse("wagtailadmin_pages:collect_workflow_action_data", args=[item.pk, "reject", state.pk])
    response = client_of(person(Role.EDITOR)).post(url, {"comment": ""}, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
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


def test_an_editor_approves_what_someone_else_edited_last(item: Any) -> None:
    editor = person(Role.EDITOR)
    state = submitted(item, editor, last_edit_by=person(Role.AUTHOR))
    decide(editor, state, "approve")
    assert is_live(item)


def test_an_editor_who_only_sets_the_dates_may_approve(item: Any) -> None:
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
    url = reverse("wagtailsnippets_impact_impactstat:workflow_action", args=[stat.pk, "approve", state.pk])
    assert OWN_EDIT in client_of(editor).post(url).content.decode()
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
    """The data that the edit form of a news item posts."""
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


def test_an_editor_who_edits_and_approves_at_once_is_refused_and_loses_nothing(site_tree: factories.SiteTree) -> None:
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
    assert PUBLISHING_IS_APPROVING in response.content.decode()
    assert not is_live(page)
    assert page.current_workflow_state is not None


def test_publishing_in_bulk_does_not_pass_the_review_by(item: Any) -> None:
    editor = person(Role.EDITOR)
    submitted(item, person(Role.AUTHOR), last_edit_by=editor)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    url = f"{bulk}?id={item.pk}&next={reverse('wagtailadmin_home')}"
    response = client_of(editor).post(url, {"include_descendants": ""}, follow=True)
    assert PUBLISHING_IS_APPROVING in response.content.decode()
    assert not is_live(item)


def test_an_editor_publishes_what_is_not_in_review(site_tree: factories.SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.home, draft=True)
    typed = edited_in_the_browser(page, **{"action-publish": "action-publish"})
    client_of(person(Role.EDITOR)).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed)
    assert is_live(page)


def test_the_editor_offers_no_publish_button_in_review(site_tree: factories.SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.home, draft=True)
    submitted(page, person(Role.AUTHOR))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "action-publish" not in client_of(person(Role.EDITOR)).get(url).content.decode()
    assert "action-publish" in client_of(person(Role.MANAGING_EDITOR)).get(url).content.decode()


def test_two_decisions_at_once_leave_the_first(item: Any) -> None:
    state = submitted(item, person(Role.AUTHOR))
    stale = TaskState.objects.get(pk=state.pk)
    decide(person(Role.EDITOR), state, "reject", comment="Not yet.")
    response = press_in_editor(person(Role.EDITOR), stale, "approve")
    assert response.status_code == 403
    assert ALREADY_DECIDED in response.content.decode()
    assert not is_live(item)


def test_a_draft_edited_during_the_review_is_shown_again(item: Any) -> None:
    state, seen = submitted(item, person(Role.AUTHOR)), item.latest_revision_id
    item.save_revision(user=person(Role.AUTHOR))
    posted = {"action": "approve", "revision": seen}
    response = client_of(person(Role.EDITOR)).post(reverse("review", args=[state.pk]), posted, follow=True)
    assert "This was edited while you were reading" in response.content.decode()
    assert not is_live(item)
