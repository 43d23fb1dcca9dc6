"""The handbook's pages and pictures, its search, and the way to the page about a screen."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from site_core.admin.handbook.pages import handbook, pictures
from site_core.admin.handbook.rendering import START
from site_core.admin.handbook.screens import help_for
from site_core.admin.handbook.search import find_sections
from site_core.search.queries import typed_text


@require_safe
def show_page(request: HttpRequest, name: str = START) -> HttpResponse:
    """A page of the handbook, or what a search over all of it finds."""
    page = handbook().get(name)
    if page is None:
        raise Http404("The handbook has no such page.")
    query = typed_text(request.GET.get("q", ""))
    context = {"page": page, "pages": handbook().values(), "query": query, "found": find_sections(query)}
    return render(request, "admin/handbook.html", context)


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture of the handbook, by the name of its file."""
    file = pictures().get(name)
    if file is None:
        raise Http404("The handbook has no such picture.")
    return FileResponse(file.open("rb"), content_type="image/png")


@require_safe
def help_for_screen(request: HttpRequest) -> HttpResponse:
    """Leads from a screen of the admin to the page about it."""
    return redirect(handbook()[help_for(request.GET.get("screen", ""))].url)
