"""Suggests terms while an author types in a tag field."""

from django.http import Http404, HttpRequest, JsonResponse

from site_core.fields.text import clean_text, comparable
from site_core.taxonomy.models import TERM_MODELS, Term
from site_core.taxonomy.names_view import add_label, may_add
from site_core.taxonomy.vocabulary import NamesOnFile

LIMIT = 10


def term_suggestions(request: HttpRequest, kind: str) -> JsonResponse:
    """The names of up to ten terms that have a name or alias with a word that begins with `?term=`, as JSON.

    If nothing on file begins like it, the last choice adds it, or asks for it. The URL is below the admin, so only
    admin users can request it. Raises Http404 for an unknown kind.
    """
    if kind not in TERM_MODELS:
        raise Http404(f"There are no terms of kind “{kind}”.")
    model = TERM_MODELS[kind]
    term = " ".join(clean_text(request.GET.get("term", ""), one_line=True).split())
    typed = comparable(term)
    terms = list(model.objects.all()) if typed else []
    suggested = [one.name for one in terms if not one.archived and _begins(one, typed)][:LIMIT]
    if not typed or _may_become(terms, typed) or NamesOnFile(terms).find(term):
        return JsonResponse(suggested, safe=False)
    adds = may_add(request.user, model)
    offer = {"label": add_label(term) if adds else f"Ask for “{term}”", "value": term, "adds": adds}
    return JsonResponse([*suggested, offer], safe=False)


def _begins(term: Term, typed: str) -> bool:
    return any(name.startswith(typed) or f" {typed}" in name for name in _names(term))


def _may_become(terms: list[Term], typed: str) -> bool:
    """Whether a name on file begins with what is typed so far."""
    return any(name.startswith(typed) for term in terms for name in _names(term))


def _names(term: Term) -> list[str]:
    return [comparable(name) for name in (term.name, *term.other_names)]
