"""Deleting in the admin moves a page to the trash, which only users with the permission see and empty."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from home.models import TextPage
from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.publishing.trash.trashing import move_to_trash
from site_core.publishing.trashed_page import TrashedPage, trash_root
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOUR = timedelta(hours=1)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words_of(client: Client, page: Any) -> str:
    """What the screen says before its form."""
    text = client.get(reverse("put_back_page", args=[page.pk])).content.decode().split("was deleted")[1]
    return " ".join(text.split("<form")[0].split())


def public(*urls: str) -> list[tuple[int, bytes]]:
    responses = [Client().get(url) for url in urls]
    return [(response.status_code, bytes(response.content)) for response in responses]


class TestAdmin:
    def test_delete_moves_to_the_trash_and_offers_to_put_back(self, subtree: TextPage, managing_editor: Any) -> None:
        client = client_of(managing_editor)
        url = reverse("wagtailadmin_pages:delete", args=[subtree.pk])
        assert "with 3 pages below it" in client.get(url).content.decode()
        response = client.post(url, follow=True)
        put_back_url = reverse("put_back_page", args=[subtree.pk])
        assert put_back_url in response.content.decode()
        assert "The top" in client.get(reverse("trash")).content.decode()
        assert "Parent page" in client.get(put_back_url).content.decode()
        parent = TrashedPage.objects.get().parent_pk
        response = client.post(put_back_url, {"parent": parent, "slug": "top"}, follow=True)
        assert (
            "is back, with the 3 pages below it. It is public again. What was scheduled is scheduled again."
            in response.content.decode()
        )
        assert public("/top/public/")[0][0] == 200

    def test_the_screen_says_exactly_what_comes_back(
        self, subtree: TextPage, site_tree: factories.SiteTree, managing_editor: Any
    ) -> None:
        Redirect.add_redirect("/former/", redirect_to=subtree)
        move_to_trash(subtree, managing_editor)
        client = client_of(managing_editor)
        words = words_of(client, subtree)
        for sentence in (
            *("and 3 pages below it", "2 of these pages become public again", "1 redirect from a former URL"),
            "“Later” goes live",
        ):
            assert sentence in words
        assert "tag" not in words
        assert "This does not" not in words

    def test_of_a_single_page_it_speaks_of_one(self, site_tree: factories.SiteTree, managing_editor: Any) -> None:
        item = factories.NewsItemPageFactory(parent=site_tree.news, places=[factories.PlaceTermFactory()])
        move_to_trash(item, managing_editor)
        client = client_of(managing_editor)
        words = words_of(client, item)
        assert "it becomes public again at once" in words
        assert "1 tag" in words
        assert "below it" not in words
        posted = {"parent": site_tree.news.pk, "slug": item.slug}
        response = client.post(reverse("put_back_page", args=[item.pk]), posted, follow=True)
        assert f"“{item}” is back. It is public again." in response.content.decode()

    def test_it_says_what_does_not_come_back(
        self, subtree: TextPage, site_tree: factories.SiteTree, managing_editor: Any, time_machine: Any
    ) -> None:
        short = factories.TextPageFactory(parent=site_tree.home, title="Short", expire_at=timezone.now() + HOUR)
        move_to_trash(subtree, managing_editor)
        move_to_trash(short, managing_editor)
        time_machine.move_to(timezone.now() + 2 * HOUR)
        client = client_of(managing_editor)
        assert "“Later” does not go live" in words_of(client, subtree)
        words = words_of(client, short)
        assert "nothing becomes public" in words
        assert "“Short” does not become public again" in words

    def test_several_at_once_and_one_below_another(self, subtree: TextPage, managing_editor: Any) -> None:
        child = TextPage.objects.get(slug="public")
        other = TextPage.objects.get(title="The one after it")
        ids = "&".join(f"id={page.pk}" for page in (subtree, child, other))
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?{ids}&next=/admin/pages/"
        client = client_of(managing_editor)
        assert "move to the trash" in client.get(url).content.decode()
        response = client.post(url, {"wagtail_site_name": "NNSC"}, follow=True)
        assert "2 pages are in the trash" in response.content.decode()
        assert TrashedPage.objects.count() == 2

    def test_the_admin_api_deletes_nothing(self, subtree: TextPage, managing_editor: Any) -> None:
        client_of(managing_editor).post(f"/admin/api/main/pages/{subtree.pk}/action/delete/")
        assert public("/top/")[0][0] == 200

    def test_the_home_page_cannot_be_deleted(self, site_tree: factories.SiteTree, managing_editor: Any) -> None:
        url = reverse("wagtailadmin_pages:delete", args=[site_tree.home.pk])
        response = client_of(managing_editor).post(url)
        assert "the site's home page" in response.content.decode().replace("&#x27;", "'")
        assert not TrashedPage.objects.exists()

    def test_the_form_names_what_is_wrong(
        self, subtree: TextPage, site_tree: factories.SiteTree, managing_editor: Any
    ) -> None:
        move_to_trash(subtree, managing_editor)
        factories.TextPageFactory(parent=site_tree.home, title="A newcomer", slug="top")
        url = reverse("put_back_page", args=[subtree.pk])
        response = client_of(managing_editor).post(url, {"parent": site_tree.home.pk, "slug": "top"})
        assert "“A newcomer” now ends in “top”" in response.content.decode()
        assert TrashedPage.objects.exists()

    @pytest.mark.parametrize("role", ["Editor", "superuser"])
    def test_what_is_in_the_trash_is_nowhere_else(
        self, subtree: TextPage, site_tree: factories.SiteTree, managing_editor: Any, role: str
    ) -> None:
        item = factories.NewsItemPageFactory(parent=site_tree.news, title="A deleted mention")
        for page in (subtree, item):
            move_to_trash(page, managing_editor)
        is_superuser = role == "superuser"
        person = factories.UserFactory(is_superuser=is_superuser, role=None if is_superuser else role)
        client = client_of(person)
        for url in (
            *("/admin/", "/admin/pages/", "/admin/pages/search/?q=top", "/admin/pages/search/?q=deleted"),
            *("/admin/choose-page/", "/admin/choose-page/search/?q=top", "/admin/news_items/"),
            f"/admin/choose-page/?page_type=news.newsitempage&parent_page_id={site_tree.news.pk}",
            *("/admin/reports/aging-pages/", "/admin/reports/locked/", "/admin/schedule/"),
            "/admin/api/main/pages/?child_of=root&for_explorer=1",
        ):
            response = client.get(url, follow=True)
            assert response.status_code == 200, url
            text = response.content.decode()
            assert "The top" not in text, url
            assert "A deleted mention" not in text, url
        root = reverse("wagtailadmin_explore", args=[trash_root().pk])
        assert "The top" not in client.get(root, follow=True).content.decode() or is_superuser

    @pytest.mark.parametrize("is_superuser", [False, True])
    def test_nothing_in_the_trash_becomes_public(
        self, site_tree: factories.SiteTree, managing_editor: Any, is_superuser: bool
    ) -> None:
        item = factories.NewsItemPageFactory(parent=site_tree.news, title="A deleted mention")
        move_to_trash(item, managing_editor)
        person = factories.UserFactory(is_superuser=True) if is_superuser else managing_editor
        client = client_of(person)
        edit = reverse("wagtailadmin_pages:edit", args=[item.pk])
        for url, fields in (
            (edit, {"action-publish": "1", "title": "x", "slug": "x", "summary": "x"}),
            (f"/admin/bulk/wagtailcore/page/publish/?id={item.pk}", {}),
            (f"/admin/bulk/wagtailcore/page/undo/?id={item.pk}", {}),
            (f"/admin/undo/news.NewsItemPage/{item.pk}/", {}),
            (reverse("wagtailadmin_pages:delete", args=[item.pk]), {}),
        ):
            client.get(url)
            client.post(url, fields)
            assert not NewsItemPage.objects.get().live, url
            assert TrashedPage.objects.filter(page=item.pk).exists(), url


def test_a_deleted_mention_can_be_keyed_in_again(site_tree: factories.SiteTree, managing_editor: Any) -> None:
    fields = {"title": "A mention", "link": "https://example.org/a-mention"}
    move_to_trash(factories.NewsItemPageFactory(parent=site_tree.news, **fields), managing_editor)
    form_class = NewsItemPage.get_edit_handler().get_form_class()
    posted = {**fields, "body-count": "0"}
    form = form_class(posted, instance=NewsItemPage(), parent_page=site_tree.news, for_user=managing_editor)
    assert "already on file" not in str(form.errors)


def test_not_even_a_program_publishes_in_the_trash(site_tree: factories.SiteTree, managing_editor: Any) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news)
    move_to_trash(item, managing_editor)
    with pytest.raises(PermissionDenied, match="is in the trash"):
        item.get_latest_revision().publish()


class TestRights:
    """Every role at every URL, by GET and by POST."""

    @pytest.mark.parametrize("role", [*Role, None])
    def test_a_public_subtree(self, subtree: TextPage, managing_editor: Any, role: Role | None) -> None:
        client = client_of(factories.UserFactory(role=role))
        may_delete = role in (Role.MANAGING_EDITOR, Role.ADMINISTRATOR)
        delete = reverse("wagtailadmin_pages:delete", args=[subtree.pk])
        assert (client.get(delete).status_code == 200) == may_delete
        client.post(delete)
        assert TrashedPage.objects.exists() == may_delete
        if not may_delete:
            move_to_trash(subtree, managing_editor)
        trashed = TrashedPage.objects.get()

        forever = reverse("delete_page_forever", args=[subtree.pk])
        assert (client.get(forever).status_code == 200) == may_delete

        may_put_back = role not in (Role.AUTHOR, None)
        listed = client.get(reverse("trash"))
        assert (listed.status_code == 200 and "The top" in listed.content.decode()) == may_put_back
        url = reverse("put_back_page", args=[subtree.pk])
        assert (client.get(url).status_code == 200) == may_put_back
        client.post(url, {"parent": trashed.parent_pk, "slug": "top"})
        assert TrashedPage.objects.exists() != may_put_back
        if may_put_back:
            move_to_trash(TextPage.objects.get(pk=subtree.pk), managing_editor)
        client.post(forever)
        assert TextPage.objects.filter(pk=subtree.pk).exists() != may_delete

    def test_an_author_puts_back_a_draft(self, site_tree: factories.SiteTree) -> None:
        author = factories.UserFactory(role="Author")
        draft = factories.TextPageFactory(parent=site_tree.home, slug="a-draft", draft=True, owner=author)
        client = client_of(author)
        client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
        assert TrashedPage.objects.exists()
        client.post(reverse("put_back_page", args=[draft.pk]), {"parent": site_tree.home.pk, "slug": "a-draft"})
        assert not TrashedPage.objects.exists()
        assert public("/a-draft/")[0][0] == 404
