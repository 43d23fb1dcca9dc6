"""A private page, and whatever stands below it, is shown nowhere, be it remembered which ones are private or not."""

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from site_core.delivery.memory import is_set_aside, set_aside
from site_core.pages import SitePageQuerySet
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def titles() -> set[str]:
    return set(SitePageQuerySet(Page).visible().values_list("title", flat=True))


def test_private_pages_are_left_out_whether_remembered_or_not() -> None:
    tree = factories.site_tree()
    factories.TextPageFactory(parent=tree.about, title="Below")
    assert {"About", "Below"} <= titles()
    restriction = tree.about.view_restrictions.create(restriction_type="login")
    assert not is_set_aside()
    assert not {"About", "Below"} & titles()
    with set_aside():
        assert not {"About", "Below"} & titles()
    with transaction.atomic():
        restriction.delete()
        assert {"About", "Below"} <= titles(), "What is being changed in this transaction is seen in it."
        transaction.set_rollback(True)
    assert not {"About", "Below"} & titles()
    PageViewRestriction.objects.all().delete()
    assert {"About", "Below"} <= titles()


def restrictions_of(page: Page) -> int:
    return Page.objects.get(pk=page.pk).specific.get_view_restrictions().count()


def test_a_page_is_as_private_as_what_stands_above_it_or_what_it_is_an_alias_of() -> None:
    tree = factories.site_tree()
    below = factories.TextPageFactory(parent=tree.about, title="Below")
    alias = below.create_alias(parent=tree.home, update_slug="alias")
    assert (restrictions_of(tree.about), restrictions_of(below), restrictions_of(alias)) == (0, 0, 0)
    below.view_restrictions.create(restriction_type="login")
    assert (restrictions_of(tree.about), restrictions_of(below), restrictions_of(alias)) == (0, 1, 1)
    tree.about.view_restrictions.create(restriction_type="login")
    assert (restrictions_of(tree.about), restrictions_of(below), restrictions_of(tree.news)) == (1, 2, 0)


def test_a_private_page_costs_the_others_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    tree = factories.site_tree()
    tree.about.view_restrictions.create(restriction_type="login")
    news = Page.objects.get(pk=tree.news.pk).specific
    assert not news.get_view_restrictions()
    with django_assert_num_queries(0):
        assert not news.get_view_restrictions()
