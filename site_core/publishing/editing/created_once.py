"""A new object is made once, even if the answer to the first save of its form is lost.

The browser then knows nothing of the object, and sends the form to the create view again. `autosave.js` gives each
form a key, by which that save continues what the first one has made, as if its answer had arrived.
"""

import json
import re
from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve
from django.utils.functional import cached_property
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

# Seconds for which the answer to a first save is kept.
KEPT = 24 * 60 * 60
FORM_KEY = "form_key"


class CreatedOnceMixin(WagtailAdminTemplateMixin):
    """Goes between AtomicSaveMixin and Wagtail's create views. What it keeps is rolled back with the object."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self._continue() or super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if not self._entry:
            return super().form_valid(form)
        # Waits for a first save that is still on its way.
        cache.add(self._entry, {}, KEPT)
        return self._continue() or self._keep({}, super().form_valid(form))

    @cached_property
    def _entry(self) -> str:
        """The name of the first answer in the cache, "" for a form without a key."""
        form_key = self.request.POST.get(FORM_KEY, "")
        is_key = re.fullmatch("[0-9a-f]{32}", form_key)
        return f"created_once.{self.request.user.pk}.{form_key}" if is_key else ""

    def _continue(self) -> HttpResponse | None:
        """The answer for the object that the form has made already. None if there is none, or none anymore."""
        first: dict[str, Any] = cache.get(self._entry, {}) if self._entry else {}
        response = _edited(self.request, first) if first else None
        return self._keep(first, response) if response else None

    def _keep(self, first: dict[str, Any], response: HttpResponse) -> HttpResponse:
        """Only autosave answers in JSON, and only its forms are sent again."""
        if isinstance(response, JsonResponse) and (answer := json.loads(response.content)).get("success"):
            # The form still lacks the ids of the rows that each save has made.
            updates = first.get("field_updates", {}) | answer["field_updates"]
            answer = first | answer | {"field_updates": updates}
            cache.set(self._entry, answer, KEPT)
            response.content = json.dumps(answer)
        return response


def _edited(request: HttpRequest, first: dict[str, Any]) -> HttpResponse | None:
    """What the edit view answers to the form as the first answer would have left it. None if the object is gone."""
    sent = request.POST.copy()
    for name, value in first["field_updates"].items():
        sent[name] = value
    sent["loaded_revision_id"] = str(first["revision_id"])
    sent["loaded_revision_created_at"] = first["revision_created_at"]
    if not request.accepts("text/html"):
        sent["overwrite_revision_id"] = str(first["revision_id"])
    as_sent, request.POST = request.POST, sent  # type: ignore[assignment]
    view, args, kwargs = resolve(first["url"])
    response: HttpResponse = view(request, *args, **kwargs)
    if response.status_code == HTTPStatus.NOT_FOUND:
        request.POST = as_sent
        return None
    return response
