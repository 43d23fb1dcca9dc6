"""Log lines as JSON, one object a line, which log collectors read without configuration."""

import json
import logging
from datetime import UTC, datetime

from site_core.ops.log_secrets import without_secrets
from site_core.page_cache.timing import route_of


class JsonFormatter(logging.Formatter):
    """Time, level, logger and message; for a request also its method, path, route, status and the ID from nginx."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := getattr(record, "request", None):
            line["method"], line["path"] = request.method, request.path
            line["id"] = request.headers.get("X-Request-ID")
            line["route"] = route_of(request)
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        written = {name: value for name, value in line.items() if value is not None}
        return without_secrets(json.dumps(written, ensure_ascii=False))
