"""Gzip compression of text responses that the page store does not serve."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# Beginnings of content types: pages, data, drawings, the sitemap and the feeds.
COMPRESSIBLE = (
    *("text/", "application/json", "application/xml", "image/svg+xml"),
    *("application/rss+xml", "application/atom+xml", "application/feed+json"),
)


class TextCompressionMiddleware(GZipMiddleware):
    """Django's, for text only: it would also compress images and documents, and drop their Content-Length."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(COMPRESSIBLE):
            return response
        return super().process_response(request, response)
