"""What must stand whenever the site runs, brought up to date after every migrate."""

from django.conf import settings
from django.db import connections, transaction
from wagtail.models import Page, Site

from site_core.publishing.ledger.guard import ledger_is_there, protect_ledger
from site_core.publishing.ledger.recording import open_ledger
from site_core.roles import sync_roles


def bring_up_to_date(using: str = "default") -> None:
    """Roles and workflow, the Site row, the index that finds due expiries, and the ledger with its triggers.

    Left alone after a migrate that stops before the ledger's own migration, or takes it back.
    """
    if not ledger_is_there(using):
        return
    with transaction.atomic(using=using):
        sync_roles()
        sync_site_row()
        ensure_expiry_index(using)
        protect_ledger(using)
        open_ledger()


def sync_site_row() -> None:
    """Give the default site the host and port of PUBLIC_URL."""
    address = settings.PUBLIC_ADDRESS
    Site.objects.filter(is_default_site=True).update(
        hostname=address.host, port=address.port, site_name=settings.WAGTAIL_SITE_NAME
    )
    Site.clear_site_root_paths_cache()


def ensure_expiry_index(using: str = "default") -> None:
    """Wagtail has no index on a page's expiry, and the runner asks for it every second.

    It is made here and not in a migration, because SQLite loses it whenever one of Wagtail's own migrations remakes
    the table.
    """
    table = Page._meta.db_table
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS {table}_expire_at ON {table} (expire_at) WHERE expire_at IS NOT NULL"
        )
