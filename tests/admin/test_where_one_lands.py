"""After an act, one lands where one works next: in a list below the home page, never at the root of the page tree."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
AT_ROOT = "not be accessible at any URL"


@pytest.fixture(params=["Author", "Editor", "Administrator", "superuser"])
def client(request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> Client:
    client = Client()
    is_superuser = request.param == "superuser"
    role = {"is_superuser": True} if is_superuser else {"role": request.param}
    client.force_login(factories.UserFactory(**role))
    return client


def landing(response: Any) -> str:
    return str(response.redirect_chain[-1][0])


def test_lists_of_pages_begin_at_the_home_page(client: Client, site_tree: factories.SiteTree) -> None:
    home = reverse("wagtailadmin_explore", args=[site_tree.home.pk])
    root = Page.get_first_root_node().pk
    for url in (reverse("wagtailadmin_explore_root"), reverse("wagtailadmin_explore", args=[root])):
        response = client.get(url, follow=True)
        assert landing(response) == home
        assert AT_ROOT not in response.content.decode()


def test_no_screen_links_to_the_root(client: Client, site_tree: factories.SiteTree) -> None:
    """Breadcrumbs, “Back”, “Cancel”. The menu “Pages” has the address of the root, which leads to the home page."""
    root = reverse("wagtailadmin_explore", args=[Page.get_first_root_node().pk])
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    for name, page in (
        ("wagtailadmin_explore", site_tree.news),
        ("wagtailadmin_pages:edit", item),
        ("wagtailadmin_pages:history", site_tree.home),
        ("wagtailadmin_pages:move", site_tree.about),
    ):
        content = client.get(reverse(name, args=[page.pk]), follow=True).content.decode()
        assert f'href="{root}"' not in content, name


def test_deleting_and_moving_a_page_at_the_top_leads_to_the_home_pages_list(site_tree: factories.SiteTree) -> None:
    client = Client()
    client.force_login(factories.UserFactory(role="Editor"))
    home = reverse("wagtailadmin_explore", args=[site_tree.home.pk])
    page = factories.TextPageFactory(parent=site_tree.home)
    moving = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, site_tree.about.pk])
    assert landing(client.post(moving, follow=True)).startswith("/admin/pages/")
    back = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, site_tree.home.pk])
    assert landing(client.post(back, follow=True)) == home
    deleting = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert landing(client.post(deleting, follow=True)) == home
    unpublishing = reverse("wagtailadmin_pages:unpublish", args=[site_tree.home.pk])
    response = client.post(unpublishing, follow=True)
    assert AT_ROOT not in response.content.decode()
