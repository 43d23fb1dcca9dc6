"""Pages go compressed over the wire; what is compressed already goes as it is."""

from typing import Any

from django.http import HttpRequest
from django.middleware.gzip import GZipMiddleware

# As content types begin: pages, data, the sitemap and the feeds.
TEXT = (
    *("text/", "application/json", "application/xml"),
    *("application/rss+xml", "application/atom+xml", "application/feed+json"),
)


class TextCompressionMiddleware(GZipMiddleware):
    """Django's, for text alone: it would squeeze pictures and documents once more, and take away their length."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if response.streaming or not response.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)
