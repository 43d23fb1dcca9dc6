"""An update that could not go live is fixed on its edit view, which says what is wrong and asks nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.failures import FailedEvent
from tests import factories
from tests.publishing.admin_forms import edit_live_url, edit_url, filled_in, filled_in_from, post, said
from tests.publishing.events import HOUR, break_revision, scheduled_revision

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PUBLISH = {"action-publish": "1"}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


@pytest.fixture(params=["page", "snippet"])
def obj(request: pytest.FixtureRequest, site_tree: factories.SiteTree, time_machine: Any) -> Any:
    """A public object whose update was due an hour ago and cannot go live, because its title is missing."""
    if request.param == "page":
        made: Any = factories.NewsItemPageFactory(parent=site_tree.news, title="Old words", summary="Old summary")
    else:
        made = factories.EvidenceFactory(
            stat=factories.ImpactStatFactory(outcome="old words", compared_on=date(2026, 11, 22))
        ).stat
    newer = made.get_latest_revision_as_object()
    newer.go_live_at = timezone.now() + HOUR
    setattr(newer, second(made), "Scheduled second")
    newer.save_revision().publish()
    break_revision(made)
    time_machine.move_to(timezone.now() + 2 * HOUR)
    publish_due(timezone.now())
    assert FailedEvent.objects.get().reason
    return type(made).objects.get(pk=made.pk)


def first(obj: Any) -> str:
    return "title" if isinstance(obj, Page) else "outcome"


def second(obj: Any) -> str:
    return "summary" if isinstance(obj, Page) else "population"


def public(obj: Any) -> Any:
    return type(obj).objects.get(pk=obj.pk)


def test_the_edit_screen_says_what_failed_since_when_and_why(editor: Client, obj: Any) -> None:
    sentences = said(editor.get(edit_url(obj)))
    failed = FailedEvent.objects.get()
    assert "This was supposed to go live on" in sentences
    assert failed.reason in sentences
    assert "Fix it here and publish it." in sentences
    assert reverse("try_failed_event", args=[failed.pk]) in sentences


def test_users_who_may_not_publish_get_no_link_to_try(client: Client, obj: Any) -> None:
    client.force_login(factories.UserFactory(role="Author"))
    sentences = said(client.get(edit_url(obj)))
    assert FailedEvent.objects.get().reason in sentences
    assert "Try now" not in sentences


def test_a_failed_expiry_is_shown_as_well(editor: Client) -> None:
    alert = factories.AlertFactory(expire_at=timezone.now() + HOUR)
    due_at = timezone.now() - HOUR
    type(alert).objects.filter(pk=alert.pk).update(expire_at=due_at)
    FailedEvent.objects.create(
        change=1,
        model_label="organization.Alert",
        object_pk=alert.pk,
        title=str(alert),
        due_at=due_at,
        last_tried_at=timezone.now(),
        next_try_at=timezone.now(),
        reason="Nobody knows.",
    )
    assert "This was supposed to expire on" in said(editor.get(edit_url(alert)))


def test_fixing_and_publishing_it_asks_nothing(editor: Client, obj: Any) -> None:
    response = post(editor, edit_url(obj), **{first(obj): "Fixed"}, **PUBLISH)
    assert "is public with it" in said(editor.get(response["Location"]))
    assert (getattr(public(obj), first(obj)), getattr(public(obj), second(obj))) == (
        "Fixed",
        "Scheduled second",
    )
    assert not obj.revisions.exclude(approved_go_live_at=None).exists()


def test_nor_does_it_after_saving_a_draft_first(editor: Client, obj: Any) -> None:
    """Nor if the fix makes the update equal to what is public."""
    post(editor, edit_url(obj), **{first(obj): "Fixed", second(obj): getattr(obj, second(obj))})
    response = post(editor, edit_url(obj), **{first(obj): "Fixed once more"}, **PUBLISH)
    assert "scheduled-update" not in response["Location"]
    assert getattr(public(obj), first(obj)) == "Fixed once more"


def test_nor_does_approving_the_fix_of_an_author(client: Client, obj: Any) -> None:
    author, editor = factories.UserFactory(role="Author"), factories.UserFactory(role="Editor")
    client.force_login(author)
    post(client, edit_url(obj), **{first(obj): "Fixed"}, **{"action-submit": "1"})
    public(obj).current_workflow_task_state.approve(user=editor)
    assert getattr(public(obj), first(obj)) == "Fixed"


def test_rescheduling_it_asks_nothing(editor: Client, obj: Any) -> None:
    dates = {"go_live_at_day": "2099-01-07", "go_live_at_hour": "09:00"}
    response = post(editor, edit_url(obj), **{first(obj): "Fixed"}, **dates, **PUBLISH)
    assert "scheduled for Wed., Jan. 7, 2099" in said(editor.get(response["Location"]))
    assert scheduled_revision(obj).content[first(obj)] == "Fixed"
    assert "This was supposed to go live" not in said(editor.get(edit_url(obj)))


def test_a_fix_of_what_is_public_still_asks_and_so_does_its_draft(editor: Client, obj: Any) -> None:
    post(editor, edit_live_url(obj), **{second(obj): "Fixed second"})
    for url in (edit_live_url(obj), edit_url(obj)):
        response = post(editor, url, **{second(obj): "Fixed second again"}, **PUBLISH)
        assert response["Location"].startswith("/admin/scheduled-update/")
    assert scheduled_revision(obj).content[second(obj)] == "Scheduled second"


def test_a_form_that_was_opened_before_the_update_existed_still_asks(editor: Client, obj: Any) -> None:
    """The form does not show the update, whatever the newest draft is by now."""
    form = filled_in(editor, edit_url(obj), **{first(obj): "From an old tab"})
    older = obj.revisions.order_by("created_at").first()
    form |= {"loaded_revision_id": str(older.pk), "loaded_revision_created_at": older.created_at.isoformat()}
    editor.post(edit_url(obj), form)
    for answer in (
        editor.post(edit_url(obj), form | PUBLISH),
        post(editor, edit_url(obj), **PUBLISH),
    ):
        assert answer["Location"].startswith("/admin/scheduled-update/")


def test_the_admin_forgets_the_failure_before_the_runner_looks_again(editor: Client, obj: Any) -> None:
    reason = FailedEvent.objects.get().reason
    assert reason in editor.get(reverse("wagtailadmin_home")).content.decode()
    post(editor, edit_url(obj), **{first(obj): "Fixed"}, **PUBLISH)
    assert FailedEvent.objects.exists()
    assert reason not in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_trying_in_vain_offers_no_way_to_a_mistake_in_a_form(editor: Client, obj: Any) -> None:
    url = reverse("try_failed_event", args=[FailedEvent.objects.get().pk])
    content = editor.post(url, follow=True).content.decode()
    assert "still could not go live" in content
    assert "Go to the first error" not in content


class TestOvertaken:
    """A newer version is published while someone edits the live version."""

    @pytest.fixture(params=["page", "snippet"])
    def shown(self, request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> Any:
        if request.param == "page":
            return factories.NewsItemPageFactory(parent=site_tree.news, title="Old words", summary="Old summary")
        return factories.EvidenceFactory(
            stat=factories.ImpactStatFactory(outcome="old words", compared_on=date(2026, 11, 22))
        ).stat

    def opened(self, editor: Client, shown: Any) -> tuple[str, dict[str, Any]]:
        """The URL that the form posts to, and the filled form."""
        page = editor.get(edit_live_url(shown))
        return page.context["action_url"], filled_in_from(page.content.decode(), **{first(shown): "Typed words"})

    def publish_something_newer(self, shown: Any) -> None:
        newer = public(shown).get_latest_revision_as_object()
        setattr(newer, second(shown), "Newer second")
        if not isinstance(shown, Page):
            newer.evidence.set([])
        newer.save_revision().publish()

    @pytest.mark.parametrize("action", [{}, PUBLISH])
    def test_a_message_says_so_and_no_input_is_lost(self, editor: Client, shown: Any, action: dict[str, str]) -> None:
        url, form = self.opened(editor, shown)
        self.publish_something_newer(shown)
        before = shown.revisions.count()
        response = editor.post(url, form | action)
        content = response.content.decode()
        assert response.status_code == 200
        assert "A newer version was published after you opened this form" in content
        assert f'href="{edit_live_url(public(shown))}"' in content
        assert "Typed words" in content
        assert shown.revisions.count() == before
        assert getattr(public(shown), second(shown)) == "Newer second"

    def test_the_message_stays_after_another_try_and_with_an_error(self, editor: Client, shown: Any) -> None:
        url, form = self.opened(editor, shown)
        self.publish_something_newer(shown)
        for answers in (form | PUBLISH | {first(shown): ""}, form | PUBLISH):
            response = editor.post(url, answers)
            assert "A newer version was published" in said(response)
            url = response.context["action_url"]
        assert getattr(public(shown), second(shown)) == "Newer second"

    def test_a_message_says_that_it_was_taken_down(self, editor: Client, shown: Any) -> None:
        url, form = self.opened(editor, shown)
        shown.unpublish()
        assert "This was taken down after you opened this form" in editor.post(url, form | PUBLISH).content.decode()
        assert not public(shown).live


def test_a_version_put_back_on_purpose_is_not_asked_about(editor: Client, site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Old words")
    old = edit_live_url(item)
    Revision.objects.filter(pk=item.live_revision_id).update(created_at=timezone.now() - timedelta(days=1))
    newer = item.get_latest_revision_as_object()
    newer.title = "New words"
    newer.save_revision().publish()
    assert post(editor, old, **PUBLISH).status_code == 302
    assert public(item).title == "Old words"
