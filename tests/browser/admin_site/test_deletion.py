"""A publisher in use is replaced on the way to its deletion, by keyboard, and Enter in a box sends no form."""

from typing import Any

from playwright.sync_api import Page, expect

from news.models import NewsItemPage, Publisher
from tests import factories
from tests.browser import admin


def test_enter_in_a_box_sends_nothing_and_a_publisher_is_replaced_before_it_is_deleted(
    page: Page, site_tree: factories.SiteTree, settings: Any
) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    old, new = factories.PublisherFactory(name="The Gazzete"), factories.PublisherFactory(name="The Gazette")
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="An example", publisher=old)
    admin.sign_in(page, factories.UserFactory(role="Managing editor"))
    enter_in_boxes(page, item)
    enter_searches_in_a_chooser(page)
    page.goto(f"/admin/snippets/news/publisher/delete/{old.pk}/")
    expect(page.get_by_role("link", name="An example")).to_be_visible()
    page.get_by_label("Replace it with").focus()
    page.keyboard.type("The Gazette")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    admin.expect_message(page, "“The Gazette” is now in 1 place where “The Gazzete” was.")
    page.get_by_role("button", name="Yes, delete").click()
    admin.expect_message(page, "deleted")
    assert NewsItemPage.objects.get().publisher == new
    assert list(Publisher.objects.all()) == [new]
    replace_a_picture(page, site_tree)


def enter_in_boxes(page: Page, item: NewsItemPage) -> None:
    """The form stays open with what was typed, and nothing is stored. Enter in a tag box ends a tag."""
    revisions = item.revisions.count()
    url = f"/admin/pages/{item.pk}/edit/"
    page.goto(url)
    for label in ("Headline", "Publisher", "Date", "Author"):
        box = page.get_by_role("textbox", name=label).or_(page.get_by_role("combobox", name=label)).first
        box.focus()
        page.keyboard.press("End")
        page.keyboard.press("Enter")
    admin.tag_box(page, "Places").press_sequentially("nowhere")
    page.keyboard.press("Enter")
    expect(admin.tags(page, "places")).to_have_text(["nowhere"])
    assert page.url.endswith(url)
    assert item.revisions.count() == revisions


def enter_searches_in_a_chooser(page: Page) -> None:
    """In a dialog, Enter does what the dialog's form says."""
    url = "/admin/snippets/organization/alert/add/"
    page.goto(url)
    page.get_by_role("button", name="Choose a page").click()
    dialog = page.locator(".modal-content")
    dialog.get_by_label("Search term").fill("About")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("link", name="About")).to_be_visible()
    assert page.url.endswith(url)


def replace_a_picture(page: Page, site_tree: factories.SiteTree) -> None:
    old, new = (factories.SiteImageFactory(title=title) for title in ("The old one", "The new one"))
    body = [("picture", {"image": old, "caption": ""})]
    shown = factories.TextPageFactory(parent=site_tree.home, title="Where it is shown", body=body)
    page.goto(f"/admin/images/{old.pk}/delete/")
    page.get_by_role("button", name="Choose an image").click()
    page.locator(".modal-content").get_by_role("link", name="The new one").click()
    page.get_by_role("button", name="Replace").click()
    admin.expect_message(page, "“The new one” is now in 1 place where “The old one” was.")
    shown.refresh_from_db()
    assert shown.body[0].value["image"] == new
