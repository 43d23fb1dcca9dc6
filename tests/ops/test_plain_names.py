"""What Wagtail and Django have made themselves is called in the words of the admin, once."""

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import Collection, Page

from site_core.ops.plain_names import ENTRY, ROOT, WELCOME, name_plainly

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_no_row_keeps_a_name_that_nobody_chose() -> None:
    first = Page.objects.get(depth=2)
    Page.objects.filter(pk=first.pk).update(title=WELCOME, draft_title=WELCOME)
    Page.objects.filter(depth=1).update(title=ROOT, draft_title=ROOT)
    Collection.objects.filter(depth=1).update(name=ROOT)
    name_plainly()
    titles = {title for pair in Page.objects.values_list("title", "draft_title") for title in pair}
    titles |= set(Collection.objects.values_list("name", flat=True))
    titles |= set(Permission.objects.filter(content_type__app_label="wagtailadmin").values_list("name", flat=True))
    assert titles & {WELCOME, ROOT, ENTRY} == set()
    assert {"First page", "All pages", "Library", "Can use the admin"} <= titles


def test_a_name_that_somebody_chose_stays() -> None:
    Page.objects.filter(depth=2).update(title="Our network", draft_title="Our network")
    name_plainly()
    assert Page.objects.get(depth=2).title == "Our network"
