"""What authors do: a press mention, a change note, and what the admin says of their words."""

from playwright.sync_api import Page, expect

from benchmarks.handbook import examples
from benchmarks.handbook.camera import REST, WIDTH, Camera, scroll_to
from news.article.fill_in import FillIn
from site_core.accounts.roles import Role
from tests.browser import admin

LINK = "https://www.example.org/an-example/"
ON_FILE = "An example headline, made up for this handbook"
SUBMITTED = "A second example headline"


def saved(window: Page) -> None:
    """The admin has saved by itself what was typed."""
    expect(window.locator(".w-autosave-indicator__text:visible")).to_have_text("Saved", timeout=15_000)


def new_press_mention(camera: Camera) -> Page:
    window = camera.admin_of(Role.AUTHOR)
    window.goto("/admin/")
    window.get_by_role("link", name="New press mention").click()
    window.locator("body.ready").wait_for()
    admin.tag_box(window, "Components").wait_for()
    return window


def press_mention(camera: Camera) -> None:
    """From the empty screen to the review, beside one that is on file."""
    examples.item(ON_FILE, link=LINK)
    window = new_press_mention(camera)
    camera.take(window, "press-mention", 900)
    for label, text in (
        ("Link to the article", f"{LINK}second/"),
        ("Headline", SUBMITTED),
        ("Publisher", examples.PUBLISHER.lower()),
        ("Date", "April 2018"),
    ):
        window.get_by_role("tabpanel").get_by_label(label).fill(text)
    window.set_viewport_size({"width": WIDTH, "height": 800})
    scroll_to(window.get_by_text("Link to the article"))
    admin.tag_box(window, "Places").press_sequentially("pitts")
    window.locator("ul.ui-autocomplete:visible li").wait_for()
    camera.take(window, "press-tags", 800)
    window.keyboard.type("burgh,")
    admin.tag_box(window, "Strategies").press_sequentially("GVI,")
    window.get_by_label("Summary").fill(examples.SUMMARY)
    saved(window)
    admin.open_preview(window)
    admin.preview(window).get_by_role("heading", name=SUBMITTED).wait_for()
    camera.take(window, "press-preview", 880, top=window.get_by_text("Publisher", exact=True))
    admin.open_preview(window)
    window.get_by_role("button", name="More actions").click()
    camera.take(window, "press-submit", 500, top=window.get_by_text("Components", exact=True))
    window.get_by_role("button", name="Send for review", exact=True).click()
    admin.expect_message(window, "was sent for review")


def from_the_article(camera: Camera) -> None:
    """What an article states stands in the boxes, and a place that it names is proposed."""
    # There is no such article, so the window gets the answer that the site would give.
    filled = FillIn(
        "Filled in from the article: headline, publisher, date. Please check.",
        {"title": "A headline that the article states", "publisher": examples.PUBLISHER, "date": "April 3, 2018"},
        {"places": ["Pittsburgh"]},
        "What the publisher says of the article in a sentence.",
    )
    window = new_press_mention(camera)
    window.route("**/articles/read/", lambda route: route.fulfill(json=filled.as_json()))
    window.get_by_label("Link to the article").fill(f"{LINK}third/")
    window.get_by_role("button", name="Fill in from the article").click()
    window.get_by_role("button", name="Add “Pittsburgh”").wait_for()
    saved(window)
    camera.take(window, "press-from-the-article", 900)
    window.unroute("**/articles/read/")


def duplicate(camera: Camera) -> None:
    window = new_press_mention(camera)
    window.get_by_label("Link to the article").fill(f"{LINK}?utm_campaign=x")
    window.get_by_label("Headline").fill("The same article under another headline")
    window.get_by_label("Summary").fill(examples.SUMMARY)
    # By then the admin has made the address from the headline.
    window.wait_for_timeout(REST)
    # The link was named while it was typed, too.
    with window.expect_navigation():
        window.get_by_role("button", name="Save draft", exact=True).click()
    window.get_by_text("This link is already on file").first.wait_for()
    window.evaluate("scrollTo(0, 0)")
    camera.take(window, "press-duplicate", 620)


def change_notes(camera: Camera) -> None:
    page = examples.page("An example page")
    for note in ("An example of an earlier note.", "An example of a note: the section on training is new."):
        examples.changed(page, Role.EDITOR, change_note=note).publish()
    visitor = camera.visitor()
    visitor.goto(str(page.url))
    visitor.get_by_text("What changed on this page").click()
    camera.take_part(visitor, "change-note-page", visitor.locator(".updates"), more=(20, 20, 20, 20))
    window = camera.edit(Role.AUTHOR, page)
    box = window.get_by_label("Change note")
    box.fill("We corrected the year in which it began.")
    camera.take_part(window, "change-note-box", box, more=(20, 110, 20, 20))


def checks(camera: Camera) -> None:
    window = camera.edit(Role.EDITOR, examples.item("A third example headline", draft=True))
    window.get_by_label("Summary").fill("Last year a city met. See www.example.org for more.")
    admin.choose_action(window, "Publish")
    window.get_by_text("stands in the text").first.wait_for()
    camera.take(window, "check-at-its-place", 620, top=window.get_by_text("Components", exact=True))
