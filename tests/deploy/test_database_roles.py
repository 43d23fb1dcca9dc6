"""The web processes cannot change what the ledger has recorded, nor what protects it; the owner of the tables can."""

import subprocess

import psycopg
import pytest

from site_core.publishing.ledger.guard import FUNCTION, TABLE
from tests.deploy.prepared_site import OWNER, WEB, manage
from tests.deploy.running_deployment import Deployment

REFUSED = (
    f"UPDATE {TABLE} SET title = 'Another'",  # noqa: S608
    f"DELETE FROM {TABLE}",  # noqa: S608
    f"TRUNCATE {TABLE}",
    f"LOCK TABLE {TABLE} IN EXCLUSIVE MODE",
    f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL",
    f"ALTER TABLE {TABLE} OWNER TO {WEB}",
    f"DROP TRIGGER {TABLE}_no_update ON {TABLE}",
    f"CREATE TRIGGER a BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
    f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    f"DROP FUNCTION {FUNCTION} CASCADE",
    f"DROP TABLE {TABLE}",
    "CREATE TABLE another (id int)",
    "SET session_replication_role = replica",
    f"SET ROLE {OWNER}",
)
WARNED = """
from site_core.publishing.checks import check_ledger_owner
print([message.id for message in check_ledger_owner(None, databases=["default"])])
"""


@pytest.mark.parametrize("statement", REFUSED)
def test_the_web_role_cannot_change_the_ledger(deployment: Deployment, statement: str) -> None:
    address = deployment.environments[1]["DATABASE_URL"]
    with psycopg.connect(address) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def test_only_the_owner_is_warned_of_and_may_erase(deployment: Deployment) -> None:
    web, owner = deployment.environments[1], deployment.owner_environment
    said = [manage(variables, "shell", "--verbosity", "0", "--command", WARNED).strip() for variables in (web, owner)]
    assert said == ["[]", "['publishing.W003']"]
    erase = ("erase_from_ledger", "Nobody of this name", "--erase", "An example.")
    with pytest.raises(subprocess.CalledProcessError):
        manage(web, *erase)
    assert manage(owner, *erase) == "Erased from 0 rows.\n"
