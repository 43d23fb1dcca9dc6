"""Log lines as JSON."""

import json
import logging
import sys
from typing import Any

from django.test import RequestFactory

from site_core.ops.json_log import JsonFormatter


def line(message: str, *arguments: Any, level: int = logging.INFO, **more: Any) -> dict[str, Any]:
    """The log line of a message. `more` are attributes of its record."""
    record = logging.LogRecord("site_core.example", level, __file__, 1, message, arguments, more.pop("exc_info", None))
    for name, value in more.items():
        setattr(record, name, value)
    written = JsonFormatter().format(record)
    assert "\n" not in written
    logged: dict[str, Any] = json.loads(written)
    return logged


def test_a_message_has_time_level_and_logger() -> None:
    logged = line("Carried out: “%s”", "a\nb", level=logging.WARNING)
    at = logged.pop("time")
    assert at.endswith("+00:00")
    assert logged == {"level": "WARNING", "logger": "site_core.example", "message": "Carried out: “a\nb”"}


def test_a_request_has_method_path_status_and_id_but_no_query_string() -> None:
    request = RequestFactory().get("/search/?q=secret", headers={"X-Request-ID": "abc"})
    logged = line("Not Found: %s", request.path, request=request, status_code=404)
    assert (logged["method"], logged["path"], logged["status"], logged["id"]) == ("GET", "/search/", 404, "abc")
    assert "secret" not in str(logged)


def test_an_error_has_its_traceback() -> None:
    try:
        raise ZeroDivisionError("An example")
    except ZeroDivisionError:
        logged = line("It failed.", exc_info=sys.exc_info())
    assert logged["exception"].startswith("Traceback")
    assert logged["exception"].endswith("ZeroDivisionError: An example")
