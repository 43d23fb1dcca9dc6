"""The admin's screens about one tag or the items with it: rename, split, and items that may lack a tag."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from site_core.tagging.acts import carry_out
from site_core.tagging.finding.untagged import untagged_items
from site_core.tagging.finding.uses import pages_with
from site_core.tagging.renaming import plan_renaming
from site_core.tagging.retagging import TagEdit, plan_tagging
from site_core.tagging.screens.changed_message import done, list_url
from site_core.tagging.screens.forms import MOST_PAGES, RenameForm, SplitForm
from site_core.tagging.screens.permissions import require_tending
from site_core.tagging.wording import items, quoted_names
from site_core.taxonomy.models import Term

PER_PAGE = 50
# So many tags are named in the sentence about an act.
MOST_NAMED = 5


@require_http_methods(["GET", "HEAD", "POST"])
def rename_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a term another name."""
    require_tending(request)
    term = get_object_or_404(Term, pk=pk)
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"name": term.name})
    if form.is_bound and form.is_valid():
        name, keep = form.cleaned_data["name"], form.cleaned_data["keep"]
        sentence = f"Renamed “{term}” to “{name}”"
        refusal = done(
            request,
            lambda: carry_out(lambda now: plan_renaming(now[0], name, keep=keep), [term], sentence, request.user),
        )
        if not refusal:
            return redirect(list_url(term.kind))
        form.add_error("name", refusal)
    return render(request, "tagging/rename.html", {"term": term, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def split_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts another term in the place of this one on the chosen items."""
    require_tending(request)
    term = get_object_or_404(Term, pk=pk)
    pages = _pages_with(term)
    form = SplitForm(request.POST if request.method == "POST" else None, term=term, pages=pages)
    if form.is_bound and form.is_valid():
        into: Term = form.cleaned_data["into"]
        edit = TagEdit(swapped={term.pk: into.pk})
        edits = {page.pk: edit for page in form.cleaned_data["page"]}
        sentence = f"Gave {items(len(edits))} of “{term}” to “{into}”"
        refusal = done(
            request, lambda: carry_out(lambda now: plan_tagging(edits, now), [term, into], sentence, request.user)
        )
        if not refusal:
            return redirect(list_url(term.kind))
        form.add_error(None, refusal)
    return render(request, "tagging/split.html", {"term": term, "form": form, "count": pages.count()})


def _pages_with(term: Term) -> Any:
    """The pages with the term, the newest first. More than a form takes are split in several steps."""
    newest = (
        Page.objects.filter(pk__in=pages_with(term))
        .order_by("-latest_revision_created_at", "-pk")
        .values("pk")[:MOST_PAGES]
    )
    return Page.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).order_by("title", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
def untagged(request: HttpRequest) -> HttpResponse:
    """Items whose words name a tag that they do not have. Each is tagged alone, or all that are shown at once."""
    require_tending(request)
    if request.method == "POST":
        return _tag_chosen(request)
    found = list(untagged_items())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "tagging/untagged.html", {"page": page, "lines": page.object_list, "count": len(found)})


def _tag_chosen(request: HttpRequest) -> HttpResponse:
    """“12-5” is the page 12 and the term 5."""
    chosen = request.POST.getlist("one") or request.POST.getlist("shown")
    added: dict[int, list[int]] = {}
    for pair in chosen[: PER_PAGE * 10]:
        page_pk, _, term_pk = pair.partition("-")
        if all(number.isascii() and number.isdigit() and len(number) < 18 for number in (page_pk, term_pk)):
            added.setdefault(int(page_pk), []).append(int(term_pk))
    terms = list(Term.objects.in_use().filter(pk__in={pk for pks in added.values() for pk in pks}).order_by("name"))
    edits = {page_pk: TagEdit(added=tuple(pks)) for page_pk, pks in added.items()}
    if terms:
        names = quoted_names(terms) if len(terms) <= MOST_NAMED else f"{len(terms)} tags"
        sentence = f"Added {names} to {items(len(edits))}"
        done(
            request,
            lambda: carry_out(lambda now: plan_tagging(edits, now), terms, sentence, request.user),
            as_message=True,
        )
    return redirect(request.get_full_path())
