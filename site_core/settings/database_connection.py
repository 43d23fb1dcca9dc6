"""A connection to PostgreSQL that waits only so long for an answer.

PostgreSQL ends a query that takes too long (`statement_timeout`), but a server that is frozen, or gone without a word
while its kernel goes on receiving, ends nothing. The client has to notice.
"""

from time import monotonic
from typing import Any, ClassVar

from psycopg import Connection, OperationalError
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus

# Seconds for a question that takes the server no work. It is asked each time that a thread takes a connection.
QUICK = 0.7


class SilentDatabase(OperationalError):
    """The server did not answer in time, so that the connection is closed."""


class LimitedConnection(Connection[Any]):
    """Raises SilentDatabase once the server has not answered for `answers_within` seconds (None: it may take forever).

    Until somebody sets that, only quick questions are expected.
    """

    answers_within: float | None = QUICK
    # When those of a pool were last found to be gone.
    _drained_at: ClassVar[float] = 0.0

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._connected_at = monotonic()

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        if timeout is not None or self.answers_within is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.answers_within)
        except OperationalError as error:
            # After an answer, also one that says no, nothing is under way.
            if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise
            self.close()
            raise SilentDatabase("The database does not answer.") from error

    def execute(self, *arguments: Any, **options: Any) -> Any:
        """What is asked of the connection itself is quick: whether it lives, its settings. All else has a cursor."""
        usual, self.answers_within = self.answers_within, QUICK
        try:
            return super().execute(*arguments, **options)
        except OperationalError:
            self._drain_pool()
            raise
        finally:
            self.answers_within = usual

    def _drain_pool(self) -> None:
        """The others of its pool are as old, and have most likely gone with it, as when the server has restarted.

        Without this the pool would find them one by one, and wait for a second after the second.
        """
        pool = getattr(self, "_pool", None)
        if pool is not None and self.closed and self._connected_at > LimitedConnection._drained_at:
            LimitedConnection._drained_at = monotonic()
            pool.drain()
