"""Rules of the project that a machine can check, as Django system checks: `manage.py check` runs them."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from wagtail.models import Page, get_page_models
from wagtail.search import index

from site_core.publishing.events import models_with_drafts
from site_core.publishing.ledger.guard import ledger_is_protected, ledger_is_there
from site_core.settings.environment import SQLITE_OPTIONS
from site_core.taxonomy.models import TERM_MODELS


@register()
def sqlite_waits_its_turn(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E001: without these options two of five editing sessions ended in "database is locked" and HTTP 500."""
    return [
        Error(
            f"The SQLite database “{alias}” must have the options of site_core.settings.environment.SQLITE_OPTIONS.",
            hint="Configure it with site_core.settings.environment.database().",
            id="site_core.E001",
        )
        for alias in connections
        if connections[alias].vendor == "sqlite"
        and any(
            connections[alias].settings_dict["OPTIONS"].get(name) != SQLITE_OPTIONS[name] for name in SQLITE_OPTIONS
        )
    ]


@register()
def page_types_name_their_relatives(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E002: a page type says below which types it may stand and which may stand below it."""
    return [
        Error(f"{model.__name__} must declare {name}.", obj=model, id="site_core.E002")
        for model in get_page_models()
        if model is not Page
        for name in ("parent_page_types", "subpage_types")
        if getattr(model, name, None) is None
    ]


@register()
def proxies_can_be_searched(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E003: the desk's search filters a proxy's terms by kind, and answers 500 if the kind is not indexed."""
    return [
        Error(f"{model.__name__} must index “kind” as a FilterField.", obj=model, id="site_core.E003")
        for model in TERM_MODELS.values()
        if not any(
            isinstance(field, index.FilterField) and field.field_name == "kind" for field in model.search_fields
        )
    ]


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
                    hint="Publish it at the desk, or with save_revision().publish().",
                    id="site_core.W001",
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
            id="site_core.W002",
        )
        for alias in databases or []
        if ledger_is_there(alias) and not ledger_is_protected(alias)
    ]
