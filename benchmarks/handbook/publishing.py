"""What Editors do with the time at which something goes live."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page
from wagtail.models import Revision

from benchmarks.handbook import examples
from benchmarks.handbook.camera import Camera
from news.models import NewsItemPage, Publisher
from site_core.accounts.roles import Role
from tests.browser import admin
from tests.browser.admin_site.test_repair import fall_due
from tests.browser.admin_site.test_schedule import look_until_there
from tests.factories import PublisherFactory

UPDATED = "An example headline with an update"


def schedule(camera: Camera) -> None:
    """A date that is only typed and saved, and two updates that are scheduled."""
    at = examples.nine_oclock(10)
    window = camera.edit(Role.EDITOR, examples.item("An example headline with a date", draft=True))
    window.get_by_role("tab", name="Schedule").click()
    window.get_by_label("Goes live").fill(f"{at:%Y-%m-%d}")
    window.get_by_label("Time", exact=True).first.fill(f"{at:%H:%M}")
    window.get_by_role("button", name="More actions").click()
    camera.take(window, "schedule-fields", 780)
    window.keyboard.press("Escape")
    window.get_by_role("button", name="Save draft", exact=True).click()
    admin.expect_message(window, "This date isn’t scheduled yet. It takes effect once an editor schedules it.")
    window.reload()
    camera.take(window, "dated", 300)
    examples.scheduled(examples.item(UPDATED), examples.nine_oclock(1), summary="The scheduled update says this.")
    examples.scheduled(examples.item("A fourth example headline", draft=True), examples.nine_oclock(17))
    window.goto("/admin/schedule/")
    camera.take(window, "schedule-list", 860)
    window.get_by_role("link", name="Month").click()
    window.get_by_role("link", name="Next month").click()
    window.wait_for_load_state()
    camera.take(window, "schedule-month", 860)


def fixes(camera: Camera) -> None:
    item = NewsItemPage.objects.get(title=UPDATED)
    window = publish_fix(camera, item, "Headline", "An example headline, corrected")
    camera.take(window, "fix-question", 760)
    window = publish_fix(camera, item, "Summary", "The fix says this now.")
    camera.take(window, "fix-choose", 860)


def publish_fix(camera: Camera, item: NewsItemPage, label: str, text: str) -> Page:
    """The question what becomes of the update, after a fix of one box."""
    window = camera.edit(Role.EDITOR, item)
    window.get_by_role("link", name="Fix what is public now").click()
    admin.expect_message(window, "You see and edit what is public now.")
    window.get_by_label(label).fill(text)
    admin.choose_action(window, "Publish")
    window.get_by_role("heading", name="What should happen to the scheduled update?").wait_for()
    return window


def receipts(camera: Camera) -> None:
    soon = timezone.now().replace(microsecond=0) + timedelta(seconds=4)
    examples.scheduled(examples.item("An example headline that went live", draft=True), soon)
    window = camera.admin_of(Role.EDITOR)
    look_until_there(
        window,
        "/admin/schedule/?state=done",
        window.get_by_text(re.compile("Due .*, confirmed on the public site")).first,
    )
    camera.take(window, "receipts", 640)


def failure(camera: Camera) -> None:
    """An update whose publisher was deleted after it had been scheduled."""
    item = examples.item("An example headline that could not go live", publisher=None)
    gone = PublisherFactory(name="Example Herald")
    revision: Revision = examples.changed(item, Role.EDITOR, publisher=gone)
    Publisher.objects.filter(pk=gone.pk).delete()
    fall_due(revision)
    window = camera.admin_of(Role.EDITOR)
    look_until_there(window, "/admin/", window.get_by_text("was supposed to go live on"))
    camera.take(window, "failed", 620)
