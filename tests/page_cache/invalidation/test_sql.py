"""What is parsed from a statement. A statement that is not understood never counts as harmless."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_core.page_cache.invalidation.sql import Write, is_read_only, parse_write

READING = [
    "SELECT 1",
    "  select 1",
    "(SELECT a FROM b) UNION ALL (SELECT a FROM c)",
    "SELECT a FROM b FOR UPDATE",
    "SELECT a FROM b;",
    "WITH RECURSIVE a AS (SELECT 1) SELECT * FROM a FOR NO KEY UPDATE",
    "EXPLAIN SELECT 1",
    "VALUES (%s)",
    "PRAGMA foreign_keys",
    "BEGIN IMMEDIATE",
    "SAVEPOINT a",
    "ROLLBACK TO SAVEPOINT a",
    "RELEASE SAVEPOINT a",
    "SET CONSTRAINTS ALL IMMEDIATE",
    "LISTEN a",
    "CREATE INDEX CONCURRENTLY a ON b (c)",
    "ALTER TABLE a ADD COLUMN b integer",
    "CREATE TRIGGER a BEFORE UPDATE ON b FOR EACH ROW EXECUTE FUNCTION c()",
    "VACUUM",
]
WRITING = [
    "INSERT INTO a (b) VALUES (1)",
    "\n  update a set b = 1",
    "DELETE FROM a",
    "TRUNCATE a",
    "REPLACE INTO a VALUES (1)",
    "MERGE INTO a USING b ON c WHEN MATCHED THEN DELETE",
    "WITH a AS (SELECT 1) UPDATE b SET c = 1",
    "with a as (delete from b returning c) select * from a",
    "SELECT 1; DELETE FROM a",
    "SELECT 1 ;\nupdate a set b = 1",
    "EXPLAIN ANALYZE DELETE FROM a",
    "BEGIN; INSERT INTO a VALUES (1); COMMIT",
    "CREATE TRIGGER a BEFORE UPDATE ON b BEGIN DELETE FROM c; END",
    "COPY a FROM STDIN",
    "CALL a()",
    "DO $$ BEGIN END $$",
    "-- a comment\nSELECT 1",
    "",
]


def written(sql: str, *parameters: Any) -> Write:
    found = parse_write(sql, parameters)
    assert found
    return found


@pytest.mark.parametrize("sql", READING)
def test_a_statement_that_changes_no_row_is_read_only(sql: str) -> None:
    assert is_read_only(sql)


@pytest.mark.parametrize("sql", WRITING)
def test_every_other_statement_may_write(sql: str) -> None:
    assert not is_read_only(sql)


def test_sql_that_is_no_string_may_write() -> None:
    composed: Any = b"SELECT 1"
    assert not is_read_only(composed)
    assert parse_write(composed, ()) is None


def test_a_new_row() -> None:
    found = written('INSERT INTO "a" ("id", "live") VALUES (%s, %s) RETURNING "a"."id"', 5, True)
    assert (found.table, found.inserts, found.condition) == ("a", True, None)
    assert found.values == {"id": (5,), "live": (True,)}


def test_several_new_rows() -> None:
    found = written('INSERT INTO "a" ("id", "live") VALUES (%s, %s), (%s, %s)', 5, True, 6, False)
    assert found.values == {"id": (5, 6), "live": (True, False)}
    assert written('INSERT OR IGNORE INTO "a" ("id") VALUES (%s)', 5).values == {"id": (5,)}


@pytest.mark.parametrize(
    "sql",
    [
        # What Django writes for several rows on PostgreSQL.
        'INSERT INTO "a" ("id", "live") SELECT * FROM UNNEST((%s)::integer[], (%s)::boolean[]) RETURNING "a"."id"',
        'INSERT INTO "a" ("id", "live") VALUES (%s, NULL)',
        'INSERT INTO "a" ("id", "live") VALUES (%s, %s) ON CONFLICT("id") DO UPDATE SET "live" = EXCLUDED."live"',
        'INSERT INTO "a" ("id", "live") SELECT id, live FROM b WHERE c = %s',
        "INSERT INTO a (id, live)\n(VALUES (%s, to_tsvector(%s)))\nON CONFLICT (id) DO NOTHING",
    ],
)
def test_an_insert_without_plain_values_has_only_its_table_and_columns(sql: str) -> None:
    found = written(sql, [5, 6], [True, False])
    assert (found.table, found.inserts, found.values) == ("a", True, {"id": None, "live": None})


def test_an_update() -> None:
    found = written('UPDATE "a" SET "b" = %s, "c" = NULL, "d" = %s WHERE "a"."id" = %s', 1, 2, 3)
    assert (found.table, found.inserts) == ("a", False)
    assert found.values == {"b": (1,), "c": None, "d": (2,)}
    assert (found.condition, found.parameters) == (' "a"."id" = %s', (3,))


def test_commas_conditions_and_parameters_inside_parentheses_stay_there() -> None:
    found = written(
        'UPDATE "a" SET "b" = COALESCE((SELECT "c" FROM "d" WHERE "e" = %s), %s), "f" = %s WHERE ("g" IN (%s, %s))',
        *range(5),
    )
    assert found.values == {"b": None, "f": (2,)}
    assert found.parameters == (3, 4)


def test_quoted_text_is_skipped() -> None:
    found = written("""UPDATE a SET b = 'c, d = 1 WHERE (', "e" = '''' WHERE f = %s""", 1)
    assert found.values == {"b": None, "e": None}
    assert found.parameters == (1,)
    escaped = written(r"""UPDATE "a" SET "b" = %s WHERE "c" LIKE '%%x\%%' || %s ESCAPE '\'""", 1, 2)
    assert (escaped.values, escaped.parameters) == ({"b": (1,)}, (2,))


def test_a_deletion() -> None:
    found = written('DELETE FROM "a" WHERE "a"."id" IN (%s, %s)', 1, 2)
    assert (found.table, found.inserts, found.values) == ("a", False, {})
    assert (found.condition, found.parameters) == ('"a"."id" IN (%s, %s)', (1, 2))


@pytest.mark.parametrize(
    "sql",
    [
        'DELETE FROM "a"',
        'UPDATE "a" SET "b" = %s',
        'UPDATE "a" SET "b" = %s WHERE "c" = %s RETURNING "d"',
        'DELETE FROM "a" WHERE "c" = %s ORDER BY "d" LIMIT 1',
    ],
)
def test_a_condition_that_cannot_be_queried_is_left_out(sql: str) -> None:
    found = written(sql, 1, 2)
    assert (found.table, found.condition, found.parameters) == ("a", None, None)


def test_a_statement_for_executemany_has_only_its_table_and_columns() -> None:
    update = parse_write('UPDATE "a" SET "b" = %s WHERE "c" = %s', None)
    assert update == Write("a", False, {"b": None})
    insert = parse_write('INSERT INTO "a" ("b") VALUES (%s)', None)
    assert insert == Write("a", True, {"b": None})


def test_sql_without_parameters_keeps_its_condition() -> None:
    assert parse_write("delete from A where b = 1 and c like 'x%'", None) == Write(
        "a", False, {}, "b = 1 and c like 'x%'"
    )


@pytest.mark.parametrize(
    "sql",
    [
        'UPDATE "a" AS "b" SET "c" = %s',
        'UPDATE "public"."a" SET "c" = %s',
        'UPDATE "a" SET ("b", "c") = (%s, %s)',
        'UPDATE OR REPLACE "a" SET "b" = %s',
        'INSERT OR REPLACE INTO "a" ("id", "live") VALUES (%s, %s)',
        'INSERT INTO "a" VALUES (%s, %s)',
        'UPDATE "a" SET "b" = %s FROM "c" WHERE "d" = %s',
        'DELETE FROM "a" USING "b" WHERE "c" = %s',
        'DELETE FROM "a" WHERE "b" = %s; DELETE FROM "c"',
        'UPDATE "a" SET "b" = %s /* WHERE */ WHERE "c" = %s',
        'UPDATE "a" SET "b" = %s -- , "c" = 1\n WHERE "c" = %s',
        "UPDATE a SET b = $$ WHERE $$ WHERE c = %s",
        r"UPDATE a SET b = E'\'', c = 1 WHERE d = %s",
        "WITH a AS (SELECT 1) DELETE FROM b WHERE c = %s",
        "TRUNCATE a",
        "MERGE INTO a USING b ON c WHEN MATCHED THEN DELETE",
    ],
)
def test_a_statement_that_is_not_understood_has_no_result(sql: str) -> None:
    assert parse_write(sql, (1, 2)) is None


def test_named_parameters_are_not_understood() -> None:
    named: Any = {"b": 1}
    assert parse_write("UPDATE a SET b = %(b)s", named) is None


COLUMNS = st.sampled_from(["live", "title", "numchild", "draft_title", "locked"])
VALUES = st.sampled_from(
    [
        ("%s", 1),
        ("NULL", 0),
        ("'a, \"title\" = 1 WHERE ('", 0),
        ('("a"."numchild" + %s)', 1),
        ("GREATEST((numchild - %s), %s)", 2),
        ('(SELECT U0."b" FROM "c" U0 WHERE (U0."d" = %s AND U0."e" IN (%s, %s)))', 3),
        ("CASE WHEN (id = %s) THEN %s ELSE NULL END", 2),
        ("REPLACE(title, '%%s', %s)", 1),
    ]
)
CONDITIONS = st.sampled_from([('"a"."id" = %s', 1), ("id IN (%s, %s)", 2), ("(path LIKE %s AND NOT (id = %s))", 2)])


@given(st.lists(st.tuples(COLUMNS, VALUES), min_size=1, max_size=5, unique_by=lambda one: one[0]), CONDITIONS)
def test_every_column_and_every_parameter_is_found(
    assignments: list[tuple[str, tuple[str, int]]], condition: tuple[str, int]
) -> None:
    texts = [f'"{column}" = {value}' for column, (value, _) in assignments]
    number = sum(places for _, (_, places) in assignments)
    parameters = range(number + condition[1])
    found = written(f'UPDATE "a" SET {", ".join(texts)} WHERE {condition[0]}', *parameters)  # noqa: S608
    assert list(found.values) == [column for column, _ in assignments]
    assert found.parameters == tuple(parameters[number:])
    place = 0
    for column, (value, places) in assignments:
        assert found.values[column] == ((place,) if value == "%s" else None)
        place += places


@given(st.text(alphabet="abUPDATESRWH \"'(),=%s;-*/$\n", max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    for before in ("", 'UPDATE "a" SET ', 'INSERT INTO "a" ("b") ', 'DELETE FROM "a" WHERE '):
        sql = before + text
        is_read_only(sql)
        for parameters in (None, (), (1,), (1, 2)):
            parse_write(sql, parameters)
