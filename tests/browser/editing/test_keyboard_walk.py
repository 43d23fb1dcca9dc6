"""With the keyboard alone tags are merged and that is undone, a link is replaced everywhere, and a stat is checked."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from impact.models import Evidence, ImpactStat
from news.models import NewsItemPage
from site_core.link_checks.found_links import note_all_uses
from site_core.link_checks.models import LinkCheck, State
from site_core.taxonomy.models import PlaceTerm
from tests import factories
from tests.browser import admin

pytestmark = pytest.mark.sweep

OLD, NEW = "https://moved.example/story", "https://moved.example/new"
# So often Tab is pressed on the way to a control. The menu comes first.
FAR = 60
HAS_MARK = """element => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
}"""


@pytest.fixture
def desk(page: Page, site_tree: factories.SiteTree) -> Page:
    admin.sign_in(page, factories.UserFactory(role="Managing editor"))
    return page


def press(window: Page, control: Locator, key: str = "Enter") -> None:
    """Go to a control by Tab, see that it is marked, and press a key on it."""
    assert admin.steps_to(window, control, FAR), control
    assert control.evaluate(HAS_MARK), control
    window.keyboard.press(key)


def button(window: Page, name: str) -> Locator:
    return window.get_by_role("button", name=name, exact=True)


def test_tags_are_merged_and_that_is_undone(desk: Page, site_tree: factories.SiteTree) -> None:
    wrong, right = (factories.PlaceTermFactory(name=name) for name in ("Highpoint", "High Point"))
    factories.NewsItemPageFactory(parent=site_tree.news, places=[wrong])
    desk.goto(reverse("tags"))
    for term in (right, wrong):
        press(desk, desk.get_by_label(f"Select {term}", exact=True), "Space")
    press(desk, button(desk, "Merge…"))
    expect(desk.get_by_role("heading", name="Merge tags")).to_be_visible()
    press(desk, desk.get_by_label("The tag that stays"), "H")
    press(desk, button(desk, "Show what changes"))
    desk.wait_for_url("**into=*")
    press(desk, button(desk, "Merge into “High Point”"))
    admin.expect_message(desk, "Merged “Highpoint” into “High Point.”")
    press(desk, desk.get_by_role("link", name="What was done, and undo"))
    expect(desk.get_by_role("heading", name="Changes of tags")).to_be_visible()
    press(desk, desk.get_by_role("button", name="Undo: Merged"))
    admin.expect_message(desk, "Undone: Merged")
    assert PlaceTerm.objects.filter(name="Highpoint").exists()


def test_a_link_is_replaced_everywhere(desk: Page, site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, link=OLD)
    list(note_all_uses())
    LinkCheck.objects.filter(url=OLD).update(state=State.MOVED, new_url=NEW, checked_at=timezone.now())
    desk.goto(reverse("broken_links"))
    press(desk, desk.get_by_role("link", name=OLD))
    expect(desk.get_by_label("New address")).to_have_value(NEW)
    press(desk, button(desk, "Replace everywhere"))
    admin.expect_message(desk, "Changed:")
    assert NewsItemPage.objects.get(pk=item.pk).link == NEW


def test_a_stat_is_checked(desk: Page) -> None:
    evidence: Any = [Evidence(study=factories.StudyFactory(), relation="supports", reports="12.5%")]
    stat = factories.ImpactStatFactory(evidence=evidence)
    desk.goto(reverse("stats_to_check"))
    press(desk, desk.get_by_role("link", name=str(stat)))
    press(desk, desk.get_by_label("Confirm it"), "Space")
    press(desk, button(desk, "Save the check"))
    admin.expect_message(desk, "is checked. The public page says so.")
    assert ImpactStat.objects.get(pk=stat.pk).checked_on == timezone.localdate()
