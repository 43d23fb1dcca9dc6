"""A page that moves to another URL leaves a redirect, unless nobody can know its old URL."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from site_core.redirects import signal_handlers
from tests import factories

pytestmark = pytest.mark.django_db

Rename = Callable[[Page, str], None]


@pytest.fixture
def rename(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Rename:
    """Saves a page with another slug, and commits."""

    def save(page: Page, slug: str) -> None:
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save()

    return save


def redirected_paths() -> set[str]:
    return set(Redirect.objects.values_list("old_path", flat=True))


def test_a_public_page_leaves_a_redirect_when_it_is_renamed_or_moved(
    site_tree: factories.SiteTree, rename: Rename
) -> None:
    page = factories.TextPageFactory(parent=site_tree.about, slug="first")
    rename(page, "second")
    assert redirected_paths() == {"/about/first"}
    page.move(site_tree.home, pos="last-child")
    assert redirected_paths() == {"/about/first", "/about/second"}


def test_a_page_that_was_taken_down_leaves_a_redirect(site_tree: factories.SiteTree, rename: Rename) -> None:
    page = factories.TextPageFactory(parent=site_tree.about, slug="first")
    page.unpublish()
    rename(page, "second")
    assert redirected_paths() == {"/about/first"}


def test_a_page_that_was_never_public_leaves_none(site_tree: factories.SiteTree, rename: Rename) -> None:
    page = factories.TextPageFactory(parent=site_tree.about, slug="first", draft=True)
    rename(page, "second")
    page.move(site_tree.home, pos="last-child")
    assert redirected_paths() == set()


def test_a_public_page_below_a_draft_leaves_a_redirect(site_tree: factories.SiteTree, rename: Rename) -> None:
    parent = factories.TextPageFactory(parent=site_tree.about, slug="first", draft=True)
    factories.TextPageFactory(parent=parent, slug="below")
    rename(parent, "second")
    assert "/about/first/below" in redirected_paths()


def test_a_page_that_comes_back_to_its_old_url_does_not_redirect_to_itself(
    site_tree: factories.SiteTree, rename: Rename
) -> None:
    page = factories.TextPageFactory(parent=site_tree.about, slug="first")
    rename(page, "second")
    rename(page, "first")
    assert redirected_paths() == {"/about/second"}


def test_a_section_with_more_pages_than_a_query_takes_is_renamed_and_comes_back(
    site_tree: factories.SiteTree, rename: Rename, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal_handlers, "AT_ONCE", 2)
    parent = factories.TextPageFactory(parent=site_tree.about, slug="first")
    for slug in ("a", "b", "c"):
        factories.TextPageFactory(parent=parent, slug=slug)
    rename(parent, "second")
    assert redirected_paths() == {"/about/first", *(f"/about/first/{slug}" for slug in ("a", "b", "c"))}
    rename(parent, "first")
    assert redirected_paths() == {"/about/second", *(f"/about/second/{slug}" for slug in ("a", "b", "c"))}


def test_a_redirect_that_an_editor_made_stays(site_tree: factories.SiteTree, rename: Rename) -> None:
    page = factories.TextPageFactory(parent=site_tree.about, slug="first")
    made = Redirect.add_redirect("/about/first", "https://example.org/", site=page.get_site())
    rename(page, "second")
    made.refresh_from_db()
    assert made.redirect_link == "https://example.org/"
    assert redirected_paths() == {"/about/first"}
