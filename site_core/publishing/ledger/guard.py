"""Triggers with which the database itself refuses to change or delete a row of the ledger.

They are created again after every migrate, because SQLite drops them when a migration remakes the table. On PostgreSQL
the owner of the table can drop them. So in production the processes have another role, which may read and add rows.
"""

from django.db import connections

from site_core.publishing.ledger.publications import Publication

TABLE = Publication._meta.db_table
REFUSAL = "Rows of the ledger of publications are never changed or deleted."
FUNCTION = f"{TABLE}_refuse"
_BODY = f" BEGIN RAISE EXCEPTION '{REFUSAL}'; END "
# “BEFORE” and the event, in the bits of pg_trigger.tgtype; those for each row have one more.
_TRIGGER_TYPES = {"UPDATE": 19, "DELETE": 11, "TRUNCATE": 34}
_POSTGRESQL_TRIGGERS = """
    SELECT tgname, tgtype, proname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A') AND tgqual IS NULL AND tgattr = ''
"""
_GRANTED = """
    SELECT DISTINCT quote_ident(rolname) FROM pg_class, aclexplode(relacl), pg_roles
    WHERE pg_class.oid = %s::regclass AND pg_roles.oid = grantee AND grantee <> relowner
"""
EVENTS = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}


def ledger_is_there(using: str = "default") -> bool:
    """Whether the table exists: not before its migration, nor after that was reversed."""
    return TABLE in connections[using].introspection.table_names()


def protect_ledger(using: str = "default") -> None:
    """Create the triggers, replace those that exist, and leave other roles only the rights to read and add rows."""
    vendor = connections[using].vendor
    unprotect_ledger(using)
    with connections[using].cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute(f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$")
            cursor.execute(_GRANTED, [TABLE])
            for (role,) in cursor.fetchall():
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON {TABLE} FROM {role}")
        for event in EVENTS[vendor]:
            cursor.execute(_trigger(vendor, event))


def unprotect_ledger(using: str = "default") -> None:
    """Drop the triggers. Only the flush of a test and the erasure of personal data may call this."""
    vendor = connections[using].vendor
    on_table = f" ON {TABLE}" if vendor == "postgresql" else ""
    with connections[using].cursor() as cursor:
        for event in EVENTS[vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(event)}{on_table}")


def ledger_is_protected(using: str = "default") -> bool:
    """Whether every trigger exists as it was created, is enabled and refuses."""
    vendor = connections[using].vendor
    with connections[using].cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute(_POSTGRESQL_TRIGGERS, [TABLE])
            return set(cursor.fetchall()) >= {
                (_name(event), _TRIGGER_TYPES[event], FUNCTION, _BODY) for event in EVENTS[vendor]
            }
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        statements = {sql for (sql,) in cursor.fetchall()}
        # Without this setting, “INSERT OR REPLACE” deletes a row past the triggers.
        cursor.execute("PRAGMA recursive_triggers")
        return bool(cursor.fetchone()[0]) and statements >= {_trigger(vendor, event) for event in EVENTS[vendor]}


def is_owner_of_ledger(using: str = "default") -> bool:
    """Whether the role of this process may drop the triggers. SQLite has no roles."""
    if connections[using].vendor == "sqlite":
        return True
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = %s::regclass", [TABLE])
        return bool(cursor.fetchone()[0])


def _name(event: str) -> str:
    return f"{TABLE}_no_{event.lower()}"


def _trigger(vendor: str, event: str) -> str:
    if vendor == "sqlite":
        return f"CREATE TRIGGER {_name(event)} BEFORE {event} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    scope = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return f"CREATE TRIGGER {_name(event)} BEFORE {event} ON {TABLE} FOR EACH {scope} EXECUTE FUNCTION {FUNCTION}()"
