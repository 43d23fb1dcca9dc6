"""Readers are told about a change once, when it becomes public, and about nothing else. The ledger stores it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page

from site_core.publishing.editing.rebase import publish_and_rebase
from site_core.publishing.history.undo import undo
from site_core.publishing.ledger.notes import Updates
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.runner.due import publish_due
from tests import factories
from tests.publishing.admin_forms import edit_live_url, edit_url, filled_in, post

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MONDAY = datetime(2027, 1, 4, 14, tzinfo=UTC)
DAY = timedelta(days=1)
NOTE = "We corrected the year of the study."
PUBLISH = {"action-publish": "1"}
KINDS = ["item", "strategy", "text page", "stat"]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


def made(kind: str, tree: factories.SiteTree) -> Any:
    if kind == "stat":
        return factories.ImpactStatFactory()
    if kind == "item":
        return factories.NewsItemPageFactory(parent=tree.news)
    if kind == "strategy":
        return factories.StrategyPageFactory(parent=tree.strategies)
    return factories.TextPageFactory(parent=tree.home)


@pytest.fixture(params=KINDS)
def obj(request: pytest.FixtureRequest, site_tree: factories.SiteTree, time_machine: Any) -> Any:
    """An object that was published on Monday. It is Tuesday."""
    time_machine.move_to(MONDAY, tick=False)
    obj = made(request.param, site_tree)
    time_machine.move_to(MONDAY + DAY, tick=False)
    return obj


@pytest.fixture
def item(site_tree: factories.SiteTree, time_machine: Any) -> Any:
    time_machine.move_to(MONDAY, tick=False)
    item = made("item", site_tree)
    time_machine.move_to(MONDAY + DAY, tick=False)
    return item


def fresh(obj: Any) -> Any:
    return type(obj).objects.get(pk=obj.pk)


def edit(obj: Any, words: str, note: str = "") -> Any:
    """Save a draft with other words."""
    newer = fresh(obj).get_latest_revision_as_object()
    setattr(newer, "summary" if isinstance(newer, Page) else "outcome", words)
    newer.change_note = note
    return newer.save_revision()


def told(obj: Any) -> list[tuple[datetime, str]]:
    return [(note.at, note.text) for note in Updates.of(fresh(obj)).notes]


def public(obj: Any) -> str:
    url = obj.get_url() if isinstance(obj, Page) else obj.get_absolute_url()
    return " ".join(BeautifulSoup(Client().get(url).content, "html.parser").get_text(" ").split())


def note_field(client: Client, url: str) -> Any:
    return filled_in(client, url)["change_note"].strip()


def test_a_small_fix_is_silent(obj: Any, time_machine: Any) -> None:
    edit(obj, "Other words").publish()
    assert told(obj) == []
    assert Updates.of(fresh(obj)).updated == MONDAY
    shown = public(obj)
    assert "What changed" not in shown
    assert Client().get("/changes/feed.json").json()["items"] == []
    if isinstance(obj, Page):
        assert shown.count("Last updated Jan. 4, 2027") == 2
        assert "Jan. 5, 2027" not in shown


def test_a_change_is_shown_on_the_page_with_its_date(obj: Any, time_machine: Any) -> None:
    edit(obj, "Other words", NOTE).publish()
    time_machine.move_to(MONDAY + 2 * DAY, tick=False)
    edit(obj, "Words without the error").publish()
    assert told(obj) == [(MONDAY + DAY, NOTE)]
    shown = public(obj)
    assert f"What changed on this page: Jan. 5, 2027 : {NOTE}" in shown
    if isinstance(obj, Page):
        assert shown.count("Last updated Jan. 5, 2027") == 2
    time_machine.move_to(MONDAY + 3 * DAY, tick=False)
    edit(obj, "More words", "We added the report.").publish()
    assert f"2 notes Jan. 7, 2027 : We added the report. Jan. 5, 2027 : {NOTE}" in public(obj)


def test_what_goes_live_later_is_told_then(obj: Any, time_machine: Any) -> None:
    update = edit(obj, "Later words", NOTE).as_object()
    update.go_live_at = MONDAY + 2 * DAY
    update.save_revision().publish()
    publish_due(MONDAY + DAY)
    assert told(obj) == []
    assert NOTE not in public(obj)
    time_machine.move_to(MONDAY + 2 * DAY, tick=False)
    publish_due(MONDAY + 2 * DAY)
    assert told(obj) == [(MONDAY + 2 * DAY, NOTE)]
    assert NOTE in public(obj)


def test_what_is_new_has_not_changed(site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, change_note=NOTE)
    assert told(item) == []
    assert NOTE not in public(item)


def test_the_same_is_not_told_twice(obj: Any) -> None:
    edit(obj, "Other words", NOTE).publish()
    fresh(obj).get_latest_revision().publish()
    fresh(obj).save_revision().publish()
    fresh(obj).unpublish()
    fresh(obj).get_latest_revision().publish()
    assert len(told(obj)) == 1


def test_an_undo_tells_nothing_and_takes_nothing_back(obj: Any) -> None:
    edit(obj, "Other words", NOTE).publish()
    edit(obj, "Wrong words", "A second change.").publish()
    undo(obj, factories.UserFactory(role="Editor"))
    assert [text for _, text in told(obj)] == ["A second change.", NOTE]


def test_a_draft_keeps_its_note_to_itself(obj: Any) -> None:
    edit(obj, "Draft words", NOTE)
    assert told(obj) == []
    assert NOTE not in public(obj)


def test_only_spaces_are_no_note(item: Any, editor: Client) -> None:
    edit(item, "Other words", "   ").publish()
    assert post(editor, edit_url(item), change_note="  \n ", summary="More words", **PUBLISH).status_code == 302
    assert fresh(item).summary == "More words"
    assert told(item) == []


class TestAdmin:
    def test_a_note_is_published_and_the_field_is_empty_again(self, obj: Any, editor: Client) -> None:
        url = edit_url(obj)
        form = filled_in(editor, url)
        assert form["change_note"].strip() == ""
        assert editor.post(url, form | PUBLISH | {"change_note": NOTE}).status_code == 302
        assert [text for _, text in told(obj)] == [NOTE]
        form = filled_in(editor, url)
        assert form["change_note"].strip() == ""
        assert editor.post(url, form | PUBLISH).status_code == 302
        assert len(told(obj)) == 1
        assert fresh(obj).change_note == ""

    def test_a_draft_keeps_what_was_typed(self, item: Any, editor: Client) -> None:
        url = edit_url(item)
        assert post(editor, url, change_note=NOTE, accept="application/json").status_code == 200
        form = filled_in(editor, url)
        assert form["change_note"].strip() == NOTE
        assert editor.post(url, form | {"summary": "Other words"}).status_code == 302
        assert note_field(editor, url) == NOTE

    def test_autosave_writes_over_its_draft_and_keeps_the_note(self, item: Any, editor: Client) -> None:
        url = edit_url(item)
        saved = post(editor, url, change_note=NOTE, accept="application/json").json()
        typed = {"overwrite_revision_id": saved["revision_id"], "summary": "Typed on"}
        again = post(editor, url, accept="application/json", **typed).json()
        assert (again["revision_id"], note_field(editor, url)) == (saved["revision_id"], NOTE)

    def test_a_note_that_is_too_long_is_refused_with_a_sentence(self, item: Any, editor: Client) -> None:
        answer = post(editor, edit_url(item), change_note="x" * 301, **PUBLISH)
        assert "Ensure this value has at most 300 characters (it has 301)." in answer.content.decode()
        assert told(item) == []
        item.change_note = "x" * 301
        with pytest.raises(ValidationError):
            item.save_revision()

    def test_an_author_may_write_it(self, item: Any, client: Client) -> None:
        client.force_login(factories.UserFactory(role="Author"))
        assert post(client, edit_url(item), change_note=NOTE).status_code == 302
        assert fresh(item).get_latest_revision_as_object().change_note == NOTE

    def test_a_list_page_has_no_note_field(self, site_tree: factories.SiteTree, editor: Client) -> None:
        for page in (site_tree.home, site_tree.news, site_tree.impact):
            assert 'name="change_note"' not in editor.get(edit_url(page)).content.decode()


class TestFixBesideAnUpdate:
    def test_each_tells_its_own_and_nobody_is_asked(self, item: Any, editor: Client, time_machine: Any) -> None:
        edit(item, "Words of the first change", "An earlier note.").publish()
        update = edit(item, "Later words", NOTE).as_object()
        update.go_live_at = MONDAY + 3 * DAY
        update.save_revision().publish()
        assert note_field(editor, edit_url(item)) == NOTE
        assert note_field(editor, edit_live_url(fresh(item))) == ""
        fix = fresh(item)
        fix.author, fix.change_note, fix.go_live_at = "Jo Sample", "The author is named.", None
        time_machine.shift(timedelta(minutes=1))
        publish_and_rebase(fix.save_revision(), factories.UserFactory(role="Editor"))
        time_machine.move_to(MONDAY + 3 * DAY, tick=False)
        publish_due(MONDAY + 3 * DAY)
        assert [text for _, text in told(item)] == [NOTE, "The author is named.", "An earlier note."]
        assert (fresh(item).summary, fresh(item).author) == ("Later words", "Jo Sample")


def test_the_notes_cost_one_query(item: Any, django_assert_num_queries: Any) -> None:
    for number in range(3):
        edit(item, f"Words {number}", f"Change {number}.").publish()
    item = fresh(item)
    with django_assert_num_queries(1):
        assert len(Updates.of(item).notes) == 3
    assert Publication.objects.of(item).count() == 4
