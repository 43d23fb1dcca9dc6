"""Every page type can be copied, aliased, moved and renamed, or the form says why not."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests import factories
from tests.contracts.rules import our_page_types
from tests.contracts.stock import StockedSite

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
PAGE_TYPES = [model.__name__ for model in our_page_types()]
LONG_TITLE = "Long title " * 23
LONG_SLUG = "long-slug-" * 25 + "55555"


def copy(client: Client, page: Page, **changes: Any) -> Any:
    """What the form answers when the page is copied beside itself."""
    fields = {
        "new_title": page.title,
        "new_slug": "copied",
        "new_parent_page": str(page.get_parent().pk),
        "copy_subpages": "on",
    }
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), fields | changes)


@pytest.mark.parametrize("kind", [{}, {"alias": "on"}, {"publish_copies": "on"}], ids=["copy", "alias", "published"])
@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_page_of_each_type_is_copied_as_a_draft_or_the_form_says_why_not(
    site: StockedSite, editor_client: Client, name: str, kind: dict[str, str]
) -> None:
    page = site.page(name)
    before = set(Page.objects.values_list("pk", flat=True))
    live = set(Page.objects.live().values_list("pk", flat=True))

    response = copy(editor_client, page, **kind)

    added = Page.objects.exclude(pk__in=before)
    if response.status_code == 200:
        assert response.context["form"].errors
        assert not added
    elif response.status_code == 403:
        assert not added
    else:
        assert response.status_code == 302
        assert added
        if "alias" not in kind:
            assert set(Page.objects.live().values_list("pk", flat=True)) == live


@pytest.mark.parametrize(
    "changes",
    [
        {"new_parent_page": ""},
        {"new_parent_page": "1x"},
        {"new_parent_page": "99999999999999999999999"},
        {"new_title": LONG_TITLE, "new_slug": LONG_SLUG},
        {"new_title": "x" * 300},
        {"new_slug": "x" * 300},
        {"new_title": "", "new_slug": ""},
    ],
)
def test_what_the_form_of_a_copy_cannot_take_it_says(
    site: StockedSite, editor_client: Client, changes: dict[str, str]
) -> None:
    response = copy(editor_client, site.page("TextPage"), **changes)
    assert response.status_code == 302 or response.context["form"].errors


def test_the_form_of_a_copy_suggests_a_slug_that_is_free(site: StockedSite, editor_client: Client) -> None:
    page = site.page("NewsItemPage")
    form = editor_client.get(reverse("wagtailadmin_pages:copy", args=[page.pk])).context["form"]
    assert form["new_slug"].value() == f"{page.slug}-2"
    assert "publish_copies" not in form.fields


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_page_of_each_type_with_the_longest_title_and_slug_is_renamed_and_leaves_a_redirect(
    site: StockedSite, name: str, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = site.page(name)
    with django_capture_on_commit_callbacks(execute=True):
        page.title, page.slug = LONG_TITLE[:255], LONG_SLUG
        try:
            page.save()
        except ValidationError:
            # An index page keeps its slug.
            return
    long_url = page.get_url()

    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "short"
        page.save()

    if page.get_parent().is_root():
        return
    assert client.get(long_url).headers["Location"] == page.get_url()


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_page_of_each_type_with_the_longest_title_and_slug_is_copied_aliased_and_moved_with_what_is_below_it(
    site: StockedSite, editor_client: Client, name: str, django_capture_on_commit_callbacks: Any
) -> None:
    page = site.page(name)
    long = {"title": LONG_TITLE[:255], "draft_title": LONG_TITLE[:255]}
    Page.objects.filter(pk=page.pk).update(**long)
    page.get_children().update(**long)
    page.refresh_from_db()
    typed = {"new_title": LONG_TITLE[:255], "new_slug": LONG_SLUG.replace("long", "copy")}
    answers = []
    with django_capture_on_commit_callbacks(execute=True):
        answers.append(copy(editor_client, page, **typed))
        answers.append(copy(editor_client, page, **typed, alias="on"))
        typed["new_slug"] = LONG_SLUG.replace("long", "else")
        answers.append(copy(editor_client, page, **typed, alias="on"))
        for parent in (site.tree.about, site.tree.home, site.tree.news):
            answers.append(editor_client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, parent.pk])))
    assert {answer.status_code for answer in answers} <= {200, 302, 403}
    added = Page.objects.filter(slug__in=[LONG_SLUG.replace("long", "copy"), LONG_SLUG.replace("long", "else")])
    assert all(found.get_url() for found in added)


def test_pages_below_a_long_one_are_renamed_and_moved_with_it(
    site: StockedSite, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    parent = factories.TextPageFactory(parent=site.tree.home, slug=LONG_SLUG)
    child = factories.TextPageFactory(parent=parent, slug=LONG_SLUG)
    grandchild = factories.TextPageFactory(parent=child, slug="end")
    with django_capture_on_commit_callbacks(execute=True):
        parent.slug = LONG_SLUG.replace("long", "lang")
        parent.save()
        child.refresh_from_db()
        child.move(site.tree.about, pos="last-child")
    grandchild.refresh_from_db()
    assert client.get(grandchild.get_url()).status_code == 200
    assert parent.get_url()
