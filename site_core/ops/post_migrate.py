"""What the site needs in the database besides its tables. It is brought up to date after every migrate."""

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from wagtail.models import Page, Site

from site_core.accounts.roles import sync_roles
from site_core.ops.plain_names import name_plainly
from site_core.publishing.ledger.guard import ledger_is_there, protect_ledger
from site_core.publishing.ledger.recording import open_ledger
from site_core.publishing.review.workflow import sync_workflow


def after_last_app(sender: AppConfig, using: str, **kwargs: object) -> None:
    """Brings the database up to date once, after the post_migrate signal of the last app."""
    # Django does not send the signal for apps without models.
    if sender is [config for config in apps.get_app_configs() if config.models_module][-1]:
        bring_up_to_date(using)


def bring_up_to_date(using: str = "default") -> None:
    """Updates the cache table, roles, workflow, Site row, names and page indexes, and the ledger with its triggers.

    Does nothing after a migrate that stops before the ledger's migration or reverses it.
    """
    if not ledger_is_there(using):
        return
    call_command("createcachetable", database=using, verbosity=0)
    with transaction.atomic(using=using):
        sync_roles()
        sync_workflow()
        sync_site_row()
        name_plainly()
        ensure_page_indexes(using)
        protect_ledger(using)
        open_ledger()


def sync_site_row() -> None:
    """Sets the host and port of PUBLIC_URL on the default site.

    Writes only if they differ, because a write would invalidate the stored pages.
    """
    url = settings.SITE_URL
    row = {"hostname": url.host, "port": url.port, "site_name": settings.WAGTAIL_SITE_NAME}
    Site.objects.filter(is_default_site=True).exclude(**row).update(**row)
    Site.clear_site_root_paths_cache()


def ensure_page_indexes(using: str = "default") -> None:
    """Creates indexes of pages by expiry, which the runner queries every second, by first publication and for menus.

    They are not in a migration, because SQLite drops them whenever a migration of Wagtail rebuilds the table.
    """
    table = Page._meta.db_table
    with connections[using].cursor() as cursor:
        for column in ("expire_at", "first_published_at"):
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {table}_{column} ON {table} ({column}) WHERE {column} IS NOT NULL"
            )
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {table}_in_menus ON {table} (depth, path) WHERE show_in_menus")
