"""What a tag box offers while somebody types."""

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse

from site_core.taxonomy.models import TERM_MODELS

LIMIT = 10


def term_suggestions(request: HttpRequest, kind: str) -> JsonResponse:
    """The names of up to ten terms in use of which some word, or some other name, begins with `?term=`.

    It is mounted below the admin, so that only people who may enter the admin reach it.
    """
    if kind not in TERM_MODELS:
        raise Http404(f"There are no terms of kind “{kind}”.")
    typed = request.GET.get("term", "").strip().lower()
    terms = TERM_MODELS[kind].objects.in_use() if typed else []
    return JsonResponse([term.name for term in terms if _begins(term, typed)][:LIMIT], safe=False)


def _begins(term: Any, typed: str) -> bool:
    names = [name.lower() for name in (term.name, *term.other_names)]
    return any(name.startswith(typed) or f" {typed}" in name for name in names)
