"""Who may tend the tags: Managing editors and above."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from site_core.publishing.types import User
from site_core.taxonomy.models import TERM_MODELS


def may_tend(user: User) -> bool:
    """Whether the user may change and delete terms of every kind."""
    names = (model._meta.model_name for model in TERM_MODELS.values())
    return all(user.has_perms([f"taxonomy.change_{name}", f"taxonomy.delete_{name}"]) for name in names)


def require_tending(request: HttpRequest) -> None:
    if not may_tend(request.user):
        raise PermissionDenied
