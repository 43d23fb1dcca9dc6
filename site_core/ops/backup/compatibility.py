"""Whether a database, the code and a backup are of one version, by the migrations that each has."""

from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from site_core.ops.backup.error import BackupError
from site_core.ops.backup.manifest import Manifest


def require_current() -> None:
    """Raises BackupError unless every migration of this code is applied to the database."""
    loader = MigrationLoader(connection)
    if not set(loader.graph.leaf_nodes()) <= loader.applied_migrations.keys():
        raise BackupError(
            "The database is not migrated to this version of the code: run “manage.py migrate” first, or use the "
            "version that the database belongs to."
        )


def migrations_of_database() -> tuple[tuple[str, str], ...]:
    """The migrations that are applied. Those that no code has any more say nothing."""
    loader = MigrationLoader(connection)
    return tuple(sorted(loader.applied_migrations.keys() & loader.disk_migrations.keys()))


def is_of_this_version(manifest: Manifest) -> bool:
    """False for a backup of an earlier version, which can be migrated. Raises BackupError for any other version."""
    loader = MigrationLoader(None)
    if unknown := set(manifest.migrations) - loader.disk_migrations.keys():
        named = ", ".join(sorted(".".join(one) for one in unknown)[:3])
        raise BackupError(
            f"The backup was made by another version of the code, with migrations that this one lacks ({named}): "
            "restore it with that version."
        )
    return set(loader.graph.leaf_nodes()) <= set(manifest.migrations)


def last_migrations(manifest: Manifest) -> list[tuple[str, str]]:
    """The last migration of each app that the backup has."""
    graph = MigrationLoader(None).graph
    nodes = graph.nodes.keys() & set(manifest.migrations)
    return sorted(node for node in nodes if not nodes & {child.key for child in _next(graph.node_map[node])})


def _next(node: Any) -> list[Any]:
    """The migrations of the same app that depend on one."""
    return [child for child in node.children if child.key[0] == node.key[0]]
