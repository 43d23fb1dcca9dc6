"""What was public before is public again, the newer draft stays, and nothing else changes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.organization.models import Alert
from site_core.publishing.history.undo import CannotBeUndone, can_be_undone, put_back, undo
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.runner.due import publish_due
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def editor() -> Any:
    return factories.UserFactory(role="Editor")


@pytest.fixture
def item(site_tree: factories.SiteTree) -> NewsItemPage:
    """An item published twice: “First words.”, then “Second words.”."""
    place = factories.PlaceTermFactory(name="Exampleburg")
    item: NewsItemPage = factories.NewsItemPageFactory(parent=site_tree.news, summary="First words.", places=[place])
    item.summary = "Second words."
    item.places.set([])
    item.save_revision().publish()
    return NewsItemPage.objects.get(pk=item.pk)


def public(obj: Any) -> bytes:
    return bytes(Client().get(obj.get_url() if isinstance(obj, Page) else obj.get_absolute_url()).content)


def draft_of(obj: Any) -> Any:
    return type(obj).objects.get(pk=obj.pk).get_latest_revision_as_object()


class TestContent:
    def test_public_bytes_are_the_old_ones_and_the_draft_is_the_newest(
        self, site_tree: factories.SiteTree, editor: Any
    ) -> None:
        item = factories.NewsItemPageFactory(parent=site_tree.news, summary="First words.")
        before = public(item)
        item.summary = "Second words."
        item.save_revision(user=editor).publish()
        item.summary = "Third words, a draft."
        item.save_revision(user=editor)
        undo(item, editor)
        assert public(item) == before
        item = NewsItemPage.objects.get(pk=item.pk)
        assert draft_of(item).summary == "Third words, a draft."
        assert item.latest_revision.user == editor
        assert item.has_unpublished_changes
        assert item.live_revision_id != item.latest_revision_id

    def test_tags_come_back_too(self, item: NewsItemPage, editor: Any) -> None:
        undo(item, editor)
        assert [term.name for term in NewsItemPage.objects.get().places.all()] == ["Exampleburg"]
        assert list(draft_of(item).places.all()) == []

    def test_the_child_objects_of_a_stat_come_back(self, editor: Any) -> None:
        stat = factories.EvidenceFactory(study=factories.StudyFactory(short_name="Braga 2018")).stat
        stat.evidence.set([])
        stat.value_low = 50
        stat.save_revision().publish()
        undo(stat, editor)
        # Not to the byte: a stat's page shows its own history.
        assert "12.5%" in public(stat).decode()
        assert [str(one.study) for one in ImpactStat.objects.get().evidence.all()] == ["Braga 2018"]
        assert draft_of(stat).value_low == 50
        assert draft_of(stat).evidence.count() == 0

    def test_an_alert_comes_back(self, editor: Any) -> None:
        alert = factories.AlertFactory(text="Old.")
        alert.text = "New."
        alert.save_revision().publish()
        undo(alert, editor)
        assert Alert.objects.get().text == "Old."
        assert draft_of(alert).text == "New."

    def test_the_old_content_is_the_ledgers_own_copy(self, item: NewsItemPage, editor: Any) -> None:
        item.revisions.exclude(pk=item.latest_revision_id).delete()
        undo(item, editor)
        assert NewsItemPage.objects.get().summary == "First words."

    def test_the_ledger_says_who_undid(self, item: NewsItemPage, editor: Any) -> None:
        undo(item, editor)
        row = Publication.objects.of(item).newest_first().first()
        assert row
        content = row.content or {}
        assert (row.cause, row.by, content["summary"]) == (Cause.UNDONE, str(editor), "First words.")


class TestSteps:
    def test_undo_twice_puts_the_newer_one_back(self, item: NewsItemPage, editor: Any) -> None:
        second = public(item)
        undo(item, editor)
        undo(item, editor)
        assert public(item) == second

    def test_the_first_publication_is_taken_down_again(self, site_tree: factories.SiteTree, editor: Any) -> None:
        item = factories.NewsItemPageFactory(parent=site_tree.news, summary="First words.")
        undo(item, editor)
        item = NewsItemPage.objects.get()
        assert not item.live
        assert draft_of(item).summary == "First words."
        assert Client().get(item.get_url()).status_code == 404

    def test_an_unpublish_is_undone(self, item: NewsItemPage, editor: Any) -> None:
        before = public(item)
        item.unpublish()
        revisions = item.revisions.count()
        undo(item, editor)
        assert public(item) == before
        item = NewsItemPage.objects.get()
        assert not item.has_unpublished_changes, "what is public is the newest draft itself"
        assert item.revisions.count() == revisions

    def test_any_earlier_publication_can_be_put_back(self, item: NewsItemPage, editor: Any) -> None:
        first = Publication.objects.of(item).order_by("pk").first()
        item.summary = "Third words."
        item.save_revision().publish()
        put_back(item, first, editor)
        assert NewsItemPage.objects.get().summary == "First words."
        assert draft_of(item).summary == "Third words."

    def test_an_old_url_comes_back_and_the_newer_one_redirects_to_it(
        self, item: NewsItemPage, editor: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        old = item.get_url()
        with django_capture_on_commit_callbacks(execute=True):
            item.slug = "another-slug"
            item.save_revision().publish()
        new = NewsItemPage.objects.get().get_url()
        with django_capture_on_commit_callbacks(execute=True):
            undo(item, editor)
        assert Client().get(old).status_code == 200
        assert Client().get(new)["Location"] == old

    def test_a_move_is_not_undone(self, item: NewsItemPage, editor: Any, site_tree: factories.SiteTree) -> None:
        Page.objects.get(pk=item.pk).move(site_tree.news, pos="first-child")
        factories.NewsItemPageFactory(parent=site_tree.news)
        Page.objects.get(pk=item.pk).move(site_tree.news, pos="last-child")
        assert not can_be_undone(NewsItemPage.objects.get(pk=item.pk))
        with pytest.raises(CannotBeUndone, match="moved"):
            undo(item, editor)


class TestSchedules:
    def test_a_scheduled_update_stays_scheduled_and_is_published(self, item: NewsItemPage, editor: Any) -> None:
        item.summary, item.go_live_at = "Next week's words.", timezone.now() + HOUR
        item.save_revision().publish()
        undo(item, editor)
        item = NewsItemPage.objects.get()
        assert item.summary == "First words."
        assert item.scheduled_revision == item.latest_revision
        publish_due(timezone.now() + 2 * HOUR)
        item = NewsItemPage.objects.get()
        assert item.summary == "Next week's words."
        assert not item.has_unpublished_changes

    def test_an_update_scheduled_before_the_newest_draft_stays_scheduled(
        self, item: NewsItemPage, editor: Any
    ) -> None:
        item.summary, item.go_live_at = "Next week's words.", timezone.now() + HOUR
        scheduled = item.save_revision()
        scheduled.publish()
        item.summary, item.go_live_at = "A draft.", None
        item.save_revision()
        undo(item, editor)
        assert NewsItemPage.objects.get().scheduled_revision == scheduled
        assert draft_of(item).summary == "A draft."

    def test_a_schedule_survives_being_taken_down(self, site_tree: factories.SiteTree, editor: Any) -> None:
        item = factories.NewsItemPageFactory(parent=site_tree.news)
        item.go_live_at = timezone.now() + HOUR
        item.save_revision().publish()
        undo(item, editor)
        assert not NewsItemPage.objects.get().live
        assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1


class TestRefusals:
    def refused(self, obj: Any, user: Any, words: str) -> None:
        rows, revisions = Publication.objects.count(), Revision.objects.count()
        with pytest.raises(CannotBeUndone, match=words):
            undo(obj, user)
        assert (Publication.objects.count(), Revision.objects.count()) == (rows, revisions)

    def test_what_was_deleted_is_named(self, editor: Any) -> None:
        study = factories.StudyFactory(short_name="Braga 2018")
        stat = factories.EvidenceFactory(study=study).stat
        stat.evidence.set([])
        stat.save_revision().publish()
        study.delete()
        self.refused(stat, editor, "study “Braga 2018")

    def test_a_tag_that_was_deleted_is_named(self, item: NewsItemPage, editor: Any) -> None:
        factories.PlaceTermFactory._meta.model.objects.get(name="Exampleburg").delete()
        self.refused(item, editor, "term “Exampleburg”")

    def test_a_slug_that_is_taken_is_named(
        self, item: NewsItemPage, editor: Any, site_tree: factories.SiteTree
    ) -> None:
        slug, item.slug = item.slug, "another-slug"
        item.save_revision().publish()
        factories.NewsItemPageFactory(parent=site_tree.news, slug=slug, title="A newcomer")
        self.refused(item, editor, "now belongs to “A newcomer”")

    def test_the_slug_of_a_stat_that_is_taken(self, editor: Any) -> None:
        stat = factories.ImpactStatFactory(slug="the-slug")
        stat.slug = "another-slug"
        stat.save_revision().publish()
        factories.ImpactStatFactory(slug="the-slug")
        self.refused(stat, editor, "Slug already exists")

    def test_somebody_elses_lock(self, item: NewsItemPage, editor: Any) -> None:
        NewsItemPage.objects.update(locked=True, locked_by=factories.UserFactory())
        self.refused(item, editor, "is locked by")

    def test_something_published_in_the_meantime(self, item: NewsItemPage, editor: Any) -> None:
        seen = Publication.objects.of(item).newest_first().values_list("pk", flat=True).first()
        item.summary = "Third words."
        item.save_revision().publish()
        with pytest.raises(CannotBeUndone, match="in the meantime"):
            undo(item, editor, expected=seen)
