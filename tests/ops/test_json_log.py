"""Lines of the log that a machine can read."""

import json
import logging
import sys
from typing import Any

from django.test import RequestFactory

from site_core.ops.json_log import JsonFormatter


def line(message: str, *arguments: Any, level: int = logging.INFO, **more: Any) -> dict[str, Any]:
    """What is written of a message; `more` are attributes of its record."""
    record = logging.LogRecord("site_core.example", level, __file__, 1, message, arguments, more.pop("exc_info", None))
    for name, value in more.items():
        setattr(record, name, value)
    written = JsonFormatter().format(record)
    assert "\n" not in written
    said: dict[str, Any] = json.loads(written)
    return said


def test_a_message_says_when_how_bad_and_who() -> None:
    said = line("Carried out: “%s”", "a\nb", level=logging.WARNING)
    at = said.pop("time")
    assert at.endswith("+00:00")
    assert said == {"level": "WARNING", "logger": "site_core.example", "message": "Carried out: “a\nb”"}


def test_a_request_says_which_and_what_came_of_it_and_not_what_was_searched_for() -> None:
    request = RequestFactory().get("/search/?q=secret", headers={"X-Request-ID": "abc"})
    said = line("Not Found: %s", request.path, request=request, status_code=404)
    assert (said["method"], said["path"], said["status"], said["id"]) == ("GET", "/search/", 404, "abc")
    assert "secret" not in str(said)


def test_an_error_says_where_it_came_about() -> None:
    try:
        raise ZeroDivisionError("An example")
    except ZeroDivisionError:
        said = line("It failed.", exc_info=sys.exc_info())
    assert said["exception"].startswith("Traceback")
    assert said["exception"].endswith("ZeroDivisionError: An example")
