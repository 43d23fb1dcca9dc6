"""Takes a whole import back: its items go to the trash, from which each can be restored for thirty days."""

import time

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from news.archive.decisions import take_names_back
from news.archive.models import ArchiveImport, ArchiveRow, Progress, State
from news.archive.storing import LEAST_ITEMS, MOST_ITEMS, MOST_SECONDS, set_state
from site_core.publishing.trash.trashing import CannotBeDeleted, move_to_trash
from site_core.publishing.trashed_page import is_in_trash


def begin_undo(archive: ArchiveImport) -> None:
    """Let the import be taken back. What is left of it is not imported. Raises CannotImport while another one is."""
    set_state(archive, State.UNDOING)


def take_some_back(archive: ArchiveImport) -> bool:
    """Take back some items in one transaction. False once there is nothing to do."""
    with transaction.atomic():
        locked = ArchiveImport.objects.select_for_update(of=("self",)).select_related("user").get(pk=archive.pk)
        if locked.state != State.UNDOING:
            return False
        rows = list(locked.rows.filter(progress=Progress.ADDED).order_by("pk")[:MOST_ITEMS])
        if not rows:
            take_names_back(locked)
            locked.state, locked.finished_at = State.UNDONE, timezone.now()
            locked.save(update_fields=["state", "finished_at", "made"])
            return False
        began = time.monotonic()
        done = []
        for row in rows:
            _take_back(row, locked)
            done.append(row)
            if len(done) >= LEAST_ITEMS and time.monotonic() - began > MOST_SECONDS:
                break
        ArchiveRow.objects.bulk_update(done, ["progress", "reason"], batch_size=50)
    return True


def _take_back(row: ArchiveRow, archive: ArchiveImport) -> None:
    row.progress = Progress.TAKEN_BACK
    page = Page.objects.filter(pk=row.page_pk).first()
    if page is None or is_in_trash(page):
        row.reason = "It had been deleted."
        return
    try:
        move_to_trash(page, archive.user)
    except CannotBeDeleted as refused:
        row.reason = str(refused)
