"""Actions that no visitor may see: drafts, schedules, locks, and transactions that are rolled back."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from site_core.publishing.verification.fetching import rendered
from tests.page_cache.trials.editor import Editor, unseen
from tests.page_cache.trials.other_actions import do_several_actions_at_once
from tests.page_cache.trials.page_actions import HOUR, move, publish, rename_the_home_page


@unseen
def save_drafts(editor: Editor) -> None:
    for draft in (editor.item, editor.guest, editor.stat):
        draft.save_revision()


@unseen
def schedule_far_ahead(editor: Editor) -> None:
    guest = editor.guest
    guest.title, guest.go_live_at = editor.words(), timezone.now() + 10_000 * HOUR
    guest.save_revision().publish()


@unseen
def lock_or_unlock(editor: Editor) -> None:
    Page.objects.filter(slug="contact").update(locked=editor.random.random() < 0.5, locked_at=timezone.now())


@unseen
def roll_back(editor: Editor) -> None:
    with transaction.atomic():
        do_several_actions_at_once(editor)
        publish(editor)
        move(editor)
        transaction.set_rollback(True)


@unseen
def look_ahead(editor: Editor) -> None:
    """Changes the site, renders it and rolls back, as the time machine and previews do."""
    with transaction.atomic():
        rename_the_home_page(editor)
        do_several_actions_at_once(editor)
        for address in ("/", "/impact/", "/news/"):
            rendered(address)
        transaction.set_rollback(True)
