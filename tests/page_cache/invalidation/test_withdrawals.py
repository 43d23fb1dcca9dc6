"""Whatever takes something from visitors lets nothing older be served, and ordinary work keeps the copies."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from impact.models import ImpactStat
from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.committed_change import CommittedChange
from site_core.page_cache.invalidation.expiry import next_expiry
from site_core.page_cache.invalidation.writes import invalidate
from site_core.page_cache.invalidation_listener import UnknownChanges
from site_core.publishing.history.undo import undo
from site_core.publishing.runner.due import publish_due
from site_core.publishing.trash.trashing import move_to_trash
from tests import factories
from tests.page_cache import elsewhere
from tests.page_cache.trials.acts import Act, Acts, news_item

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sweep]

withdrawing, staying = Acts(), Acts()


@withdrawing
def restrict_a_page(tree: factories.SiteTree) -> Act:
    return lambda: PageViewRestriction.objects.create(page=tree.about, restriction_type="login")


@withdrawing
def unpublish_a_page(tree: factories.SiteTree) -> Act:
    return news_item(tree).unpublish


@withdrawing
def unpublish_pages_in_bulk(tree: factories.SiteTree) -> Act:
    pages = Page.objects.filter(pk=news_item(tree).pk)
    return lambda: pages.update(live=False)


@withdrawing
def unpublish_by_sql(tree: factories.SiteTree) -> Act:
    pk = news_item(tree).pk
    return lambda: connection.cursor().execute("UPDATE wagtailcore_page SET live = NOT live WHERE id = %s", [pk])


@withdrawing
def let_a_page_expire(tree: factories.SiteTree) -> Act:
    item = news_item(tree, expire_at=timezone.now() + timedelta(seconds=5))
    return lambda: publish_due(item.expire_at + timedelta(seconds=1))


@withdrawing
def delete_a_page(tree: factories.SiteTree) -> Act:
    return news_item(tree).delete


@withdrawing
def put_a_page_in_the_trash(tree: factories.SiteTree) -> Act:
    item, user = news_item(tree), factories.UserFactory(role="Editor")
    return lambda: move_to_trash(item, user)


@withdrawing
def move_a_page_below_a_private_one(tree: factories.SiteTree) -> Act:
    private = factories.TextPageFactory(parent=tree.home)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    page = factories.TextPageFactory(parent=tree.home)
    return lambda: page.move(Page.objects.get(pk=private.pk), pos="last-child")


@withdrawing
def withdraw_a_url(tree: factories.SiteTree) -> Act:
    return factories.WithdrawnAddressFactory


@withdrawing
def withdraw_a_stat(tree: factories.SiteTree) -> Act:
    stat = factories.ImpactStatFactory()
    stat.correction, stat.correction_text, stat.corrected_on = "withdrawn", "It was wrong.", date(2018, 4, 3)
    return stat.save_revision().publish


@withdrawing
def delete_a_stat(tree: factories.SiteTree) -> Act:
    return factories.ImpactStatFactory().delete


@withdrawing
def take_an_alert_down(tree: factories.SiteTree) -> Act:
    return factories.AlertFactory().unpublish


@withdrawing
def delete_a_place(tree: factories.SiteTree) -> Act:
    return factories.PlaceTermFactory().delete


@withdrawing
def make_documents_private(tree: factories.SiteTree) -> Act:
    collection = Collection.get_first_root_node()
    return lambda: CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")


@withdrawing
def undo_an_update(tree: factories.SiteTree) -> Act:
    item, user = news_item(tree), factories.UserFactory()
    item.title = "A mistake"
    item.save_revision().publish()
    return lambda: undo(item, user)


@withdrawing
def unpublish_after_other_changes(tree: factories.SiteTree) -> Act:
    item, other = news_item(tree), news_item(tree, slug="other")

    def act() -> None:
        with transaction.atomic():
            other.save_revision().publish()
            item.unpublish()

    return act


@staying
def publish_a_new_page(tree: factories.SiteTree) -> Act:
    return news_item(tree, draft=True, places=[factories.PlaceTermFactory()]).latest_revision.publish


@staying
def publish_an_update_with_fewer_tags(tree: factories.SiteTree) -> Act:
    item = news_item(tree, places=[factories.PlaceTermFactory(), factories.PlaceTermFactory()])
    item.title = "New words"
    item.places.set(list(item.places.all())[:1])
    return item.save_revision().publish


@staying
def publish_the_home_page(tree: factories.SiteTree) -> Act:
    tree.home.title = "New words"
    return tree.home.save_revision().publish


@staying
def publish_a_page_that_an_alias_follows(tree: factories.SiteTree) -> Act:
    tree.about.create_alias(update_slug="alias")
    return tree.about.save_revision().publish


@staying
def save_a_draft(tree: factories.SiteTree) -> Act:
    return news_item(tree).save_revision


@staying
def unpublish_a_draft(tree: factories.SiteTree) -> Act:
    return news_item(tree, draft=True).unpublish


@staying
def add_a_picture(tree: factories.SiteTree) -> Act:
    return factories.SiteImageFactory


@staying
def add_a_place(tree: factories.SiteTree) -> Act:
    return factories.PlaceTermFactory


def withdraws(act: Act) -> bool:
    before = generation.oldest_served()
    act()
    return generation.oldest_served() > before


def test_what_takes_something_away_withdraws(site_tree: factories.SiteTree) -> None:
    assert [name for name, prepare in withdrawing.items() if not withdraws(prepare(site_tree))] == []


def test_ordinary_work_withdraws_nothing(site_tree: factories.SiteTree) -> None:
    assert [name for name, prepare in staying.items() if withdraws(prepare(site_tree))] == []


def test_a_withdrawal_in_a_savepoint_that_is_rolled_back_withdraws_nothing(site_tree: factories.SiteTree) -> None:
    oldest, now = generation.oldest_served(), generation.number()
    with transaction.atomic():
        site_tree.home.save_revision().publish()
        with transaction.atomic():
            site_tree.about.unpublish()
            transaction.set_rollback(True)
    assert (generation.oldest_served(), generation.number()) == (oldest, now + 1)
    assert not CommittedChange.objects.latest("pk").withdraws


def test_a_change_without_a_write_can_withdraw() -> None:
    oldest = generation.oldest_served()
    invalidate()
    assert generation.oldest_served() == oldest
    invalidate(withdraws=True)
    assert generation.oldest_served() == generation.number()


def test_a_change_without_a_write_leaves_a_withdrawal_in_place() -> None:
    """Such as an index that is rebuilt in the transaction of what withdraws."""
    with transaction.atomic():
        invalidate(withdraws=True)
        invalidate()
    assert generation.oldest_served() == generation.number()
    assert CommittedChange.objects.latest("pk").withdraws


def test_another_machine_withdraws_as_well(tmp_path: Path, site_tree: factories.SiteTree) -> None:
    changes = UnknownChanges()
    changes.poll()
    for change, is_withdrawal in (("", False), ("HomePage.objects.get().unpublish()", True)):
        oldest, now = generation.oldest_served(), generation.number()
        publish = "from home.models import HomePage\nHomePage.objects.get().save_revision().publish()\n"
        assert elsewhere.run(publish + change, tmp_path) == 0
        changes.poll()
        assert generation.number() > now
        assert (generation.oldest_served() > oldest) == is_withdrawal


def test_the_next_expiry_is_that_of_what_visitors_see(site_tree: factories.SiteTree) -> None:
    later = timezone.now() + timedelta(days=1)
    news_item(site_tree, draft=True, expire_at=later)
    assert next_expiry() is None
    factories.AlertFactory(expire_at=later + timedelta(days=1))
    news_item(site_tree, slug="other", expire_at=later)
    assert next_expiry() == later
    ImpactStat.objects.filter(pk=factories.ImpactStatFactory().pk).update(expire_at=later - timedelta(hours=1))
    assert next_expiry() == later - timedelta(hours=1)
