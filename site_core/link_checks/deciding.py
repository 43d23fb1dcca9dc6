"""Takes an archived copy in the place of a page that is gone."""

from django.apps import apps
from django.db import transaction

from site_core.link_checks.models import GoneLink, LinkCheck
from site_core.link_checks.replacing import Outcome, replace_everywhere
from site_core.publishing.types import User


def use_archived_copy(link: LinkCheck, archived_url: str, user: User) -> Outcome:
    """Whatever says by itself that its article is gone keeps the link. Elsewhere the copy takes its place."""
    keeps = {
        use.pk: use.title
        for use in link.uses.all()
        if getattr(apps.get_model(use.model_label), "shows_archived_copy", False)
    }
    if keeps:
        with transaction.atomic():
            gone, _ = GoneLink.objects.get_or_create(url=link.url)
            gone.archived_url = archived_url
            gone.save()
    outcome = replace_everywhere(link, archived_url, user, but=keeps)
    outcome.changed.extend(keeps.values())
    return outcome
