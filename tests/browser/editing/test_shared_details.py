"""Credit and consent of several pictures are typed once, in a real browser."""

from playwright.sync_api import FilePayload, Page, expect

from site_core.media.images import SiteImage
from tests.browser import admin
from tests.factories import SiteTree, UserFactory
from tests.media.sent_files import picture

CREDIT, CONSENT = "Photo: Jo Smith", "All three agreed in writing on March 3."


def test_what_pictures_share_is_typed_once(page: Page, site_tree: SiteTree) -> None:
    admin.sign_in(page, UserFactory(role="Author"))
    page.goto("/admin/images/multiple/add/")
    shared = page.get_by_role("region", name="The same for all pictures below")
    expect(shared).to_be_hidden()
    files: list[FilePayload] = [
        {"name": f"photo-{size}.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(size, 400))}
        for size in (600, 700)
    ]
    page.locator("#fileupload").set_input_files(files)
    forms = page.locator("#upload-list form")
    expect(forms).to_have_count(2)
    forms.first.get_by_label("Credit").fill("Photo: somebody else")

    shared.get_by_label("Credit").fill(CREDIT)
    shared.get_by_label("People can be recognized").check()
    shared.get_by_label("Consent of the people shown").fill(CONSENT)
    shared.get_by_role("button", name="Apply to all").click()
    expect(shared.get_by_role("status")).to_have_text("Filled in for 2 pictures.")
    shared.get_by_role("button", name="Save all").click()
    expect(forms).to_have_count(0)

    images = SiteImage.objects.all()
    assert sorted(image.credit for image in images) == [CREDIT, "Photo: somebody else"]
    assert [(image.shows_people, image.consent) for image in images] == [(True, CONSENT)] * 2
