"""What must stand whenever the site runs, brought up to date after every migrate."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from wagtail.models import Page, Site

from site_core.accounts.roles import sync_roles
from site_core.publishing.ledger.guard import ledger_is_there, protect_ledger
from site_core.publishing.ledger.recording import open_ledger
from site_core.publishing.review.workflow import sync_workflow


def after_last_app(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Run what must stand after every migrate, once."""
    # The signal is not sent for apps without models.
    if sender is [config for config in apps.get_app_configs() if config.models_module][-1]:
        bring_up_to_date(using)


def bring_up_to_date(using: str = "default") -> None:
    """The cache's table, roles and workflow, the Site row, indexes of pages, and the ledger with its triggers.

    Left alone after a migrate that stops before the ledger's own migration, or takes it back.
    """
    if not ledger_is_there(using):
        return
    call_command("createcachetable", database=using, verbosity=0)
    with transaction.atomic(using=using):
        sync_roles()
        sync_workflow()
        sync_site_row()
        ensure_page_indexes(using)
        protect_ledger(using)
        open_ledger()


def sync_site_row() -> None:
    """Give the default site the host and port of PUBLIC_URL. Where it has them, stored pages outlive the restart."""
    address = settings.SITE_URL
    row = {"hostname": address.host, "port": address.port, "site_name": settings.WAGTAIL_SITE_NAME}
    Site.objects.filter(is_default_site=True).exclude(**row).update(**row)
    Site.clear_site_root_paths_cache()


def ensure_page_indexes(using: str = "default") -> None:
    """Wagtail has no index on a page's expiry, which the runner asks for every second, nor on its first publishing.

    They are made here and not in a migration, because SQLite loses them whenever one of Wagtail's own migrations
    remakes the table.
    """
    table = Page._meta.db_table
    with connections[using].cursor() as cursor:
        for column in ("expire_at", "first_published_at"):
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {table}_{column} ON {table} ({column}) WHERE {column} IS NOT NULL"
            )
