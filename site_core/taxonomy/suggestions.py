"""Suggests terms while an author types in a tag field."""

from django.http import Http404, HttpRequest, JsonResponse

from site_core.fields.text import comparable
from site_core.taxonomy.models import TERM_MODELS, Term

LIMIT = 10


def term_suggestions(request: HttpRequest, kind: str) -> JsonResponse:
    """The names of up to ten terms that have a name or alias with a word that begins with `?term=`, as JSON.

    The URL is below the admin, so only admin users can request it. Raises Http404 for an unknown kind.
    """
    if kind not in TERM_MODELS:
        raise Http404(f"There are no terms of kind “{kind}”.")
    typed = comparable(request.GET.get("term", ""))
    terms = TERM_MODELS[kind].objects.in_use() if typed else []
    return JsonResponse([term.name for term in terms if _begins(term, typed)][:LIMIT], safe=False)


def _begins(term: Term, typed: str) -> bool:
    names = map(comparable, (term.name, *term.other_names))
    return any(name.startswith(typed) or f" {typed}" in name for name in names)
