"""Goes on with imports in the process that publishes, a little at a time."""

import logging

from django.db import Error

from news.archive.models import ArchiveImport, State
from news.archive.storing import Storing
from news.archive.undoing import take_some_back
from news.archive.uploading import check

logger = logging.getLogger(__name__)

STOPPED = (
    "It stopped at a row that cannot be added. What is imported so far stays. Tell the people who run the site, or "
    "take the import back."
)


class Background:
    """Does the next step of the oldest import that is under way."""

    def __init__(self) -> None:
        self.storing: Storing | None = None

    def act(self) -> None:
        """Raises what the database raises. An import that fails otherwise is paused and says so."""
        busy = (State.CHECKING, State.IMPORTING, State.UNDOING)
        archive = ArchiveImport.objects.filter(state__in=busy).order_by("pk").first()
        if archive is None:
            self.storing = None
            return
        try:
            self._step(archive)
        except Error:
            self.storing = None
            raise
        except Exception:
            self.storing = None
            logger.exception("The import of “%s” has stopped.", archive)
            ArchiveImport.objects.filter(pk=archive.pk).update(state=State.PAUSED, problem=STOPPED)

    def _step(self, archive: ArchiveImport) -> None:
        if archive.state == State.CHECKING:
            check(archive)
        elif archive.state == State.UNDOING:
            take_some_back(archive)
        else:
            if self.storing is None or self.storing.archive_pk != archive.pk:
                self.storing = Storing(archive)
            self.storing.add_some()
