"""What all tests of rights share."""

from datetime import timedelta

import pytest

from site_core.accounts import sessions


@pytest.fixture(autouse=True)
def _sessions_note_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that takes longer than a few minutes sees no session note that somebody is still there."""
    monkeypatch.setattr(sessions, "SEEN_EVERY", timedelta(days=1))
