"""Adds the new rows of an import to the site, a few in each transaction.

A transaction holds the items and the state of their rows. So an import that is killed goes on with the first row that
is not in the site, and the stored pages of visitors are outdated once for all items of a transaction.
"""

import time

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from news.archive.comparison import OnFile, Outcome
from news.archive.decisions import LEAVE, carry_out
from news.archive.items import Names, add_item
from news.archive.mentions import Mention
from news.archive.models import ArchiveImport, ArchiveRow, Progress, State
from news.index_page import NewsIndexPage
from site_core.publishing.ledger.publications import Cause
from site_core.publishing.ledger.recording import because
from site_core.publishing.publishable import lock_row
from site_core.publishing.runner.failure_reasons import labeled_messages

# What one transaction takes at most. Others who write wait for it.
MOST_ITEMS = 100
MOST_SECONDS = 0.5
# What it takes at least, however slow the machine is: each transaction outdates all stored pages.
LEAST_ITEMS = 10
# Seconds between two transactions, in which others read and write. An import takes twice as long for it, and while
# one works without a rest, a visit takes twice as long as usual on a machine with two processors.
REST_SECONDS = 0.5


class CannotImport(Exception):
    """The import cannot begin or go on. The message is a sentence."""


def begin(archive: ArchiveImport, *, live: bool) -> None:
    """Let the import write to the site, with the names that were chosen for it.

    Raises CannotImport while another import writes, and for a name that cannot be made.
    """
    if not NewsIndexPage.objects.exists():
        raise CannotImport("The site has no news list to add to.")
    archive.as_live, before = live, archive.state
    try:
        # If the process is killed here, the import has not begun and none of its names is made.
        with transaction.atomic():
            set_state(archive, State.IMPORTING)
            carry_out(archive)
    except ValidationError as error:
        archive.state = before
        raise CannotImport(" ".join(error.messages)) from None


def set_state(archive: ArchiveImport, state: State) -> None:
    """Raises CannotImport while another import is in this state, in which only one may be."""
    archive.state = state
    try:
        with transaction.atomic():
            archive.save(update_fields=["state", "as_live"])
    except IntegrityError:
        other = ArchiveImport.objects.filter(state=state).exclude(pk=archive.pk).first()
        raise CannotImport(
            f"Another import, “{other}”, is not finished. Wait for it, or import its file again if it was interrupted."
        ) from None


class Storing:
    """One process that adds the rows of an import."""

    def __init__(self, archive: ArchiveImport) -> None:
        self.archive_pk = archive.pk
        left_out = {key for key, choice in archive.choices.items() if choice["do"] == LEAVE}
        self.names = Names(left_out)
        self.on_file = OnFile()

    def add_some(self) -> bool:
        """Add some rows in one transaction. False once there is nothing to do, or the import was paused."""
        with transaction.atomic():
            archive = (
                ArchiveImport.objects.select_for_update(of=("self",)).select_related("user").get(pk=self.archive_pk)
            )
            if archive.state != State.IMPORTING:
                return False
            waiting = archive.rows.filter(progress=Progress.WAITING, outcome=Outcome.NEW)
            rows = list(waiting.order_by("date", "-line", "pk")[:MOST_ITEMS])
            if not rows:
                archive.state, archive.finished_at = State.DONE, timezone.now()
                archive.save(update_fields=["state", "finished_at"])
                return False
            self._add(rows, archive)
        return True

    def _add(self, rows: list[ArchiveRow], archive: ArchiveImport) -> None:
        parent = NewsIndexPage.objects.get()
        lock_row(parent)
        self.on_file.look_again()
        began = time.monotonic()
        done = []
        with because(Cause.IMPORTED, by=archive.user or ""):
            for row in rows:
                # Adding counts the children, so the parent has to be as it is stored.
                parent.refresh_from_db(fields=["numchild"])
                self._add_row(row, archive, parent)
                done.append(row)
                if len(done) >= LEAST_ITEMS and time.monotonic() - began > MOST_SECONDS:
                    break
        ArchiveRow.objects.bulk_update(done, ["progress", "outcome", "reason", "page_pk"], batch_size=50)

    def _add_row(self, row: ArchiveRow, archive: ArchiveImport, parent: NewsIndexPage) -> None:
        mention = Mention(**(row.mention or {}))
        if entry := self.on_file.find(mention):
            # Somebody has added it since the rows were looked at.
            row.outcome, row.reason, row.page_pk = Outcome.ON_FILE, "The site has it.", entry.page_pk
            row.progress = Progress.LEFT_OUT
            return
        origin = f"It stood so in the archive that was imported from “{archive}”."
        try:
            item, row.reason = add_item(mention, parent, self.names, archive.user, live=archive.as_live, origin=origin)
        except ValidationError as error:
            row.outcome, row.progress = Outcome.REFUSED, Progress.LEFT_OUT
            row.reason = " ".join(labeled_messages(error, None))
            return
        self.on_file.add_item(item)
        row.progress, row.page_pk = Progress.ADDED, item.pk
