"""Previews: of anything that has them, only in the modes it names, and without a trace in what is memoized."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import PreviewableMixin

from site_core.page_cache.memoize import bypass_cache


class KnownPreviewsMixin(PreviewableMixin):
    """Refuses a preview mode the model does not list, where Wagtail would show its default in silence."""

    def make_preview_request(self, *args: Any, **kwargs: Any) -> Any:
        with bypass_cache():
            return super().make_preview_request(*args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        if mode_name not in dict(self.preview_modes):
            raise Http404(f"There is no preview called “{mode_name}”.")
        response: HttpResponseBase = super().serve_preview(request, mode_name)
        return response
