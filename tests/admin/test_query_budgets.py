"""What the screens that editors open most ask of the database. A new Wagtail site asks 47 and 26 for as much."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.committed import queries_of
from tests.publishing.admin_forms import edit_url

pytestmark = pytest.mark.django_db

EDITOR_BUDGET, LIST_BUDGET = 46, 32


def test_the_editor_and_the_page_list_keep_to_their_budgets(client: Client, site_tree: factories.SiteTree) -> None:
    client.force_login(factories.UserFactory(is_superuser=True))
    first, *_ = (
        factories.NewsItemPageFactory(
            parent=site_tree.news, title=f"Headline {number}", places=factories.PlaceTermFactory.create_batch(2)
        )
        for number in range(3)
    )
    assert queries_of(client, edit_url(first)) <= EDITOR_BUDGET
    news = reverse("wagtailadmin_explore", args=[site_tree.news.pk])
    with_three = queries_of(client, news)
    factories.NewsItemPageFactory(parent=site_tree.news, title="Headline 4")
    assert queries_of(client, news) == with_three <= LIST_BUDGET
