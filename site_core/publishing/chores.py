"""What publishing has to do from time to time: empty the trash, delete old drafts, see if the ledger is right."""

import logging
from datetime import timedelta

from django.utils import timezone

from site_core.chores.registry import DAILY, ChoreProblem, deleted_message, register_chore
from site_core.publishing.ledger.comparison import COMPARE_EVERY, differences, record_differences
from site_core.publishing.ledger.proof import PROVE_EVERY, breaks
from site_core.publishing.runner.revision_purge import purge_revisions
from site_core.publishing.trash.trashing import empty_due

logger = logging.getLogger(__name__)

# A draft that nobody came back to for a year, while a newer one is there. What was ever public stays for good.
DRAFTS_KEPT_FOR = timedelta(days=365)


def register_chores() -> None:
    register_chore("trash", "Delete what has been in the trash for 30 days", empty_trash)
    register_chore("drafts", "Delete superseded drafts after a year", delete_old_drafts, DAILY)
    compared, proved = timedelta(seconds=COMPARE_EVERY), timedelta(seconds=PROVE_EVERY)
    register_chore("ledger", "Compare the ledger with what is public", compare_ledger, compared)
    register_chore("chain", "Verify that nobody has changed the ledger", verify_chain, proved)


def empty_trash() -> str:
    return deleted_message(empty_due(timezone.now()), "page")


def delete_old_drafts() -> str:
    return deleted_message(purge_revisions(timezone.now() - DRAFTS_KEPT_FOR), "draft")


def compare_ledger() -> str:
    found = differences()
    record_differences(found)
    return f"{len(found)} missing changes recorded." if len(found) != 1 else "1 missing change recorded."


def verify_chain() -> str:
    found = breaks()
    for one in found:
        logger.error("%s", one)
    if found:
        raise ChoreProblem(" ".join(str(one) for one in found[:3]))
    return "No changes found."
