"""A private page, and whatever stands below it, is shown nowhere, be it remembered which ones are private or not."""

import pytest
from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from site_core.delivery.memory import is_set_aside, set_aside
from site_core.pages import SitePageQuerySet
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


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
