"""Each change of what the public can see adds exactly one row to the ledger, and nothing else does."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from home.models import TextPage
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.ledger.recording import because
from site_core.publishing.runner.due import publish_due
from tests import factories
from tests.publishing.ledger.ledger_rows import rows_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def again(obj: Any) -> Any:
    return type(obj).objects.get(pk=obj.pk)


class TestPublishing:
    def test_by_hand(self, branch: TextPage) -> None:
        branch.title = "Topmost"
        revision = branch.save_revision()
        assert rows_of(revision.publish) == [("published", True, "/about/top/", "Topmost")]
        row = Publication.objects.of(branch).newest_first().first()
        assert row
        assert row.revision_id == revision.pk

    def test_by_schedule_and_by_expiry(self, site_tree: factories.SiteTree) -> None:
        now = timezone.now()
        alert = factories.AlertFactory(go_live_at=now + HOUR, expire_at=now + 2 * HOUR)
        assert rows_of(lambda: publish_due(now + HOUR)) == [("scheduled", True, "", str(alert))]
        assert rows_of(lambda: publish_due(now + 2 * HOUR)) == [("expired", False, "", str(alert))]

    def test_an_overdue_recheck(self, site_tree: factories.SiteTree) -> None:
        stat = factories.ImpactStatFactory(next_due=timezone.localdate() + timedelta(days=1))
        rows = rows_of(lambda: publish_due(timezone.now() + timedelta(days=2)))
        assert rows == [("overdue", True, stat.get_absolute_url(), str(stat))]

    def test_a_new_slug_changes_the_path_of_all_pages_below_it(self, branch: TextPage) -> None:
        branch.slug = "summit"
        assert rows_of(branch.save_revision().publish) == [
            ("published", True, "/about/summit/", "Top"),
            ("moved", True, "/about/summit/below/", "Below"),
        ]

    def test_an_alias_follows_its_source(self, branch: TextPage) -> None:
        assert rows_of(lambda: branch.create_alias(update_slug="other")) == [
            ("published", True, "/about/other/", "Top")
        ]
        source = again(branch)
        source.title = "Topmost"
        assert rows_of(source.save_revision().publish) == [
            ("published", True, "/about/top/", "Topmost"),
            ("published", True, "/about/other/", "Topmost"),
        ]

    def test_a_copy_that_is_kept_live(self, branch: TextPage) -> None:
        assert rows_of(lambda: branch.copy(recursive=True, update_attrs={"slug": "copy"})) == [
            ("published", True, "/about/copy/", "Top"),
            ("published", True, "/about/copy/below/", "Below"),
        ]
        assert rows_of(lambda: branch.copy(keep_live=False, update_attrs={"slug": "quiet"})) == []

    def test_a_cause_and_a_person_can_be_given(self, branch: TextPage) -> None:
        person = factories.UserFactory()
        with because(Cause.UNDONE, by=person):
            branch.save_revision().publish()
        row = Publication.objects.of(branch).newest_first().first()
        assert row
        assert (row.cause, row.by, row.user_id) == ("undone", str(person), person.pk)

    def test_the_user_who_publishes_in_the_admin_is_named(self, branch: TextPage, client: Client) -> None:
        person = factories.UserFactory(role="Editor")
        client.force_login(person)
        client.post(reverse("wagtailadmin_pages:unpublish", args=[branch.pk]))
        row = Publication.objects.of(branch).newest_first().first()
        assert row
        assert (row.cause, row.by, row.user_id) == ("unpublished", str(person), person.pk)

    def test_a_row_is_rolled_back_with_its_change(self, branch: TextPage) -> None:
        def publish_and_fail() -> None:
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                branch.save_revision().publish()
                raise ZeroDivisionError

        assert rows_of(publish_and_fail) == []


class TestTakingDown:
    def test_one_page(self, branch: TextPage) -> None:
        assert rows_of(branch.unpublish) == [("unpublished", False, "/about/top/", "Top")]

    def test_with_all_below_it(self, branch: TextPage, client: Client) -> None:
        client.force_login(factories.UserFactory(role="Managing editor"))
        address = reverse("wagtailadmin_pages:unpublish", args=[branch.pk])
        assert rows_of(lambda: client.post(address, {"include_descendants": "on"})) == [
            ("unpublished", False, "/about/top/", "Top"),
            ("unpublished", False, "/about/top/below/", "Below"),
        ]

    def test_many_at_once(self, branch: TextPage, client: Client) -> None:
        client.force_login(factories.UserFactory(role="Managing editor"))
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
        below = branch.get_children().live().get()
        rows = rows_of(lambda: client.post(f"{address}?id={branch.pk}&id={below.pk}"))
        assert sorted(rows) == [
            ("unpublished", False, "/about/top/", "Top"),
            ("unpublished", False, "/about/top/below/", "Below"),
        ]

    @pytest.mark.parametrize("fields", [None, ["live"]])
    def test_by_saving_it_as_not_live(self, branch: TextPage, fields: list[str] | None) -> None:
        branch.live = False
        assert rows_of(lambda: branch.save(update_fields=fields)) == [("unpublished", False, "/about/top/", "Top")]
        assert rows_of(branch.save) == []

    def test_a_snippet(self, site_tree: factories.SiteTree) -> None:
        alert = factories.AlertFactory()
        assert rows_of(alert.unpublish) == [("unpublished", False, "", str(alert))]
        assert rows_of(alert.delete) == []

    def test_deleting_a_live_snippet(self, site_tree: factories.SiteTree) -> None:
        alert = factories.AlertFactory()
        assert rows_of(alert.delete) == [("deleted", False, "", str(alert))]

    def test_deleting_a_page_and_all_below_it(self, branch: TextPage) -> None:
        # The admin moves it to the trash first. Deleting it forever from there adds no further row.
        assert sorted(rows_of(lambda: Page.objects.filter(pk=branch.pk).delete())) == [
            ("deleted", False, "/about/top/", "Top"),
            ("deleted", False, "/about/top/below/", "Below"),
        ]


class TestMoving:
    def test_to_another_parent(self, branch: TextPage, site_tree: factories.SiteTree) -> None:
        assert rows_of(lambda: branch.move(site_tree.home, pos="last-child")) == [
            ("moved", True, "/top/", "Top"),
            ("moved", True, "/top/below/", "Below"),
        ]

    def test_among_its_siblings(self, site_tree: factories.SiteTree) -> None:
        about = again(site_tree.about)
        rows = rows_of(lambda: about.move(Page.objects.get(pk=site_tree.news.pk), pos="left"))
        assert rows == [("moved", True, "/about/", "About")]

    def test_a_stat_among_stats(self, site_tree: factories.SiteTree, client: Client) -> None:
        first, second = factories.ImpactStatFactory(), factories.ImpactStatFactory()
        client.force_login(factories.UserFactory(role="Managing editor"))
        address = reverse("wagtailsnippets_impact_impactstat:reorder", args=[second.pk])
        rows = rows_of(lambda: client.post(f"{address}?position=0"))
        assert rows == [("edited", True, second.get_absolute_url(), str(second))]
        assert again(second).sort_order < again(first).sort_order

    def test_a_draft(self, site_tree: factories.SiteTree) -> None:
        draft = factories.TextPageFactory(parent=site_tree.about, draft=True)
        assert rows_of(lambda: again(draft).move(site_tree.home, pos="last-child")) == []


class TestPrivacy:
    def restrict(self, page: Page) -> PageViewRestriction:
        restriction: PageViewRestriction = PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.LOGIN
        )
        return restriction

    def test_what_is_made_private_is_public_no_more(self, branch: TextPage) -> None:
        assert rows_of(lambda: self.restrict(branch)) == [
            ("restricted", False, "/about/top/", "Top"),
            ("restricted", False, "/about/top/below/", "Below"),
        ]

    def test_and_public_again_without_the_restriction(self, branch: TextPage) -> None:
        restriction = self.restrict(branch)
        assert rows_of(restriction.delete) == [
            ("restricted", True, "/about/top/", "Top"),
            ("restricted", True, "/about/top/below/", "Below"),
        ]

    def test_what_is_private_anyway_adds_nothing(self, branch: TextPage) -> None:
        self.restrict(branch)
        below = branch.get_children().live().get().specific
        assert rows_of(below.save_revision().publish) == []
        assert rows_of(again(below).unpublish) == []
        assert rows_of(lambda: again(branch).delete()) == []

    def test_deleting_a_page_with_its_restriction_does_not_make_it_public(self, branch: TextPage) -> None:
        self.restrict(branch)
        assert rows_of(branch.delete) == []

    def test_a_live_revision_of_a_private_page_is_not_written_over(self, branch: TextPage) -> None:
        self.restrict(branch)
        branch.title = "Private"
        live = branch.save_revision()
        live.publish()
        page = again(branch)
        page.title = "A draft"
        assert page.save_revision(overwrite_revision=live).pk != live.pk

    def test_a_page_moved_below_a_private_one(self, branch: TextPage, site_tree: factories.SiteTree) -> None:
        self.restrict(site_tree.strategies)
        private = factories.TextPageFactory(parent=site_tree.home, title="Private")
        self.restrict(private)
        assert [row[:2] for row in rows_of(lambda: again(branch).move(again(private), pos="last-child"))] == [
            ("moved", False),
            ("moved", False),
        ]

    def test_documents_of_a_private_collection(self, site_tree: factories.SiteTree) -> None:
        collection = Collection.get_first_root_node().add_child(name="Board")
        document = factories.SiteDocumentFactory(collection=collection)
        factories.SiteDocumentFactory()
        rows = rows_of(
            lambda: CollectionViewRestriction.objects.create(
                collection=collection, restriction_type=CollectionViewRestriction.LOGIN
            )
        )
        assert [(cause, public, title) for cause, public, _, title in rows] == [("restricted", False, document.title)]


class TestNothingPublic:
    def test_drafts_schedules_autosave_and_locks(self, site_tree: factories.SiteTree) -> None:
        page = factories.TextPageFactory(parent=site_tree.about)
        alert = factories.AlertFactory()

        def work_behind_the_scenes() -> None:
            for obj in (again(page), again(alert)):
                revision = obj.save_revision()
                obj.save_revision(overwrite_revision=revision)
                obj.go_live_at = timezone.now() + HOUR
                obj.save_revision().publish()
                obj = again(obj)
                obj.locked = True
                obj.save(update_fields=["locked"])
            factories.TextPageFactory(parent=again(site_tree.about), draft=True)
            factories.AlertFactory(scheduled=True)
            factories.UserFactory()

        assert rows_of(work_behind_the_scenes) == []
