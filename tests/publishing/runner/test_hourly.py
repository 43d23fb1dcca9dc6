"""What is done every hour is done although something else in that hour fails."""

import pytest

from site_core.publishing.runner import hourly

pytestmark = pytest.mark.unit


def test_an_act_that_fails_stops_neither_the_others_nor_the_publishing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def fails() -> None:
        raise RuntimeError("A mistake in the code.")

    monkeypatch.setattr(hourly, "_acts", [fails, lambda: done.append("done")])
    hourly.act_hourly()
    assert done == ["done"]
    assert "“fails” failed" in caplog.text
