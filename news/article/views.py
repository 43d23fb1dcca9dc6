"""What the form of a press mention asks for while somebody works in it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from news.article.fill_in import fill_in, on_file
from site_core.publishing.types import User


@require_POST
def read_article(request: HttpRequest) -> JsonResponse:
    """What to fill in from the article at `link`, beside what is typed in the other boxes."""
    _require_right(request.user)
    typed = {name: str(value) for name, value in request.POST.items()}
    return JsonResponse(fill_in(request.user, typed, _pk(typed.get("page", ""))).as_json())


@require_safe
def link_on_file(request: HttpRequest) -> JsonResponse:
    """The item that has this `link`, besides the `page` that is edited."""
    _require_right(request.user)
    link = request.GET.get("link", "")
    return JsonResponse(on_file(request.user, link, _pk(request.GET.get("page", ""))))


def article_urls() -> list[URLPattern]:
    return [
        path("articles/read/", read_article, name="read_article"),
        path("articles/on-file/", link_on_file, name="link_on_file"),
    ]


def _require_right(user: User) -> None:
    """Whoever sees the admin may draft news, or edits it."""
    if not user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied


def _pk(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
