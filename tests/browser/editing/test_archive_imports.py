"""The screens of imports fit a phone: the lists have a line below the other, and only a sample of a file scrolls."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize

from news.archive.background import Background
from news.archive.models import ArchiveImport, State
from tests.browser import admin
from tests.factories import UserFactory
from tests.news.archive.archives import make_names

PHONE: ViewportSize = {"width": 390, "height": 844}
# How far the page, or the widest table on it, goes beyond the screen.
SIDEWAYS = """Math.max(...Array.from(document.querySelectorAll(":root, .admin-wide:has(td.title)"),
  (element) => element.scrollWidth - element.clientWidth))"""
LONG = "press-mentions-as-they-were-kept-by-the-office-until-the-spring-of-2018-(final)-(corrected)"


@pytest.mark.usefixtures("site_tree")
def test_the_imports_and_each_step_of_one_do_not_scroll_a_phone_sideways(page: Page) -> None:
    make_names()
    user, client = UserFactory(role="Managing editor"), Client()
    client.force_login(user)
    rows = f"Title,Source,Date,Tags\n{LONG},Daily Freeman,2015,{LONG}\nOne,{LONG},Sometime,Oakland\n"
    client.post(reverse("archive_imports"), {"file": SimpleUploadedFile(f"{LONG}.csv", rows.encode())})
    archive = ArchiveImport.objects.get()
    admin.sign_in(page, user)
    page.set_viewport_size(PHONE)
    for path in (reverse("archive_imports"), reverse("archive_import", args=[archive.pk])):
        page.goto(path)
        assert page.evaluate(SIDEWAYS) == 0, path
    ArchiveImport.objects.update(state=State.CHECKING, matched={"title": "Title", "date": "Date", "tags": "Tags"})
    Background().act()
    page.goto(reverse("archive_import", args=[archive.pk]))
    assert page.get_by_text("is not a date").count()
    assert page.evaluate(SIDEWAYS) == 0
