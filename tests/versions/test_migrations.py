"""Migrations suit the code before them, so that an upgrade can be taken back, and two versions can run side by side.

In a rolling restart the earlier version runs on the migrated database, and after a rollback it does so for days.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from tests.versions.changelog import numbered, version_of_the_code, versions

pytestmark = pytest.mark.unit

# The attribute of a migration that drops something: the last version whose code uses it, such as “0.3.0”.
DECLARED = "last_used_in"
# Migrations up to 0.3.0, which is the first version that one can go back to.
BEFORE_THE_RULE = {
    *("home.0003_searches_by_digest", "publishing.0002_ledger_chain", "publishing.0004_emails_about_ones_own"),
    *("news.0003_names_asked_for", "strategies.0004_a_new_strategy_makes_its_tag"),
}
DROPS = (
    *(operations.RemoveField, operations.RenameField, operations.DeleteModel, operations.RenameModel),
    *(operations.AlterModelTable,),
)
CONSTRAINS = (operations.AddConstraint, operations.AlterUniqueTogether)


def faults_of(migration: Migration, before: ProjectState) -> Iterator[str]:
    """What the code before a migration could not live with. `before` is the state, which moves on."""
    created: set[str] = set()
    for operation in migration.operations:
        after = before.clone()
        operation.state_forwards(migration.app_label, after)
        if isinstance(operation, operations.CreateModel):
            created.add(operation.name_lower)
        elif getattr(operation, "model_name_lower", "") not in created:
            yield from _faults(migration, operation, before, after)
        before = after


def _faults(migration: Migration, operation: Operation, before: ProjectState, after: ProjectState) -> Iterator[str]:
    what = operation.describe()
    if isinstance(operation, DROPS) and not _is_unused_by_the_version_before(migration):
        yield f"{what}: the version before still uses it. Drop it two versions later, and declare {DECLARED}."
    elif isinstance(operation, CONSTRAINS):
        yield f"{what}: the version before may write what this refuses."
    elif isinstance(operation, operations.AddField) and not _may_be_left_out(operation.field):
        yield f"{what}: the version before does not fill it. Let it be null, or give it a db_default."
    elif isinstance(operation, operations.AlterField):
        old, new = (_field(state, migration.app_label, operation) for state in (before, after))
        if old.null and not _may_be_left_out(new):
            yield f"{what}: the version before may leave it empty."
        if not _holds_the_same(old, new):
            yield f"{what}: the version before stores values of another type, or longer ones."


def _is_unused_by_the_version_before(migration: Migration) -> bool:
    declared = getattr(migration, DECLARED, "")
    return bool(declared) and numbered(declared) < versions()[1].number


def _may_be_left_out(field: Any) -> bool:
    return bool(field.null or field.has_db_default() or field.many_to_many or field.generated)


def _holds_the_same(old: Any, new: Any) -> bool:
    if old.is_relation or new.is_relation:
        return bool(old.deconstruct()[1] == new.deconstruct()[1] and old.remote_field.model == new.remote_field.model)
    if isinstance(old, models.CharField) and isinstance(new, models.CharField | models.TextField):
        return new.max_length is None or (old.max_length is not None and old.max_length <= new.max_length)
    return bool(old.db_type(connection) == new.db_type(connection))


def _field(state: ProjectState, app: str, operation: operations.AlterField) -> Any:
    return state.models[app, operation.model_name_lower].fields[operation.name]


def faults() -> dict[str, list[str]]:
    """By migration, of all migrations of ours after the first of an app."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {label.rpartition(".")[2] for label in settings.INSTALLED_APPS if _is_ours(label)}
    state, found = ProjectState(), dict[str, list[str]]()
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        migration = loader.graph.nodes[key]
        if key[0] in ours and not migration.initial:
            found[f"{key[0]}.{key[1]}"] = list(faults_of(migration, state.clone()))
        state = migration.mutate_state(state, preserve=False)
    return {name: wrong for name, wrong in found.items() if wrong}


def _is_ours(label: str) -> bool:
    return (settings.BASE_DIR / label.replace(".", "/")).is_dir()


def test_every_migration_suits_the_code_before_it() -> None:
    found = faults()
    assert {name: wrong for name, wrong in found.items() if name not in BEFORE_THE_RULE} == {}
    assert BEFORE_THE_RULE - found.keys() == set()


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (operations.AddField("Item", "new", models.CharField(max_length=5, default="")), "does not fill it"),
        (operations.AddField("Item", "new", models.CharField(max_length=5, db_default="")), ""),
        (operations.AddField("Item", "new", models.CharField(max_length=5, null=True)), ""),
        (operations.RemoveField("Item", "name"), "still uses it"),
        (operations.RenameField("Item", "name", "title"), "still uses it"),
        (operations.DeleteModel("Item"), "still uses it"),
        (operations.AlterField("Item", "name", models.CharField(max_length=9, null=True)), "or longer ones"),
        (operations.AlterField("Item", "name", models.CharField(max_length=10)), "may leave it empty"),
        (operations.AlterField("Item", "name", models.IntegerField(null=True)), "another type"),
        (operations.AlterField("Item", "name", models.CharField("A name", max_length=11, null=True)), ""),
        (
            operations.AddConstraint("Item", models.UniqueConstraint(fields=["name"], name="one_name")),
            "may write what this refuses",
        ),
    ],
)
def test_what_does_not_is_named(operation: Operation, words: str) -> None:
    state = ProjectState()
    name = models.CharField(max_length=10, null=True)
    operations.CreateModel("Item", [("id", models.AutoField(primary_key=True)), ("name", name)]).state_forwards(
        "example", state
    )
    migration = type("Example", (Migration,), {"operations": [operation]})("0002_example", "example")
    assert [words in fault for fault in faults_of(migration, state)] == ([True] if words else [])


def test_what_the_version_before_does_not_use_may_be_dropped() -> None:
    migration = Migration("0002_example", "example")
    setattr(migration, DECLARED, "0.0.1")
    assert _is_unused_by_the_version_before(migration)
    setattr(migration, DECLARED, ".".join(map(str, versions()[1].number)))
    assert not _is_unused_by_the_version_before(migration)


def test_the_changelog_tells_of_the_version_of_the_code() -> None:
    told_of = versions()
    assert told_of[0].number == numbered(version_of_the_code())
    assert told_of == sorted(told_of, reverse=True)
    assert len({version.number for version in told_of}) == len(told_of)
