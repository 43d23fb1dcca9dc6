"""Visible acts on models with drafts."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from impact.models import Evidence, ImpactStat
from site_core.publishing.runner.due import publish_due
from site_core.publishing.trash.trashing import move_to_trash
from tests import factories
from tests.page_cache.trials.acts import Act, Acts, news_item

act = ACTS = Acts()


@act
def publish_a_new_page(tree: factories.SiteTree) -> Act:
    return news_item(tree, draft=True).latest_revision.publish


@act
def publish_an_update(tree: factories.SiteTree) -> Act:
    item = news_item(tree)
    item.title = "New words"
    return item.save_revision().publish


@act
def unpublish_a_page(tree: factories.SiteTree) -> Act:
    return news_item(tree).unpublish


@act
def move_a_page(tree: factories.SiteTree) -> Act:
    page = factories.TextPageFactory(parent=tree.home)
    return lambda: page.move(Page.objects.get(pk=tree.about.pk), pos="last-child")


@act
def move_a_draft_with_a_public_page_below_it(tree: factories.SiteTree) -> Act:
    top = factories.TextPageFactory(parent=tree.home, draft=True)
    factories.TextPageFactory(parent=top)
    return lambda: Page.objects.get(pk=top.pk).move(Page.objects.get(pk=tree.about.pk), pos="last-child")


@act
def delete_a_page(tree: factories.SiteTree) -> Act:
    return news_item(tree).delete


@act
def put_a_page_in_the_trash(tree: factories.SiteTree) -> Act:
    item, user = news_item(tree), factories.UserFactory(role="Editor")
    return lambda: move_to_trash(item, user)


@act
def rename_a_page(tree: factories.SiteTree) -> Act:
    page = factories.TextPageFactory(parent=tree.home)
    page.slug = f"{page.slug}-renamed"
    return page.save_revision().publish


@act
def rename_a_draft_with_a_public_page_below_it(tree: factories.SiteTree) -> Act:
    top = factories.TextPageFactory(parent=tree.home, draft=True)
    factories.TextPageFactory(parent=top)
    top = type(top).objects.get(pk=top.pk)
    top.slug = f"{top.slug}-renamed"
    return top.save


@act
def save_a_page_in_a_program(tree: factories.SiteTree) -> Act:
    item = news_item(tree)
    item.title = "Other words"
    return item.save


@act
def tag_a_page_in_a_program(tree: factories.SiteTree) -> Act:
    item, place = news_item(tree), factories.PlaceTermFactory()
    item.places.add(place)
    return item.save


@act
def change_the_order_of_pages(tree: factories.SiteTree) -> Act:
    first, last = news_item(tree), news_item(tree)
    return lambda: Page.objects.get(pk=last.pk).move(Page.objects.get(pk=first.pk), pos="left")


@act
def make_an_alias(tree: factories.SiteTree) -> Act:
    page = factories.TextPageFactory(parent=tree.home)
    return lambda: page.create_alias(update_slug=f"alias-of-{page.pk}")


@act
def carry_out_what_is_due(tree: factories.SiteTree) -> Act:
    item = news_item(tree, go_live_at=timezone.now() + timedelta(hours=1))
    at = timezone.now() + timedelta(hours=2)
    return lambda: publish_due(at) and item.refresh_from_db()


@act
def publish_an_alert(tree: factories.SiteTree) -> Act:
    return factories.AlertFactory(draft=True).latest_revision.publish


@act
def publish_a_stat_with_evidence(tree: factories.SiteTree) -> Act:
    stat = factories.ImpactStatFactory(draft=True)
    factories.EvidenceFactory(stat=stat, study=factories.StudyFactory())
    return ImpactStat.objects.get(pk=stat.pk).latest_revision.publish


@act
def unpublish_a_stat(tree: factories.SiteTree) -> Act:
    return factories.ImpactStatFactory().unpublish


@act
def delete_a_stat(tree: factories.SiteTree) -> Act:
    return factories.ImpactStatFactory().delete


@act
def change_evidence_of_a_stat(tree: factories.SiteTree) -> Act:
    evidence = factories.EvidenceFactory(stat=factories.ImpactStatFactory(), study=factories.StudyFactory())
    stored = Evidence.objects.get(pk=evidence.pk)
    stored.locator = "page 12"
    return stored.save


@act
def put_stats_in_another_order(tree: factories.SiteTree) -> Act:
    stat = factories.ImpactStatFactory()
    return lambda: ImpactStat.objects.filter(pk=stat.pk).update(sort_order=7)
