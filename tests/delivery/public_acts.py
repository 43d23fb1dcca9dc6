"""What editors and programs do that visitors see, each by its name.

Each function prepares something and gives what does it, so that the preparation is not counted.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from impact.models import Evidence, ImpactStat
from news.models import NewsItemPage
from site_core.models import CareSettings, OrganizationSettings, PlaceTerm, SiteRendition
from site_core.publishing.bin.binning import put_in_bin
from site_core.publishing.runner.due import publish_due
from tests import factories

Act = Callable[[], object]
Prepare = Callable[[factories.SiteTree], Act]
ACTS: dict[str, Prepare] = {}


def news_item(tree: factories.SiteTree, **fields: Any) -> NewsItemPage:
    made: NewsItemPage = factories.NewsItemPageFactory(parent=tree.news, **fields)
    return made


def act(prepare: Prepare) -> Prepare:
    ACTS[prepare.__name__.replace("_", " ")] = prepare
    return prepare


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
def put_a_page_in_the_bin(tree: factories.SiteTree) -> Act:
    item, user = news_item(tree), factories.UserFactory()
    return lambda: put_in_bin(item, user)


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
    moment = timezone.now() + timedelta(hours=2)
    return lambda: publish_due(moment) and item.refresh_from_db()


@act
def publish_an_alert(tree: factories.SiteTree) -> Act:
    return factories.AlertFactory(draft=True).latest_revision.publish


@act
def publish_a_figure_with_evidence(tree: factories.SiteTree) -> Act:
    stat = factories.ImpactStatFactory(draft=True)
    factories.EvidenceFactory(stat=stat, study=factories.StudyFactory())
    return ImpactStat.objects.get(pk=stat.pk).latest_revision.publish


@act
def unpublish_a_figure(tree: factories.SiteTree) -> Act:
    return factories.ImpactStatFactory().unpublish


@act
def delete_a_figure(tree: factories.SiteTree) -> Act:
    return factories.ImpactStatFactory().delete


@act
def change_evidence_of_a_figure(tree: factories.SiteTree) -> Act:
    evidence = factories.EvidenceFactory(stat=factories.ImpactStatFactory(), study=factories.StudyFactory())
    stored = Evidence.objects.get(pk=evidence.pk)
    stored.locator = "page 12"
    return stored.save


@act
def put_figures_in_another_order(tree: factories.SiteTree) -> Act:
    stat = factories.ImpactStatFactory()
    return lambda: ImpactStat.objects.filter(pk=stat.pk).update(sort_order=7)


@act
def save_a_setting(tree: factories.SiteTree) -> Act:
    organization = OrganizationSettings.load()
    organization.phone = "212-555-0100"
    return organization.save


@act
def save_the_help_lines(tree: factories.SiteTree) -> Act:
    return CareSettings.load().save


@act
def make_a_term(tree: factories.SiteTree) -> Act:
    return lambda: factories.PlaceTermFactory()


@act
def rename_a_term(tree: factories.SiteTree) -> Act:
    term = factories.StrategyTermFactory()
    term.name, term.slug = f"{term.name} renamed", f"{term.slug}-renamed"
    return term.save


@act
def delete_a_term(tree: factories.SiteTree) -> Act:
    return factories.ComponentTermFactory().delete


@act
def rename_a_publisher(tree: factories.SiteTree) -> Act:
    publisher = factories.PublisherFactory()
    publisher.name += " renamed"
    return publisher.save


@act
def save_a_study(tree: factories.SiteTree) -> Act:
    return factories.StudyFactory().save


@act
def upload_a_picture(tree: factories.SiteTree) -> Act:
    return lambda: factories.SiteImageFactory()


@act
def replace_a_picture(tree: factories.SiteTree) -> Act:
    picture = factories.SiteImageFactory()
    picture.file = factories.drawn_picture(name="other.jpg", ground="darkred")
    return picture.save


@act
def take_away_a_size_of_a_picture(tree: factories.SiteTree) -> Act:
    factories.SiteImageFactory().get_rendition("width-100")
    return lambda: SiteRendition.objects.filter(filter_spec="width-100").delete()


@act
def delete_a_picture(tree: factories.SiteTree) -> Act:
    return factories.SiteImageFactory().delete


@act
def upload_a_document(tree: factories.SiteTree) -> Act:
    return lambda: factories.SiteDocumentFactory()


@act
def rename_a_document(tree: factories.SiteTree) -> Act:
    document = factories.SiteDocumentFactory()
    document.title = "Another guide"
    return document.save


@act
def make_a_redirect(tree: factories.SiteTree) -> Act:
    return lambda: Redirect.objects.create(old_path=f"/old-{Redirect.objects.count()}", redirect_link="/")


@act
def delete_a_redirect(tree: factories.SiteTree) -> Act:
    return Redirect.objects.create(old_path=f"/older-{Redirect.objects.count()}", redirect_link="/").delete


@act
def withdraw_an_address(tree: factories.SiteTree) -> Act:
    return lambda: factories.WithdrawnAddressFactory()


@act
def save_the_site(tree: factories.SiteTree) -> Act:
    return Site.objects.get().save


@act
def make_a_page_private(tree: factories.SiteTree) -> Act:
    page = factories.TextPageFactory(parent=tree.home)
    return lambda: PageViewRestriction.objects.create(page=page, restriction_type="login")


@act
def make_a_private_page_public(tree: factories.SiteTree) -> Act:
    page = factories.TextPageFactory(parent=tree.home)
    return PageViewRestriction.objects.create(page=page, restriction_type="login").delete


@act
def make_a_collection_private(tree: factories.SiteTree) -> Act:
    collection = Collection.get_first_root_node().add_child(name="Example")
    return lambda: CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")


@act
def promote_a_result(tree: factories.SiteTree) -> Act:
    return lambda: factories.SearchPromotionFactory(page=tree.about)


@act
def take_a_promoted_result_away(tree: factories.SiteTree) -> Act:
    return factories.SearchPromotionFactory(page=tree.about).delete


@act
def update_many_rows(tree: factories.SiteTree) -> Act:
    item = news_item(tree)
    return lambda: NewsItemPage.objects.filter(pk=item.pk).update(author="Somebody")


@act
def update_many_pages(tree: factories.SiteTree) -> Act:
    item = news_item(tree)
    return lambda: Page.objects.filter(pk__gte=item.pk).update(search_description="Other words")


@act
def take_pages_down_in_a_query(tree: factories.SiteTree) -> Act:
    item = news_item(tree)
    return lambda: Page.objects.filter(pk=item.pk).update(live=False)


@act
def put_a_draft_up_in_a_query(tree: factories.SiteTree) -> Act:
    item = news_item(tree, draft=True)
    return lambda: Page.objects.filter(pk=item.pk).update(live=True)


@act
def make_many_rows(tree: factories.SiteTree) -> Act:
    first = Redirect.objects.count()
    made = [Redirect(old_path=f"/many-{first}-{number}", redirect_link="/") for number in range(3)]
    return lambda: Redirect.objects.bulk_create(made)


@act
def make_or_change_many_rows(tree: factories.SiteTree) -> Act:
    terms = [factories.PlaceTermFactory(), factories.PlaceTermFactory()]
    for term in terms:
        term.region = "NC"
    return lambda: PlaceTerm.objects.bulk_create(
        terms, update_conflicts=True, unique_fields=["id"], update_fields=["region"]
    )


@act
def change_many_rows_each_to_something_else(tree: factories.SiteTree) -> Act:
    items = [news_item(tree), news_item(tree)]
    for number, item in enumerate(items):
        item.author = f"Somebody {number}"
    return lambda: NewsItemPage.objects.bulk_update(items, ["author"])


def run(sql: str, *parameters: Any) -> Act:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters or None)

    return act


@act
def write_sql_by_hand(tree: factories.SiteTree) -> Act:
    return run("UPDATE wagtailcore_page SET title = %s WHERE id = %s", "By hand", news_item(tree).pk)


@act
def write_sql_by_hand_in_small_letters(tree: factories.SiteTree) -> Act:
    return run(f"update wagtailcore_page set title = 'By hand' where id = {news_item(tree).pk}")  # noqa: S608


@act
def write_sql_by_hand_behind_a_with(tree: factories.SiteTree) -> Act:
    return run(
        "WITH one AS (SELECT %s AS id) UPDATE wagtailcore_page SET title = 'x' WHERE id IN (SELECT id FROM one)",
        news_item(tree).pk,
    )


@act
def run_one_statement_many_times(tree: factories.SiteTree) -> Act:
    numbers = [news_item(tree).pk, news_item(tree, draft=True).pk]

    def many() -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE wagtailcore_page SET title = %s WHERE id = %s", [("By hand", number) for number in numbers]
            )

    return many
