"""A private page and the pages below it are shown nowhere, whether restrictions are memoized or not."""

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from site_core.page_cache.memoize import bypass_cache, cache_is_bypassed
from site_core.pages.base import SitePageQuerySet
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def titles() -> set[str]:
    return set(SitePageQuerySet(Page).visible().values_list("title", flat=True))


def test_private_pages_are_left_out_with_and_without_the_cache(site_tree: factories.SiteTree) -> None:
    factories.TextPageFactory(parent=site_tree.about, title="Below")
    assert {"About", "Below"} <= titles()
    restriction = site_tree.about.view_restrictions.create(restriction_type="login")
    assert not cache_is_bypassed()
    assert not {"About", "Below"} & titles()
    with bypass_cache():
        assert not {"About", "Below"} & titles()
    with transaction.atomic():
        restriction.delete()
        assert {"About", "Below"} <= titles(), "A change made in this transaction is visible in it."
        transaction.set_rollback(True)
    assert not {"About", "Below"} & titles()
    PageViewRestriction.objects.all().delete()
    assert {"About", "Below"} <= titles()


def restriction_count(page: Page) -> int:
    return Page.objects.get(pk=page.pk).specific.get_view_restrictions().count()


def test_a_page_has_the_restrictions_of_its_ancestors_and_of_the_source_of_its_alias(
    site_tree: factories.SiteTree,
) -> None:
    about = site_tree.about
    below = factories.TextPageFactory(parent=about, title="Below")
    alias = below.create_alias(parent=site_tree.home, update_slug="alias")
    assert (restriction_count(about), restriction_count(below), restriction_count(alias)) == (0, 0, 0)
    below.view_restrictions.create(restriction_type="login")
    assert (restriction_count(about), restriction_count(below), restriction_count(alias)) == (0, 1, 1)
    about.view_restrictions.create(restriction_type="login")
    assert (restriction_count(about), restriction_count(below), restriction_count(site_tree.news)) == (1, 2, 0)


def test_a_private_page_costs_the_others_no_query(
    django_assert_num_queries: DjangoAssertNumQueries, site_tree: factories.SiteTree
) -> None:
    site_tree.about.view_restrictions.create(restriction_type="login")
    news = Page.objects.get(pk=site_tree.news.pk).specific
    assert not news.get_view_restrictions()
    with django_assert_num_queries(0):
        assert not news.get_view_restrictions()
