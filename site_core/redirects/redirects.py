"""Addresses that were public keep leading to what stands there now."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from wagtail.contrib.redirects.models import Redirect


@transaction.atomic
def keep_old_url(old: str, new: str) -> None:
    """After something moved from `old` to `new` (paths such as “/impact/a/”), send visitors on in one step.

    Redirects that led to the old address lead to the new one, and a redirect away from the new address goes.
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
    """The path that something at the path `old` has moved to. Raises Http404 where nothing is known of it."""
    kept = Redirect.objects.filter(site=None, redirect_link__startswith="/")
    return get_object_or_404(kept, old_path=Redirect.normalise_path(old)).redirect_link
