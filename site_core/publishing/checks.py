"""System checks of publishing: `manage.py check` runs them."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from wagtail.models import Page

from site_core.publishing.events import models_with_drafts
from site_core.publishing.ledger.guard import ledger_is_protected, ledger_is_there


@register(Tags.database)
def what_is_live_has_a_live_revision(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """W001: of a live object without a live revision, nobody can fix or compare what is public.

    A warning, because `migrate` runs this check too and must not be stopped by content.
    """
    warnings: list[CheckMessage] = []
    for alias in databases or []:
        tables = connections[alias].introspection.table_names()
        for model in models_with_drafts():
            if model._meta.db_table not in tables:
                continue
            orphans = model._default_manager.using(alias).filter(live=True, live_revision=None)
            if model is Page:
                # The root of the tree is no page that anybody visits.
                orphans = orphans.filter(depth__gt=1)
            warnings += [
                Warning(
                    f"{model._meta.verbose_name} {pk} is live and has no live revision.",
                    hint="Publish it in the admin, or with save_revision().publish().",
                    id="publishing.W001",
                )
                for pk in orphans.values_list("pk", flat=True)[:20]
            ]
    return warnings


@register(Tags.database)
def the_ledger_is_protected(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """W002: what was public is proven by the ledger only as long as the database lets nobody change it.

    A warning, because `migrate` runs this check too, and is what puts the triggers back.
    """
    return [
        Warning(
            f"The database “{alias}” would let somebody change the ledger of publications: its triggers are missing.",
            hint="Run “manage.py migrate”, which puts them back.",
            id="publishing.W002",
        )
        for alias in databases or []
        if ledger_is_there(alias) and not ledger_is_protected(alias)
    ]
