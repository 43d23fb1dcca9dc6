"""An editor and the runner change the same row at once on two connections. One waits, and neither loses."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event as Signal
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from news.models import NewsItemPage
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.runner.due import Outcome, publish_due
from tests import factories
from tests.publishing.admin_forms import edit_live_url, edit_url, filled_in

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks no rows: one writer waits for the other"),
]

# Seconds.
LONG = 60


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(factories.UserFactory(role="Editor"))
    return client


@pytest.fixture
def item(db: None) -> NewsItemPage:
    """A public item with an update of its summary that has just become due."""
    tree = factories.site_tree()
    made: NewsItemPage = factories.NewsItemPageFactory(parent=tree.news, title="Old headline", summary="Old summary")
    newer = made.get_latest_revision_as_object()
    newer.summary = "Scheduled summary"
    revision = newer.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
    return made


class Halt:
    """Pauses one of the two in the middle of its work until it is released."""

    def __init__(self) -> None:
        self.reached, self.go_on = Signal(), Signal()

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        self.reached.set()
        assert self.go_on.wait(LONG)


@contextmanager
def beside() -> Iterator[Callable[..., Any]]:
    """Runs functions in a thread with its own connection."""

    def on_a_connection_of_its_own(act: Callable[..., Any], *args: Any) -> Any:
        try:
            return act(*args)
        finally:
            connections.close_all()

    with ThreadPoolExecutor() as threads:
        yield lambda act, *args: threads.submit(on_a_connection_of_its_own, act, *args)


def wait_until_somebody_waits_for_a_row() -> None:
    deadline = time.monotonic() + LONG
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        while True:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
            assert time.monotonic() < deadline, "nobody waits"
            time.sleep(0.05)


def public(item: NewsItemPage) -> tuple[str, str]:
    now = NewsItemPage.objects.get(pk=item.pk)
    assert now.live
    return now.title, now.summary


def test_an_editor_waits_for_the_runner_and_takes_nothing_back(editor: Client, item: NewsItemPage) -> None:
    url = edit_live_url(item)
    sent_to = editor.get(url).context["action_url"]
    form = filled_in(editor, url, title="Fixed headline", **{"action-publish": "1"})
    halt = Halt()
    page_published.connect(halt)
    try:
        with beside() as start:
            running = start(publish_due, timezone.now())
            assert halt.reached.wait(LONG)
            posting = start(editor.post, sent_to, form)
            wait_until_somebody_waits_for_a_row()
            assert not posting.done()
            halt.go_on.set()
            outcome: Outcome = running.result(LONG)
            answer = posting.result(LONG)
    finally:
        halt.go_on.set()
        page_published.disconnect(halt)
    assert len(outcome.done) == 1
    assert "A newer version was published" in answer.content.decode()
    assert "Fixed headline" in answer.content.decode()
    assert public(item) == ("Old headline", "Scheduled summary")
    assert not any(Page.find_problems())


def test_the_runner_passes_by_what_an_editor_is_saving_and_comes_back(editor: Client, item: NewsItemPage) -> None:
    url = edit_url(item)
    form = filled_in(editor, url, title="Headline of the draft")
    halt = Halt()
    with hooks.register_temporarily("after_edit_page", halt), beside() as start:
        try:
            posting = start(editor.post, url, form)
            assert halt.reached.wait(LONG)
            outcome: Outcome = start(publish_due, timezone.now()).result(LONG)
            assert (outcome.done, outcome.failed) == ([], [])
            assert public(item) == ("Old headline", "Old summary")
        finally:
            halt.go_on.set()
        assert posting.result(LONG).status_code == 302
    assert len(publish_due(timezone.now()).done) == 1
    assert public(item) == ("Old headline", "Scheduled summary")
    newest = NewsItemPage.objects.get(pk=item.pk).get_latest_revision_as_object()
    assert (newest.title, newest.summary) == ("Headline of the draft", "Scheduled summary")
    assert Publication.objects.of(item).filter(is_public=True).count() == 2
    assert not any(Page.find_problems())


def test_of_an_answer_and_the_go_live_it_is_about_only_one_happens(editor: Client, item: NewsItemPage) -> None:
    """The question is answered while the update goes live."""
    fix = item.get_latest_revision_as_object()
    fix.title, fix.summary = "Fixed headline", "Old summary"
    question = f"/admin/scheduled-update/{fix.save_revision().pk}/"
    context = editor.get(question).context
    answer = {"scheduled": context["scheduled"].pk, "public": context["live_revision_id"], "answer": "replace"}
    halt = Halt()
    page_published.connect(halt)
    try:
        with beside() as start:
            running = start(publish_due, timezone.now())
            assert halt.reached.wait(LONG)
            answering = start(editor.post, question, answer)
            wait_until_somebody_waits_for_a_row()
            halt.go_on.set()
            assert len(running.result(LONG).done) == 1
            response = answering.result(LONG)
    finally:
        halt.go_on.set()
        page_published.disconnect(halt)
    assert response.status_code == 302
    assert public(item) == ("Old headline", "Scheduled summary")
    assert not any(Page.find_problems())
