"""A deleted page is in the trash with all pages below it, and comes back as it was."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from home.models import TextPage
from site_core.chores.running import do_due
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.runner.due import publish_due
from site_core.publishing.trash.trashing import CannotBeDeleted, CannotBePutBack, empty_due, move_to_trash, put_back
from site_core.publishing.trashed_page import TrashedPage
from tests import factories

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def public(*paths: str) -> list[tuple[int, bytes]]:
    responses = [Client().get(path) for path in paths]
    return [(response.status_code, bytes(response.getvalue())) for response in responses]


def deleted(page: Any, user: Any) -> TrashedPage:
    move_to_trash(page, user)
    return TrashedPage.objects.get(page=page.pk)


def back(trashed: TrashedPage, user: Any, **place: Any) -> Any:
    parent = place.get("parent") or Page.objects.get(pk=trashed.parent_pk)
    return put_back(trashed, parent, place.get("slug", trashed.slug), user)


class TestRoundTrip:
    def test_the_public_pages_are_the_same_to_the_byte(self, subtree: TextPage, managing_editor: Any) -> None:
        paths = ("/", "/top/", "/top/public/", "/top/later/", "/sitemap.xml", "/search/?q=public")
        before = public(*paths)
        trashed = deleted(subtree, managing_editor)
        assert [status for status, _ in public("/top/", "/top/public/")] == [404, 404]
        assert b"Public words" not in public("/search/?q=public")[0][1]
        back(trashed, managing_editor)
        assert public(*paths) == before
        assert not any(Page.find_problems())

    def test_tags_come_back(self, site_tree: factories.SiteTree, managing_editor: Any) -> None:
        place = factories.PlaceTermFactory(name="Exampleburg")
        item = factories.NewsItemPageFactory(parent=site_tree.news, places=[place])
        factories.NewsItemPageFactory(parent=site_tree.news, title="The same month, after it")
        before = public("/news/", item.get_url(), f"/news/?place={place.slug}")
        trashed = deleted(item, managing_editor)
        assert item.title.encode() not in public("/news/")[0][1]
        back(trashed, managing_editor)
        assert public("/news/", item.get_url(), f"/news/?place={place.slug}") == before

    def test_drafts_and_authors_stay(self, subtree: TextPage, managing_editor: Any) -> None:
        author = factories.UserFactory(role="Author")
        subtree.summary = "A newer draft."
        subtree.save_revision(user=author)
        revisions = set(Revision.objects.values_list("pk", "user"))
        back(deleted(subtree, managing_editor), managing_editor)
        subtree = TextPage.objects.get(pk=subtree.pk)
        assert subtree.has_unpublished_changes
        assert subtree.get_latest_revision_as_object().summary == "A newer draft."
        assert set(Revision.objects.values_list("pk", "user")) == revisions

    def test_redirects_work_again(self, subtree: TextPage, managing_editor: Any) -> None:
        Redirect.add_redirect("/former/", redirect_to=subtree)
        redirects = list(Redirect.objects.values())
        trashed = deleted(subtree, managing_editor)
        assert Client().get("/former/").status_code == 404
        back(trashed, managing_editor)
        assert Client().get("/former/")["Location"].endswith("/top/")
        assert list(Redirect.objects.values()) == redirects

    def test_the_ledger_says_what_happened(self, subtree: TextPage, managing_editor: Any) -> None:
        newest = Publication.objects.latest("pk").pk
        back(deleted(subtree, managing_editor), managing_editor)
        rows = Publication.objects.filter(pk__gt=newest).order_by("pk").values_list("path", "cause", "by")
        by = str(managing_editor)
        paths = ("/top/", "/top/public/")
        expected = {(path, cause, by) for path in paths for cause in (Cause.DELETED, Cause.UNDONE)}
        assert set(rows) == expected
        assert len(rows) == 4

    def test_an_alias_elsewhere_goes_and_comes_back(
        self, subtree: TextPage, site_tree: factories.SiteTree, managing_editor: Any
    ) -> None:
        subtree.create_alias(update_slug="alias")
        before = public("/alias/")
        assert before[0][0] == 200
        trashed = deleted(subtree, managing_editor)
        assert public("/alias/")[0][0] == 404
        back(trashed, managing_editor)
        assert public("/alias/") == before

    def test_deleting_again_after_putting_back(self, subtree: TextPage, managing_editor: Any) -> None:
        back(deleted(subtree, managing_editor), managing_editor)
        back(deleted(subtree, managing_editor), managing_editor)
        assert public("/top/")[0][0] == 200

    def test_a_review_under_way_ends(self, subtree: TextPage, managing_editor: Any) -> None:
        subtree.get_workflow().start(subtree, factories.UserFactory(role="Author"))
        move_to_trash(subtree, managing_editor)
        assert not TextPage.objects.get(pk=subtree.pk).workflow_in_progress


class TestSchedules:
    def test_nothing_goes_live_in_the_trash(self, subtree: TextPage, managing_editor: Any) -> None:
        trashed = deleted(subtree, managing_editor)
        outcome = publish_due(timezone.now() + 2 * HOUR)
        assert not outcome.done
        assert not outcome.failed
        back(trashed, managing_editor)
        publish_due(timezone.now() + 2 * HOUR)
        assert public("/top/later/")[0][0] == 200

    def test_a_go_live_that_passed_is_left_to_its_editor(
        self, subtree: TextPage, managing_editor: Any, time_machine: Any
    ) -> None:
        trashed = deleted(subtree, managing_editor)
        time_machine.move_to(timezone.now() + 2 * HOUR, tick=False)
        outcome = back(trashed, managing_editor)
        assert outcome.missed == ["Later"]
        publish_due(timezone.now())
        assert public("/top/later/")[0][0] == 404

    def test_what_would_have_expired_is_not_public_again(
        self, site_tree: factories.SiteTree, managing_editor: Any, time_machine: Any
    ) -> None:
        page = factories.TextPageFactory(parent=site_tree.home, title="Short", expire_at=timezone.now() + HOUR)
        trashed = deleted(page, managing_editor)
        time_machine.move_to(timezone.now() + 2 * HOUR, tick=False)
        outcome = back(trashed, managing_editor)
        assert outcome.expired == ["Short"]
        page.refresh_from_db()
        assert not page.live
        assert page.expired


class TestPlace:
    def test_two_pages_with_the_same_slug_can_both_be_deleted(
        self, subtree: TextPage, site_tree: factories.SiteTree, managing_editor: Any
    ) -> None:
        deleted(subtree, managing_editor)
        again = factories.TextPageFactory(parent=site_tree.home, title="The new top", slug="top")
        move_to_trash(again, managing_editor)
        assert TrashedPage.objects.count() == 2

    def test_a_taken_slug_is_named_and_another_one_chosen(
        self, subtree: TextPage, site_tree: factories.SiteTree, managing_editor: Any
    ) -> None:
        trashed = deleted(subtree, managing_editor)
        factories.TextPageFactory(parent=site_tree.home, title="A newcomer", slug="top")
        with pytest.raises(CannotBePutBack, match="“A newcomer” now ends in “top”") as refusal:
            back(trashed, managing_editor)
        assert refusal.value.field == "slug"
        back(trashed, managing_editor, slug="top-again")
        assert [status for status, _ in public("/top-again/", "/top-again/public/")] == [200, 200]
        subtree = TextPage.objects.get(pk=subtree.pk)
        assert subtree.get_latest_revision_as_object().slug == "top-again"
        subtree.get_latest_revision().publish()
        assert public("/top-again/")[0][0] == 200

    def test_where_the_parent_is_gone_another_one_is_chosen(
        self, subtree: TextPage, site_tree: factories.SiteTree, managing_editor: Any
    ) -> None:
        child = TextPage.objects.get(slug="public")
        trashed = deleted(child, managing_editor)
        move_to_trash(subtree, managing_editor)
        with pytest.raises(CannotBePutBack, match="gone"):
            back(trashed, managing_editor)
        back(trashed, managing_editor, parent=Page.objects.get(pk=site_tree.about.pk))
        assert public("/about/public/")[0][0] == 200
        assert not any(Page.find_problems())

    def test_a_page_goes_only_below_an_allowed_parent(
        self, site_tree: factories.SiteTree, managing_editor: Any
    ) -> None:
        item = factories.NewsItemPageFactory(parent=site_tree.news)
        with pytest.raises(CannotBePutBack, match="cannot go below “About”"):
            back(deleted(item, managing_editor), managing_editor, parent=Page.objects.get(pk=site_tree.about.pk))

    def test_the_home_page_stays(self, site_tree: factories.SiteTree, managing_editor: Any) -> None:
        with pytest.raises(CannotBeDeleted, match="home page"):
            move_to_trash(site_tree.home, managing_editor)


class TestEmptying:
    def test_after_thirty_days_it_is_gone(self, subtree: TextPage, managing_editor: Any) -> None:
        trashed = deleted(subtree, managing_editor)
        assert empty_due(trashed.deleted_at + 30 * DAY - HOUR) == 0
        assert empty_due(trashed.deleted_at + 30 * DAY) == 1
        assert not TextPage.objects.filter(title__in=("The top", "Public below", "Later", "A draft")).exists()
        assert not TrashedPage.objects.exists()
        assert not any(Page.find_problems())
        assert Publication.objects.filter(title="Public below", is_public=True).exists()

    def test_a_suspended_schedule_is_deleted_with_its_page(self, subtree: TextPage, managing_editor: Any) -> None:
        trashed = deleted(subtree, managing_editor)
        assert empty_due(trashed.deleted_at + 30 * DAY) == 1
        outcome = publish_due(timezone.now() + 31 * DAY)
        assert (outcome.done, outcome.canceled, outcome.failed) == ([], [], [])

    def test_the_command_empties(self, subtree: TextPage, managing_editor: Any) -> None:
        move_to_trash(subtree, managing_editor)
        TrashedPage.objects.update(deleted_at=timezone.now() - 31 * DAY)
        call_command("empty_trash")
        assert not TrashedPage.objects.exists()

    def test_the_publishing_process_empties(self, subtree: TextPage, managing_editor: Any) -> None:
        move_to_trash(subtree, managing_editor)
        TrashedPage.objects.update(deleted_at=timezone.now() - 31 * DAY)
        do_due()
        assert not TrashedPage.objects.exists()
