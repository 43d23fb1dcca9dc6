"""Every way to publish or schedule runs one action, and a live object stays as it is until its update is due."""

import inspect
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import wagtail
from django.test import Client
from django.utils import timezone
from wagtail.actions import action_registry
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page
from wagtail.signals import page_published, published

from impact.models import ImpactStat
from site_core.accounts.roles import Role
from site_core.organization.models import Alert
from site_core.publishing.actions import AtomicPublishMixin, PublishPage, PublishSnippet, register_actions
from site_core.publishing.ledger.recording import was_public
from site_core.publishing.runner.due import publish_due
from site_core.publishing.visibility import path_of
from tests import factories
from tests.publishing.events import scheduled_revision
from tests.publishing.review.review_admin import client_of, person
from tests.publishing.ways_to_publish import (
    FEBRUARY,
    WAYS_TO_PUBLISH,
    WAYS_TO_SCHEDULE,
    WAYS_TO_SCHEDULE_A_PAGE,
    Way,
    fresh,
    in_review,
    save_draft,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

NEW_YEAR = datetime.fromisoformat("2027-01-01T09:00:00-05:00")


@pytest.fixture
def editor() -> Client:
    return client_of(person(Role.EDITOR))


@pytest.fixture
def item(site_tree: factories.SiteTree, time_machine: Any) -> Any:
    """A news item that is public, and has a newer draft."""
    return overtaken_by_its_go_live(factories.NewsItemPageFactory(parent=site_tree.news, draft=True), time_machine)


@pytest.fixture(params=["page", "snippet"])
def obj(request: pytest.FixtureRequest, site_tree: factories.SiteTree, time_machine: Any) -> Any:
    """The same, and a snippet."""
    if request.param == "page":
        draft: Any = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    else:
        draft = factories.ImpactStatFactory(draft=True)
    return overtaken_by_its_go_live(draft, time_machine)


def overtaken_by_its_go_live(obj: Any, time_machine: Any) -> Any:
    """The object goes live after a newer draft was saved, so the draft says that nothing is public."""
    time_machine.move_to(NEW_YEAR - timedelta(days=1), tick=False)
    save_draft(obj, "Old words", NEW_YEAR).publish()
    save_draft(obj, "New words")
    time_machine.move_to(NEW_YEAR + timedelta(seconds=1), tick=False)
    publish_due(timezone.now())
    assert fresh(obj).live
    return fresh(obj)


@pytest.fixture
def told() -> Iterator[list[Any]]:
    """The objects for which Wagtail sent a publish signal."""
    heard: list[Any] = []

    def listen(instance: Any, **kwargs: Any) -> None:
        heard.append(instance)

    page_published.connect(listen)
    published.connect(listen)
    yield heard
    page_published.disconnect(listen)
    published.disconnect(listen)


def assert_only_scheduled(obj: Any, visitor: Client) -> None:
    now = fresh(obj)
    assert (now.live, getattr(now, words(obj)), now.live_revision_id) == (True, "Old words", obj.live_revision_id)
    assert scheduled_revision(obj).approved_go_live_at == FEBRUARY
    assert was_public(obj)
    assert visitor.get(path_of(obj)).status_code == 200


@pytest.mark.parametrize("schedule", WAYS_TO_SCHEDULE)
def test_scheduling_an_update_leaves_public_what_is(
    obj: Any, schedule: Way, editor: Client, told: list[Any], client: Client
) -> None:
    told.clear()
    schedule(obj, editor)
    assert told == []
    assert_only_scheduled(obj, client)


@pytest.mark.parametrize("schedule", WAYS_TO_SCHEDULE_A_PAGE)
def test_scheduling_an_update_of_a_page_leaves_public_what_is(
    item: Any, schedule: Way, editor: Client, told: list[Any], client: Client
) -> None:
    told.clear()
    schedule(item, editor)
    assert told == []
    assert_only_scheduled(item, client)


def test_scheduling_an_update_ends_its_review(obj: Any) -> None:
    in_review(obj, FEBRUARY)
    fresh(obj).latest_revision.publish(user=person(Role.MANAGING_EDITOR))
    assert not fresh(obj).workflow_in_progress


@pytest.fixture
def ran() -> Iterator[list[Any]]:
    """The objects that our actions have published or scheduled."""
    heard: list[Any] = []

    class Listening(AtomicPublishMixin):
        def execute_locked(self, skip_permission_checks: bool = False) -> None:
            super().execute_locked(skip_permission_checks)
            heard.append(self.object)

    class ListeningPage(Listening, PublishPage):
        """A page."""

    class ListeningSnippet(Listening, PublishSnippet):
        """A snippet."""

    for model, action in ((Page, ListeningPage), (ImpactStat, ListeningSnippet), (Alert, ListeningSnippet)):
        action_registry.register(model, action)
    yield heard
    register_actions(action_registry)


@pytest.mark.parametrize("publish", WAYS_TO_PUBLISH + WAYS_TO_SCHEDULE + WAYS_TO_SCHEDULE_A_PAGE)
def test_every_way_to_publish_is_by_our_action(item: Any, publish: Way, editor: Client, ran: list[Any]) -> None:
    obj = publish(item, editor)
    assert (ran[-1], ran[-1].live_revision_id) == (obj, fresh(obj).live_revision_id)


def test_wagtail_runs_its_own_action_only_where_ours_takes_its_place() -> None:
    """Its models and the edit view of pages, which we override, and the admin API, where we offer no actions."""
    folder = Path(wagtail.__file__).parent
    callers = {
        str(file.relative_to(folder))
        for file in folder.rglob("*.py")
        if "tests" not in file.parts and re.search(r"(?<!class )Publish(Page)?RevisionAction\(", file.read_text())
    }
    assert callers == {
        "admin/api/actions/publish.py",
        "admin/views/pages/edit.py",
        "models/draft_state.py",
        "models/pages.py",
    }


def test_wagtails_form_publishes_as_ours_was_written_after() -> None:
    """If this fails, apply the changes of Wagtail's view to `PageEditView`."""
    view = inspect.getsource(EditView.publish_action)
    assert sha256(view.encode()).hexdigest()[:16] == "e1543eddfbc17406"
