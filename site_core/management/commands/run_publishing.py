"""`manage.py run_publishing`: the long-running process that makes scheduled things public on the second."""

import logging
import signal
import time
from datetime import datetime, timedelta
from threading import Event as Signal
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, connections
from django.utils import timezone

from site_core.publishing.events import Event
from site_core.publishing.runner import publish_due

logger = logging.getLogger(__name__)

# How long an event that failed is left alone before it is tried again.
RETRY_AFTER = timedelta(minutes=1)


class Command(BaseCommand):
    help = "Publish and expire what is due, looking once a second. Stop it with SIGINT or SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = Signal()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        resting: dict[Event, datetime] = {}
        while not stopping.is_set():
            look_once(resting)
            # Schedules are whole seconds, so the next look is at the turn of the next second.
            stopping.wait(1 - time.time() % 1)


def look_once(resting: dict[Event, datetime]) -> None:
    """Carry out what is due. `resting` holds the events that failed and when each is tried again."""
    now = timezone.now()
    for event in [event for event, until in resting.items() if until <= now]:
        del resting[event]
    try:
        outcome = publish_due(now, leave=resting.keys())
    except Error:
        logger.exception("The database cannot be asked what is due. Looking again in a second.")
        connections.close_all()
        return
    resting.update(dict.fromkeys(outcome.failed, now + RETRY_AFTER))
