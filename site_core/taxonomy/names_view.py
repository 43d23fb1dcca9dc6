"""What stands below a box for tags or a publisher: the names in it that are not on file, and a way to add each.

The form asks while somebody types. A name that is on file in another spelling is found and not added again.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods
from wagtail.log_actions import log

from site_core.fields.text import clean_text
from site_core.publishing.types import User
from site_core.taxonomy.fields import MOST_MESSAGES, WHO_ADDS_TERMS, typed_names
from site_core.taxonomy.models import TERM_MODELS
from site_core.taxonomy.vocabulary import NamesOnFile

MAY_NOT_ADD = "Your role may not add this. It stays in your draft, and a managing editor is asked for it."


@require_http_methods(["GET", "HEAD", "POST"])
def term_names(request: HttpRequest, kind: str) -> JsonResponse:
    """Raises Http404 for an unknown kind."""
    if kind not in TERM_MODELS:
        raise Http404(f"There are no terms of kind “{kind}”.")
    return answer_about_names(request, TERM_MODELS[kind], typed_names, WHO_ADDS_TERMS)


def answer_about_names(
    request: HttpRequest, model: type[models.Model], names_in: Callable[[str], list[str]], who_adds: str
) -> JsonResponse:
    """By GET, what is not on file of what is `typed` into the box. By POST, the entry with this `name` is added."""
    if request.method == "POST":
        return _add(request, model, clean_text(request.POST.get("name", ""), one_line=True))
    adds = may_add(request.user, model)
    on_file = NamesOnFile[Any](model._default_manager.all())
    unknown = [name for name in names_in(request.GET.get("typed", "")) if not on_file.find(name)]
    return JsonResponse(
        {
            "unknown": [
                {
                    "name": name,
                    "says": f"“{name}” is not on file." if adds else asked_for_message(name, who_adds),
                    "nearest": on_file.nearest(name),
                    "add": add_label(name) if adds else "",
                }
                for name in list(dict.fromkeys(unknown))[:MOST_MESSAGES]
            ]
        }
    )


def may_add(user: User, model: type[models.Model]) -> bool:
    codename = get_permission_codename("add", model._meta)
    return user.has_perm(f"{model._meta.app_label}.{codename}")


def add_label(name: str) -> str:
    return f"Add “{name}”"


def asked_for_message(name: str, who_adds: str) -> str:
    return f"“{name}” is not on file. It stays in your draft and is asked for. {who_adds}"


def _add(request: HttpRequest, model: type[models.Model], name: str) -> JsonResponse:
    """The name of the entry, which is a new one unless it is on file."""
    if not may_add(request.user, model):
        return JsonResponse({"refused": MAY_NOT_ADD}, status=403)
    entry: Any = NamesOnFile[Any](model._default_manager.all()).find(name)
    if entry is None:
        entry = model(name=name)
        try:
            entry.full_clean()
            with transaction.atomic():
                entry.save()
                log(entry, "wagtail.create", content_changed=True)
        except ValidationError as error:
            return JsonResponse({"refused": " ".join(error.messages)}, status=400)
        except IntegrityError:
            return JsonResponse({"refused": f"“{name}” has just been added by somebody else."}, status=409)
    return JsonResponse({"name": entry.name})
