"""Redirects that follow an object from its old URLs to its current one."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from wagtail.contrib.redirects.models import Redirect

# The characters of an old path that a redirect can hold.
MAX_PATH: int = Redirect._meta.get_field("old_path").max_length


@transaction.atomic
def keep_old_url(old: str, new: str) -> None:
    """Redirect the path `old` to the path `new`, such as “/impact/a/”, after an object moved.

    Redirects to the old path now lead to the new one, so that visitors are redirected once. A redirect from the new
    path is deleted.
    """
    Redirect.objects.filter(old_path=Redirect.normalise_path(new)).delete()
    for redirect in Redirect.objects.filter(redirect_link=old):
        redirect.redirect_link = new
        redirect.save()
    Redirect.objects.update_or_create(
        old_path=Redirect.normalise_path(old),
        site=None,
        defaults={"redirect_link": new, "redirect_page": None, "is_permanent": True, "automatically_created": True},
    )


def current_url(old: str) -> str:
    """The path that the path `old` redirects to. Raises Http404 if there is no such redirect."""
    redirects = Redirect.objects.filter(site=None, redirect_link__startswith="/")
    return get_object_or_404(redirects, old_path=Redirect.normalise_path(old)).redirect_link
