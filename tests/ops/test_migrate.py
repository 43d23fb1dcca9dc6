"""`migrate` lets nobody wait behind it, and waits itself for who reads."""

import io
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from site_core.feedback.models import Answer
from site_core.ops.management.commands import migrate

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_table_that_is_read_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL alone has such locks."""
    if connection.vendor != "postgresql":
        return
    parameters = {**connection.get_connection_params(), "context": None}
    parameters.pop("cursor_factory")
    parameters.pop("pool", None)
    said = io.StringIO()
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        # Whoever comes after it is not held up.
        assert not Answer.objects.exists()
        pauses.append(seconds)
        reading.rollback()

    monkeypatch.setattr(migrate, "sleep", pause)
    with psycopg.connect(**parameters) as reading:
        reading.execute("SELECT 1 FROM feedback_answer")
        backward: Any = ["migrate", "feedback", "zero"]
        try:
            call_command(*backward, verbosity=0, stderr=said)
        finally:
            call_command("migrate", "feedback", verbosity=0)
    assert pauses == [migrate.PAUSE]
    assert "A table is in use." in said.getvalue()
