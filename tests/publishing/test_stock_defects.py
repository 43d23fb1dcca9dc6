"""Defects of Wagtail's own scheduling that this site does not have.

Each test runs three times: with Wagtail's own publish action, saving and command, where its assertions must fail; with
ours, where they must hold; and with ours where an editor publishes, schedules and saves in the edit form. What no form
allows is done in code there, too: a broken revision (b), an alias (h), and an object published by a program (k).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import registry
from wagtail.models import Page
from wagtail.signals import page_published

from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.publishing.publishable import PublishableMixin
from site_core.publishing.schedule import edit_screen
from tests import factories
from tests.publishing.compared_sites import Site, SiteByTheForm, StockSite, fresh
from tests.publishing.events import break_revision, scheduled_revision

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

TEN = datetime.fromisoformat("2027-01-07T10:00:00-05:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=[StockSite, Site, SiteByTheForm], ids=["stock", "ours", "ours by the form"])
def site(
    request: pytest.FixtureRequest,
    site_tree: factories.SiteTree,
    time_machine: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Site:
    if request.param is StockSite:
        for name in ("publish", "unpublish", "save_revision", "with_content_json", "update_aliases", "get_lock"):
            monkeypatch.delattr(PublishableMixin, name)
        monkeypatch.setattr(edit_screen, "dated_but_unscheduled", lambda obj: [])
    made: Site = request.param(site_tree, time_machine)
    made.clock_shows(TEN - 10 * MINUTE)
    return made


def fails_on_stock(says: Callable[[Site], None]) -> Callable[[Site], None]:
    """The assertions of the test hold here, and fail with Wagtail alone."""

    @wraps(says)
    def test(site: Site) -> None:
        if isinstance(site, StockSite):
            with pytest.raises(AssertionError):
                says(site)
        else:
            says(site)

    return test


def go_lives_of(obj: Any) -> int:
    """How often the history says that the schedule published it."""
    count: int = registry.get_logs_for_instance(obj).filter(action="wagtail.publish.scheduled").count()
    return count


@contextmanager
def once_after_the_first_go_live(happens: Callable[[], None]) -> Iterator[None]:
    """Call `happens` in the middle of a run of the command."""
    waiting = [happens]

    def listen(**kwargs: Any) -> None:
        if waiting:
            waiting.pop()()

    page_published.connect(listen)
    try:
        yield
    finally:
        page_published.disconnect(listen)


@fails_on_stock
def test_a_no_signal_is_sent_for_a_go_live_that_is_only_scheduled(site: Site) -> None:
    told = []

    def listen(instance: Any, **kwargs: Any) -> None:
        told.append(instance)

    page_published.connect(listen)
    try:
        site.item(go_live_at=TEN)
    finally:
        page_published.disconnect(listen)
    assert told == []


@fails_on_stock
def test_b_one_that_fails_stops_no_other_and_keeps_its_schedule(site: Site) -> None:
    broken, sound = site.item("Broken", go_live_at=TEN), site.item("Sound", go_live_at=TEN + MINUTE)
    break_revision(broken)
    site.clock_shows(TEN + 5 * MINUTE)
    site.publish_scheduled()
    assert fresh(sound).live
    assert broken.revisions.filter(approved_go_live_at=TEN).exists()


@fails_on_stock
def test_c_a_failed_publish_by_an_editor_leaves_the_schedule_intact(site: Site) -> None:
    item = site.item()
    site.publish(item, title="Scheduled", go_live_at=TEN)
    site.fail_to_publish(item)
    assert item.revisions.filter(approved_go_live_at=TEN).exists()


@fails_on_stock
def test_d_an_update_due_after_an_expiry_goes_live(site: Site) -> None:
    item = site.item("Old", expire_at=TEN)
    site.publish(item, title="New", expire_at=None, go_live_at=TEN + 5 * MINUTE)
    site.clock_shows(TEN + 15 * MINUTE)
    site.publish_scheduled()
    site.publish_scheduled()
    assert (fresh(item).live, fresh(item).title) == (True, "New")


@fails_on_stock
def test_e_what_has_expired_before_it_could_go_live_never_shows(site: Site) -> None:
    item = site.item(go_live_at=TEN, expire_at=TEN + 5 * MINUTE)
    site.clock_shows(TEN + 15 * MINUTE)
    site.publish_scheduled()
    assert not fresh(item).live
    assert fresh(item).first_published_at is None


@fails_on_stock
def test_f_two_runs_at_once_publish_nothing_twice(site: Site) -> None:
    items = [site.item("First", go_live_at=TEN), site.item("Second", go_live_at=TEN + MINUTE)]
    site.clock_shows(TEN + 5 * MINUTE)
    with once_after_the_first_go_live(site.publish_scheduled):
        site.publish_scheduled()
    assert [go_lives_of(item) for item in items] == [1, 1]


@fails_on_stock
def test_g_a_run_in_progress_never_overwrites_what_an_editor_publishes(site: Site) -> None:
    site.item("First", go_live_at=TEN)
    item = site.item("Old")
    site.publish(item, title="Scheduled", go_live_at=TEN + MINUTE)

    def publish_by_hand() -> None:
        site.publish(item, title="Newer", go_live_at=None)

    site.clock_shows(TEN + 5 * MINUTE)
    with once_after_the_first_go_live(publish_by_hand):
        site.publish_scheduled()
    assert fresh(item).title == "Newer"


@fails_on_stock
def test_h_an_alias_waits_for_its_source(site: Site) -> None:
    source = factories.TextPageFactory(parent=site.tree.home, draft=True)
    alias = source.create_alias(update_slug="alias")
    site.publish(source, go_live_at=TEN)
    assert not Page.objects.get(pk=alias.pk).live


@fails_on_stock
def test_i_what_was_moved_goes_live_at_its_new_time(site: Site) -> None:
    item = site.item(go_live_at=TEN + 60 * MINUTE)
    site.move(scheduled_revision(item), TEN)
    site.clock_shows(TEN)
    site.publish_scheduled()
    assert fresh(item).live


@fails_on_stock
def test_j_a_dated_draft_that_is_not_scheduled_says_so(site: Site) -> None:
    item = site.item(draft=True)
    site.save_draft(item, go_live_at=TEN)
    client = Client()
    client.force_login(factories.UserFactory(role=Role.EDITOR))
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()
    assert "This date isn’t scheduled yet" in shown


@fails_on_stock
def test_k_scheduling_an_update_leaves_public_what_a_program_published(site: Site) -> None:
    item = site.item("Old")
    NewsItemPage.objects.filter(pk=item.pk).update(live_revision=None)
    item = fresh(item)
    site.publish(item, title="New", go_live_at=TEN)
    assert (fresh(item).live, fresh(item).title) == (True, "Old")
    site.clock_shows(TEN)
    site.publish_scheduled()
    assert fresh(item).title == "New"


@fails_on_stock
def test_l_scheduling_an_update_of_what_went_live_after_its_draft_was_saved_leaves_it_public(site: Site) -> None:
    item = site.item("Old", go_live_at=TEN)
    site.save_draft(item, title="New", go_live_at=None)
    site.clock_shows(TEN)
    site.publish_scheduled()
    site.publish(item, go_live_at=TEN + 60 * MINUTE)
    assert (fresh(item).live, fresh(item).title) == (True, "Old")
