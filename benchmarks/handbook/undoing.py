"""What was published by mistake, and what was deleted."""

from benchmarks.handbook import examples
from benchmarks.handbook.camera import Camera
from site_core.accounts.roles import Role
from tests.browser import admin

PUT_BACK = "Restore the previous public version"


def undo(camera: Camera) -> None:
    item = examples.item("An example headline with a mistake")
    window = camera.edit(Role.EDITOR, item)
    window.get_by_label("Summary").fill("Words that were not meant to be public.")
    admin.choose_action(window, "Publish")
    admin.expect_message(window, "has been published")
    window = camera.edit(Role.EDITOR, item)
    camera.take(window, "undo-offer", 440)
    window.get_by_role("link", name="Undo", exact=True).click()
    window.get_by_text("The newest draft is kept").wait_for()
    camera.take(window, "undo-confirm", 520)
    window.get_by_role("button", name=PUT_BACK).click()
    admin.expect_message(window, "is public again")
    # For the receipt, which the publishing process adds when it has looked.
    window.wait_for_timeout(3000)
    window.reload()
    camera.take(window, "what-was-public", 700)


def bin_and_unpublish(camera: Camera) -> None:
    for role, title in (
        (Role.EDITOR, "An example headline that is not needed"),
        (Role.MANAGING_EDITOR, "Another example headline that is not needed"),
    ):
        item, window = examples.item(title), camera.admin_of(role)
        window.goto(f"/admin/pages/{item.pk}/unpublish/")
        if role == Role.EDITOR:
            camera.take(window, "unpublish", 420)
        window.goto(f"/admin/pages/{item.pk}/delete/")
        window.get_by_role("button", name="Move to trash").click()
        admin.expect_message(window, "is in the trash")
    window.goto("/admin/trash/")
    camera.take(window, "trash", 480)
