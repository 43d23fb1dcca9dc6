"""Pictures and documents."""

from django.utils.text import slugify

from benchmarks.handbook import examples
from benchmarks.handbook.camera import REST, Camera
from site_core.accounts.roles import Role
from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage
from tests.browser import admin
from tests.factories import SiteDocumentFactory, SiteImageFactory

TITLE = "Meeting room with a long table"
DESCRIPTION = "A meeting room with empty chairs on each side of a long table."
CREDIT = "Drawing: Name of a person"


def pictures(camera: Camera) -> None:
    add_picture(camera)
    image = SiteImageFactory(
        title=TITLE,
        description=DESCRIPTION,
        credit=CREDIT,
        file=examples.meeting_room(),
        focal_point_x=1500,
        focal_point_y=1450,
        focal_point_width=1300,
        focal_point_height=900,
    )
    window = camera.edit(Role.EDITOR, image)
    camera.take(window, "picture-focal-point", 660)
    window.get_by_label("People can be recognized").check()
    window.get_by_role("button", name="Save", exact=True).click()
    window.get_by_text("Say who agreed").first.wait_for()
    # The admin glides to its message meanwhile.
    window.wait_for_timeout(REST)
    camera.take(window, "picture-consent", 740, top=window.get_by_text("Credit", exact=True))
    describe_picture(camera, image)


def add_picture(camera: Camera) -> None:
    window = camera.admin_of(Role.AUTHOR)
    window.goto("/admin/images/add/")
    drawing = examples.meeting_room()
    file = {"name": "meeting-room.jpg", "mimeType": "image/jpeg", "buffer": drawing.read()}
    window.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    for label, text in (("Title", TITLE), ("Description", DESCRIPTION), ("Credit", CREDIT)):
        window.get_by_label(label).fill(text)
    camera.take(window, "picture-add", 880, top=window.get_by_role("heading", name="Image"))


def describe_picture(camera: Camera, image: SiteImage) -> None:
    image.contextual_alt_text, image.decorative = "", False
    picture = {"image": image, "caption": "Where partners meet once a week.", "whole": False}
    body = [("picture", picture), ("text", "<p>Example text.</p>")]
    page = examples.page("A page with pictures", body=body, draft=True)
    window = camera.edit(Role.EDITOR, page)
    admin.choose_action(window, "Publish")
    window.get_by_text("Please add some alt text").first.wait_for()
    camera.take(window, "picture-describe", 740, top=window.get_by_text("Picture", exact=True))


def documents(camera: Camera) -> None:
    first = guide("An example guide", year=2014, pages=40, file_size=900_000)
    second = guide(
        "An example guide, second edition",
        publisher="Example Press",
        year=2016,
        pages=64,
        file_size=2_202_010,
        replaces=first,
    )
    window = camera.edit(Role.EDITOR, second)
    camera.take(window, "document-version", 780, top=window.get_by_text("Publisher", exact=True))
    body = [("documents", {"heading": "Guides", "documents": [first]})]
    visitor = camera.visitor()
    visitor.goto(str(examples.page("A page with documents", body=body).url))
    camera.take_part(visitor, "document-list", visitor.locator(".documents"), more=(20, 20, 20, 20))


def guide(title: str, **fields: object) -> SiteDocument:
    document: SiteDocument = SiteDocumentFactory(
        title=title, file__filename=f"{slugify(title)}.pdf", file__data=b"%PDF-1.4 An example.", **fields
    )
    return document
