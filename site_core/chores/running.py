"""Does the chores that are due, one after the other, and writes down how each went."""

import logging
from datetime import datetime

from django.utils import timezone

from site_core.chores.models import ChoreRun, standings
from site_core.chores.registry import Chore, ChoreProblem

logger = logging.getLogger(__name__)

# Seconds between two looks.
LOOK_EVERY = 5
FAILED = "It failed. The log of the publishing process says why."


def do_due() -> None:
    """Do what is due. A chore that fails keeps no other waiting, and is due again at its next time."""
    for chore, run in standings():
        now = timezone.now()
        # A clock that was set back must not keep a chore waiting.
        if run is None or not now - chore.every < run.began_at <= now:
            do(chore, now)


def do(chore: Chore, now: datetime) -> None:
    """Do one chore, whether it is due or not."""
    begun = {"began_at": now, "ended_at": None, "outcome": "", "failed": False}
    row, _ = ChoreRun.objects.update_or_create(name=chore.name, defaults=begun)
    try:
        row.outcome = chore.act()
    except ChoreProblem as problem:
        logger.warning("The chore “%s” has found something: %s", chore.name, problem)
        row.outcome, row.failed = str(problem), True
    except Exception:
        logger.exception("The chore “%s” failed. It is done again in %s.", chore.name, chore.every)
        row.outcome, row.failed = FAILED, True
    row.ended_at = timezone.now()
    row.save()
