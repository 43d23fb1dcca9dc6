"""System checks of publishing."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from wagtail.models import Page

from site_core.publishing.events import models_with_drafts
from site_core.publishing.ledger.guard import is_owner_of_ledger, ledger_is_protected, ledger_is_there


@register(Tags.database)
def what_is_live_has_a_live_revision(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W001: without a live revision, what is public can neither be fixed nor compared with a draft.

    A warning, because `migrate` runs this check, too, and content must not stop it.
    """
    warnings: list[CheckMessage] = []
    for alias in databases or []:
        tables = connections[alias].introspection.table_names()
        for model in models_with_drafts():
            if model._meta.db_table not in tables:
                continue
            orphans = model._default_manager.using(alias).filter(live=True, live_revision=None)
            if model is Page:
                # The root of the tree is not a page that anybody visits.
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
def check_ledger_triggers(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W002: the ledger is evidence only as long as the database refuses changes to it.

    A warning, because `migrate` runs this check, too, and creates the triggers again.
    """
    return [
        Warning(
            f"The triggers that protect the ledger of publications are missing from the database “{alias}”.",
            hint="Run “manage.py migrate”, which creates them again.",
            id="publishing.W002",
        )
        for alias in databases or []
        if ledger_is_there(alias) and not ledger_is_protected(alias)
    ]


@register(Tags.database, deploy=True)
def check_ledger_owner(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """W003: who owns the ledger's table can drop its triggers, so the web processes must not."""
    return [
        Warning(
            f"The role that the site has in the database “{alias}” owns the table of the ledger of publications.",
            hint="Let one role own the tables and give the web processes another, as deploy/database.sql does.",
            id="publishing.W003",
        )
        for alias in databases or []
        if connections[alias].vendor == "postgresql" and ledger_is_there(alias) and is_owner_of_ledger(alias)
    ]
