"""What the site puts in the place of Wagtail's own: each test fails on the day that Wagtail changes what is replaced.

`docs/upgrading.md` lists every override and says what to do then.
"""

from hashlib import sha256
from inspect import getsource, unwrap
from pathlib import Path
from typing import Any

import pytest
import wagtail
from django.conf import settings
from django.urls import resolve, reverse
from django.views.generic import RedirectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.contrib.redirects.models import Redirect
from wagtail.snippets.views.snippets import SnippetViewSet

from home.search.admin import PromotedResultsEditView
from site_core.accounts.sign_in.login_views import SignInView
from site_core.accounts.sign_in.password_views import LimitedResetConfirmView, LimitedResetView
from site_core.media.library import PictureList
from site_core.media.permissions import EditDocument, EditImage, EditUploadedDocument, EditUploadedImage
from site_core.media.serving import document_file
from site_core.media.wagtail_hooks import refuse_preview
from site_core.organization.settings_view import SettingsEditView
from site_core.page_cache.routing import serve
from site_core.publishing.deletion.media_views import (
    DeleteDocument,
    DeleteImage,
    DeleteUploadedDocument,
    DeleteUploadedImage,
)
from site_core.publishing.review.mail_preferences_view import account
from site_core.redirects.admin_views import RedirectCreateView, RedirectEditView, import_redirects
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
    "wagtailadmin/shared/user_avatar.html": "10cbd09a2e9434e5",
    "wagtailadmin/tables/boolean_cell.html": "f52d1f7945b2b176",
    "wagtailadmin/tables/cell.html": "21f16d57ba0da477",
    "wagtailadmin/widgets/date_input.html": "2557f7a4fd543d7c",
    "wagtailcore/password_required.html": "707b31d06454f046",
    "wagtailcore/shared/richtext.html": "3a0a86fc8991ea36",
    "wagtaildocs/password_required.html": "64410df722c3f55d",
    "wagtailsnippets/chooser/results.html": "e8e012c14217ef1d",
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
    "wagtailredirects:add": ([], RedirectCreateView),
    "wagtailredirects:edit": ([1], RedirectEditView),
    "wagtailredirects:start_import": ([], import_redirects),
    "wagtailredirects:process_import": ([], import_redirects),
    "wagtailsearchpromotions:edit": ([1], PromotedResultsEditView),
    "wagtailsettings:edit": (["organization", "organizationsettings", 1], SettingsEditView),
    "wagtailadmin_login": ([], SignInView),
    "wagtailcore_login": ([], RedirectView),
    "wagtailadmin_password_reset": ([], LimitedResetView),
    "wagtailadmin_password_reset_confirm": (["MQ", "token"], LimitedResetConfirmView),
    "wagtaildocs_serve": ([1, "example.pdf"], document_file),
    "wagtaildocs:delete": ([1], DeleteDocument),
    "wagtaildocs:delete_multiple": ([1], DeleteUploadedDocument),
    "wagtaildocs:edit": ([1], EditDocument),
    "wagtaildocs:edit_multiple": ([1], EditUploadedDocument),
    "wagtailimages:delete": ([1], DeleteImage),
    "wagtailimages:delete_multiple": ([1], DeleteUploadedImage),
    "wagtailimages:edit": ([1], EditImage),
    "wagtailimages:edit_multiple": ([1], EditUploadedImage),
    "wagtailimages:index": ([], PictureList),
    "wagtailimages:index_results": ([], PictureList),
    "wagtailimages:preview": ([1, "original"], refuse_preview),
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
    assert ours in (view, getattr(view, "view_class", None)) or unwrap(ours) is unwrap(view)


def test_wagtail_reads_the_switch_of_its_copy_views() -> None:
    assert ModelViewSet.copy_view_enabled is False
    assert "if self.copy_view_enabled:" in getsource(ModelViewSet.get_urlpatterns)
    assert "if self.copy_view_enabled:" in getsource(SnippetViewSet.get_urlpatterns)


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
