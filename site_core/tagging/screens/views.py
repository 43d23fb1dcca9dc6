"""The admin's screens of tags: the list, merging, archiving and undo. They work without scripts."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from site_core.tagging.acts import carry_out, undo, undo_refusal
from site_core.tagging.finding.similar import similar_to
from site_core.tagging.finding.uses import TermUses, uses_of_terms
from site_core.tagging.merging import CannotBeChanged, plan_merge
from site_core.tagging.models import TagChange
from site_core.tagging.renaming import plan_archiving
from site_core.tagging.screens.changed_message import done, list_url
from site_core.tagging.screens.forms import IntoForm, SelectionForm
from site_core.tagging.screens.permissions import require_tending
from site_core.tagging.screens.preview import affected_objects
from site_core.tagging.wording import ended, quoted_names
from site_core.taxonomy.models import TERM_MODELS, Kind, Term

PER_PAGE = 100
SHOWN = {"": "All", "similar": "Near-duplicates", "unused": "Never used", "archived": "Archived"}


@require_http_methods(["GET", "HEAD"])
def tags(request: HttpRequest) -> HttpResponse:
    """The terms of one kind with their uses."""
    require_tending(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else Kind.PLACE.value
    show = request.GET.get("show", "")
    lines = _lines(kind, show if show in SHOWN else "")
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "kind": kind,
        "kinds": [(value, TERM_MODELS[value]._meta.verbose_name_plural.capitalize()) for value in Kind.values],
        "show": show if show in SHOWN else "",
        "shown": SHOWN.items(),
        "page": page,
        "lines": page.object_list,
        "count": len(lines),
    }
    return render(request, "tagging/tags.html", context)


def _lines(kind: str, show: str) -> list[TermUses]:
    terms = list(Term.objects.of_kind(kind).order_by("name", "pk"))
    lines = uses_of_terms(kind, terms)
    similar = similar_to(terms)
    for line in lines:
        line.similar = similar.get(line.term.pk, [])
    if show == "similar":
        return [line for line in lines if line.similar]
    if show == "unused":
        return [line for line in lines if not line.is_used and not line.term.archived]
    if show == "archived":
        return [line for line in lines if line.term.archived]
    return lines


@require_http_methods(["GET", "HEAD", "POST"])
def merge_tags(request: HttpRequest) -> HttpResponse:
    """Asks which of the selected terms stays, shows what a merge changes, and does it."""
    require_tending(request)
    sent = request.POST if request.method == "POST" else request.GET
    selection = SelectionForm(sent)
    if not selection.is_valid():
        return _back_with(request, selection)
    selected: list[Term] = selection.cleaned_data["term"]
    form = IntoForm(sent if "into" in sent else None, selected=selected)
    context: dict[str, Any] = {"form": form, "selected": selected}
    if form.is_bound and form.is_valid():
        target: Term = form.cleaned_data["into"]
        sources = [term for term in selected if term.pk != target.pk]
        if request.method == "POST" and "merge" in sent:
            refusal = _merge(request, sources, target)
            if not refusal:
                return redirect(list_url(target.kind))
            context["refusal"] = refusal
        context = _preview(sources, target) | context
    return render(request, "tagging/merge.html", context, status=409 if request.method == "POST" else 200)


def _preview(sources: list[Term], target: Term) -> dict[str, Any]:
    try:
        changes, owners = plan_merge(sources, target)
    except CannotBeChanged as refused:
        return {"refusal": str(refused)}
    affected = affected_objects(owners)
    return {"target": target, "sources": sources, "affected": affected, "drafts": len(changes.contents)}


def _merge(request: HttpRequest, sources: list[Term], target: Term) -> str:
    sentence = f"Merged {quoted_names(sources)} into “{target}”"
    return done(
        request,
        lambda: carry_out(lambda terms: plan_merge(terms[:-1], terms[-1]), [*sources, target], sentence, request.user),
    )


@require_POST
def archive_tags(request: HttpRequest) -> HttpResponse:
    """Takes the selected terms from what authors can choose, or gives them back."""
    require_tending(request)
    selection = SelectionForm(request.POST)
    if not selection.is_valid():
        return _back_with(request, selection)
    terms: list[Term] = selection.cleaned_data["term"]
    archived = "restore" not in request.POST
    sentence = f"{'Archived' if archived else 'Restored'} {quoted_names(terms)}"
    done(
        request,
        lambda: carry_out(lambda now: plan_archiving(now, archived), terms, sentence, request.user),
        as_message=True,
    )
    return redirect(list_url(terms[0].kind))


@require_http_methods(["GET", "HEAD", "POST"])
def tag_changes(request: HttpRequest) -> HttpResponse:
    """What was done with tags in the last 30 days. Each act can be undone."""
    require_tending(request)
    if request.method == "POST":
        change = get_object_or_404(TagChange, pk=_number(request.POST.get("change", "")))
        try:
            left = undo(change, request.user)
        except CannotBeChanged as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"Undone: {ended(change.sentence)}")
            if left:
                messages.warning(request, _left_message(left))
        return redirect("tag_changes")
    changes = list(TagChange.objects.recent()[:PER_PAGE])
    lines = [(change, undo_refusal(change, changes[:newer])) for newer, change in enumerate(changes)]
    return render(request, "tagging/changes.html", {"lines": lines})


def _left_message(left: int) -> str:
    if left == 1:
        return "1 entry has been changed since and stays as it is."
    return f"{left:,} entries have been changed since and stay as they are."


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _back_with(request: HttpRequest, form: SelectionForm) -> HttpResponse:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, error)
    kind = request.POST.get("kind", "") or request.GET.get("kind", "")
    return redirect(list_url(kind))
