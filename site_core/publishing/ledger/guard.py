"""Triggers with which the database itself refuses to change or delete a row of the ledger.

They are created again after every migrate, because SQLite drops them when a migration remakes the table.
"""

from django.db import connections

from site_core.publishing.ledger.publications import Publication

TABLE = Publication._meta.db_table
REFUSAL = "Rows of the ledger of publications are never changed or deleted."
FUNCTION = f"{TABLE}_refuse"
EVENTS = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}


def ledger_is_there(using: str = "default") -> bool:
    """Whether the table exists: not before its migration, nor after that was reversed."""
    return TABLE in connections[using].introspection.table_names()


def protect_ledger(using: str = "default") -> None:
    """Create the triggers, and replace those that exist."""
    vendor = connections[using].vendor
    unprotect_ledger(using)
    with connections[using].cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql "
                f"AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
            )
        for event in EVENTS[vendor]:
            cursor.execute(_trigger(vendor, event))


def unprotect_ledger(using: str = "default") -> None:
    """Drop the triggers. Only the flush of a test may call this."""
    vendor = connections[using].vendor
    on_table = f" ON {TABLE}" if vendor == "postgresql" else ""
    with connections[using].cursor() as cursor:
        for event in EVENTS[vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(event)}{on_table}")


def ledger_is_protected(using: str = "default") -> bool:
    """Whether every trigger exists and is enabled."""
    vendor = connections[using].vendor
    with connections[using].cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'", [TABLE])
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        found = {name for (name,) in cursor.fetchall()}
    return found >= {_name(event) for event in EVENTS[vendor]}


def _name(event: str) -> str:
    return f"{TABLE}_no_{event.lower()}"


def _trigger(vendor: str, event: str) -> str:
    if vendor == "sqlite":
        return f"CREATE TRIGGER {_name(event)} BEFORE {event} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    scope = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return f"CREATE TRIGGER {_name(event)} BEFORE {event} ON {TABLE} FOR EACH {scope} EXECUTE FUNCTION {FUNCTION}()"
