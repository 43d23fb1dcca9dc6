"""What every deployment of a test starts from, made once: a database with the content, and collected static files."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from tests.deploy.deploy_files import FILES, commands_of, example_environment
from tests.postgresql import Server, own_server

# The names in deploy/database.sql.
PREPARED, OWNER, WEB = "nnsc", "nnsc_owner", "nnsc"
INHERITED = ("PATH", "LANG", "TMPDIR", "HOME")


@dataclass(frozen=True)
class PreparedSite:
    """A server with a database to copy, and a folder of static files."""

    database: Server
    static: Path


def environment(database: str, state: Path, **more: str) -> dict[str, str]:
    """The variables of deploy/environment.example, with the values of this machine, and no others of ours."""
    inherited = {name: value for name, value in os.environ.items() if name in INHERITED}
    changed = {
        "DATABASE_URL": database,
        "STATE_DIR": str(state),
        "SECRET_KEY": "for tests only, and long enough for any check that may look at its length",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "PUBLIC_URL": "https://localhost",
        "EMAIL_URL": "dummymail://",
        "OUTGOING_REQUESTS": "off",
    }
    return inherited | example_environment() | changed | more


def manage(variables: dict[str, str], *arguments: str, version: Path | None = None) -> str:
    """What a management command prints, of this version or of the one in a folder."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=version or settings.BASE_DIR,
        env=variables,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def make_database(server: Server) -> str:
    """Run deploy/database.sql as a superuser. Returns the database's address for its owner."""
    passwords = {"OWNER_PASSWORD": "an example", "WEB_PASSWORD": "another"}
    psql = [str(server.binaries / "psql"), "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={server.address}"]
    subprocess.run([*psql, f"--file={FILES / 'database.sql'}"], env=os.environ | passwords, check=True)
    return as_role(urlunsplit(urlsplit(server.address)._replace(path=f"/{PREPARED}")), OWNER)


def as_role(address: str, role: str) -> str:
    """The address of a database for another role."""
    return urlunsplit(urlsplit(address)._replace(netloc=f"{role}@"))


@contextmanager
def prepared_site() -> Iterator[PreparedSite]:
    """What nnsc-prepare.service does, the two halves side by side."""
    with own_server() as database, tempfile.TemporaryDirectory(prefix="nnsc-prepared-") as name:
        folder = Path(name)
        # nginx runs as somebody else and has to get at the static files.
        folder.chmod(0o755)
        site = PreparedSite(database, folder / "static")
        variables = environment(make_database(database), folder)
        migrating, loading, collecting = commands_of("nnsc-prepare.service")
        with subprocess.Popen(collecting, cwd=settings.BASE_DIR, env=variables, stdout=subprocess.DEVNULL) as process:
            for command in (migrating, loading):
                subprocess.run(command, cwd=settings.BASE_DIR, env=variables, stdout=subprocess.DEVNULL, check=True)
            assert process.wait() == 0
        yield site
