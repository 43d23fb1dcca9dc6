"""A review, from the Editor's home to the author's."""

from benchmarks.handbook import examples
from benchmarks.handbook.camera import Camera, person
from benchmarks.handbook.writing import ON_FILE, SUBMITTED
from news.models import NewsItemPage
from site_core.accounts.roles import Role
from tests.browser import admin


def review(camera: Camera) -> None:
    item = NewsItemPage.objects.get(title=ON_FILE)
    examples.changed(item, Role.AUTHOR, summary="One sentence in our own words that says what the article holds.")
    item.get_workflow().start(item, person(Role.AUTHOR))
    window = camera.admin_of(Role.EDITOR)
    window.goto("/admin/")
    camera.take(window, "review-home", 760)
    window.get_by_role("link", name=ON_FILE).click()
    window.wait_for_load_state("networkidle")
    camera.take(window, "review-changes", 760)
    camera.take(window, "review-decision", 500, top=window.get_by_role("heading", name="Your decision"))
    send_back(camera)


def send_back(camera: Camera) -> None:
    """The author's press mention, with a reason."""
    window = camera.admin_of(Role.EDITOR)
    window.goto("/admin/")
    window.get_by_role("link", name=SUBMITTED).first.click()
    window.get_by_label("What has to be changed").fill("Please say in the summary what the city did.")
    window.get_by_role("button", name="Send back to the author").click()
    admin.expect_message(window, "sent back")
    author = camera.admin_of(Role.AUTHOR)
    author.goto("/admin/")
    camera.take(author, "home", 700)
