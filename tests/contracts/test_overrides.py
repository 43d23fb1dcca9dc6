"""What the site puts in the place of Wagtail's own: each test fails on the day that Wagtail changes what is replaced.

`docs/upgrading.md` lists every override and says what to do then.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import wagtail
from django.conf import settings
from django.urls import resolve, reverse
from wagtail.contrib.redirects.models import Redirect

from site_core.media.serving import document_file
from site_core.page_cache.routing import serve
from site_core.publishing.review.mail_preferences_view import account
from site_core.publishing.trash.media_deletion import (
    DeleteDocument,
    DeleteImage,
    DeleteUploadedDocument,
    DeleteUploadedImage,
)
from tests import factories

TEMPLATES = Path(settings.BASE_DIR, "templates")
WAGTAIL = Path(wagtail.__file__).parent
# Wagtail's own template of each that ours replaces whole, by its digest when ours was written.
REPLACED = {
    "wagtailadmin/home/account_summary.html": "ff5c7d30e46778c3",
    "wagtailadmin/notifications/base.txt": "59f5bb660520ef0c",
    "wagtailadmin/notifications/task_state_submitted.html": "47de32ee86a7227d",
    "wagtailadmin/notifications/task_state_submitted.txt": "7ebcf641a2f37e29",
    "wagtailadmin/notifications/task_state_submitted_subject.txt": "d4863a1a2759c40b",
    "wagtailadmin/notifications/workflow_state_approved.html": "5600b081d9233b74",
    "wagtailadmin/notifications/workflow_state_approved.txt": "365a9f11a4562088",
    "wagtailadmin/notifications/workflow_state_approved_subject.txt": "a33d187e703bf129",
    "wagtailadmin/notifications/workflow_state_rejected.html": "2df71d2564a9f1c7",
    "wagtailadmin/notifications/workflow_state_rejected.txt": "a0efe621987facbd",
    "wagtailadmin/notifications/workflow_state_rejected_subject.txt": "385b11f61a58fdb2",
    "wagtailadmin/shared/side_panels/includes/status/workflow.html": "5576087b4e000e63",
    "wagtailadmin/shared/usage_summary.html": "b3c9bccc50a0b6c4",
    "wagtailsnippets/snippets/delete.html": "69b249ba109dd310",
}
# The same for buttons of the edit screens, which show another template (`publishing/schedule/edit_screen.py`).
BUTTONS = {
    "wagtailadmin/pages/action_menu/publish.html": "6007c6f31796a9f4",
    "wagtailadmin/pages/action_menu/workflow_menu_item.html": "b0055525e55f69ab",
    "wagtailsnippets/snippets/action_menu/publish.html": "d98ee0b90ef01c8e",
    "wagtailsnippets/snippets/action_menu/workflow_menu_item.html": "cfbae8091d41f6c8",
}
# By the names of Wagtail's URLs: arguments, and the view of ours that answers there.
SHADOWED: dict[str, tuple[list[Any], Any]] = {
    "wagtail_serve": (["about/"], serve),
    "wagtailadmin_account": ([], account),
    "wagtaildocs_serve": ([1, "example.pdf"], document_file),
    "wagtaildocs:delete": ([1], DeleteDocument),
    "wagtaildocs:delete_multiple": ([1], DeleteUploadedDocument),
    "wagtailimages:delete": ([1], DeleteImage),
    "wagtailimages:delete_multiple": ([1], DeleteUploadedImage),
}


def wagtails(name: str) -> Path | None:
    """Wagtail's own template of this name."""
    found = (file for file in WAGTAIL.rglob(f"templates/{name}") if "test" not in file.relative_to(WAGTAIL).parts)
    return next(found, None)


def overriding() -> list[str]:
    """The names of our templates that take the place of one of Wagtail's."""
    files = (file for folder in TEMPLATES.glob("wagtail*") for file in folder.rglob("*.*"))
    return sorted(str(file.relative_to(TEMPLATES)) for file in files)


def test_every_template_that_overrides_one_of_wagtails_still_has_one_to_override() -> None:
    assert [name for name in overriding() if wagtails(name) is None] == []


def digest(name: str) -> str:
    file = wagtails(name)
    return sha256(file.read_bytes()).hexdigest()[:16] if file else "gone"


def test_a_template_that_replaces_wagtails_whole_was_written_after_the_one_of_today() -> None:
    """Where this fails, take over into ours what has changed in Wagtail's template."""
    whole = [name for name in overriding() if f'extends "{name}"' not in (TEMPLATES / name).read_text()]
    assert {name: digest(name) for name in whole} == REPLACED


def test_our_buttons_were_written_after_those_of_today() -> None:
    assert {name: digest(name) for name in BUTTONS} == BUTTONS


@pytest.mark.parametrize("name", SHADOWED)
def test_a_view_of_ours_answers_at_the_url_of_wagtails(name: str) -> None:
    arguments, ours = SHADOWED[name]
    view: Any = resolve(reverse(name, args=arguments)).func
    assert ours in (view, getattr(view, "view_class", None))


@pytest.mark.django_db
@pytest.mark.parametrize("is_draft", [True, False], ids=["never public", "public"])
def test_only_a_page_that_was_public_leaves_a_redirect(
    site_tree: factories.SiteTree, is_draft: bool, django_capture_on_commit_callbacks: Any
) -> None:
    renamed = factories.TextPageFactory(parent=site_tree.home, slug="renamed", draft=is_draft)
    moved = factories.TextPageFactory(parent=site_tree.home, slug="moved", draft=is_draft)
    with django_capture_on_commit_callbacks(execute=True):
        renamed.slug = "another"
        renamed.save()
        moved.move(site_tree.about, pos="last-child")
    left = [] if is_draft else ["/moved", "/renamed"]
    assert sorted(Redirect.objects.values_list("old_path", flat=True)) == left
