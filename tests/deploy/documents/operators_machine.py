"""A folder that stands for the machine of somebody who carries out the steps of docs/operations.md.

Commands are run as they stand in the text, with three differences: the machine's folders are in this one, its ports
are free ones, and where a program would change this machine another stands in for it (`stand_ins/`, and below).
"""

import http.client
import os
import re
import shlex
import ssl
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from tests.deploy.deploy_files import copy_version, example_environment, replaced
from tests.deploy.prepared_site import OWNER, PREPARED, WEB, as_role
from tests.deploy.running_deployment import HOST, PATIENCE, Answer
from tests.postgresql import Server
from tests.running_site import free_port

FOLDERS = (
    *("/srv/nnsc", "/etc/nnsc", "/etc/nginx", "/etc/systemd/system", "/run/nnsc", "/mnt/elsewhere", "/etc/prometheus"),
    *("/var/lib/nnsc", "/var/lib/nginx", "/var/log/nginx", "/var/www/html"),
)
PASSWORDS = "an example\nanother\n"
# What would change this machine, and is no part of the site.
DO_NOTHING = ("adduser", "apt-get")
MODULES = ("certbot", "python3", "systemctl", "systemd-run", "pip")
# What a person does where the text says so.
BY_A_PERSON = {
    "# then fill it in": "&& cp $ROOT/filled-in-environment /etc/nnsc/environment",
    "# and this": "&& cp $ROOT/filled-in-owner /etc/nnsc/owner",
}


class OperatorsMachine:
    """The folder, with a copy of this version in /srv/nnsc and a PostgreSQL that nobody else uses."""

    def __init__(self, root: Path, database: Server) -> None:
        self.root = root
        self.database = database
        self.ports = {name: str(free_port()) for name in ("80", "443", "8001", "8002")}
        for folder in (*FOLDERS, "/bin", "/run", "/var/log"):
            self.path(folder).mkdir(parents=True, exist_ok=True)
        self._copy_version()
        self._write_programs()
        self._fill_in()

    def path(self, path: str) -> Path:
        """Where something of the machine is."""
        return self.root / path.removeprefix("/")

    def run(self, commands: str, answers: str = "", placeholders: Mapping[str, str] | None = None) -> str:
        """Carry out steps, and return what they print. `placeholders` are words of the text that stand for others."""
        for sign, act in BY_A_PERSON.items():
            commands = commands.replace(sign, act)
        translated = self._translated(replaced(commands, dict(placeholders or {})))
        variables = {
            "PATH": f"{self.path('/bin')}:{os.environ['PATH']}",
            "ROOT": str(self.root),
            "ANSWERS": answers,
            "HOME": str(self.root),
        }
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", translated],
            cwd=self.path("/srv/nnsc"),
            env=variables,
            input=PASSWORDS,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{translated}\n{done.stdout}\n{done.stderr}\n{self.logs()}"
        return done.stdout

    def for_the_site(
        self, command: str, run_like: str, placeholders: Mapping[str, str] | None = None, *, as_owner: bool = False
    ) -> str:
        """A command for the site, run like the one of the text that shows how that is done."""
        shown = run_like.partition(".venv/bin/python")[0]
        owner = "--property EnvironmentFile=/etc/nnsc/owner " if as_owner else ""
        return self.run(f"{shown}{owner}{command}", placeholders=placeholders)

    def get(self, path: str, app: str = "8001") -> Answer:
        """What a web process answers to nginx."""
        headers = {"Host": f"localhost:{self.ports['443']}", "X-Forwarded-Proto": "https"}
        return _answer(http.client.HTTPConnection(HOST, int(self.ports[app]), timeout=PATIENCE), path, headers)

    def get_by_nginx(self, path: str) -> Answer:
        """What a visitor gets, whose browser trusts the certificate."""
        trust = ssl.create_default_context(cafile=self.path("/etc/nnsc/tls/fullchain.pem"))
        connection = http.client.HTTPSConnection("localhost", int(self.ports["443"]), timeout=PATIENCE, context=trust)
        return _answer(connection, path, {})

    def new_database(self) -> None:
        """What a new machine has: the roles and an empty database, as deploy/database.sql makes it."""
        address = self.database.new_database(PREPARED, "template0", OWNER)
        sql = self.path("/srv/nnsc/deploy/database.sql").read_text().splitlines()
        rights = [f"--command={line}" for line in sql if line.startswith("ALTER DEFAULT")]
        psql = [str(self.database.binaries / "psql"), "--quiet", f"--dbname={address}"]
        subprocess.run([*psql, *rights], check=True)

    def stop(self) -> None:
        self.run("systemctl stop '*'")

    def logs(self) -> str:
        return "\n".join(file.read_text()[-2000:] for file in self.path("/var/log").glob("*.log"))

    def _translated(self, text: str) -> str:
        """With folders and ports of this machine's own."""
        folders = "|".join(map(re.escape, FOLDERS))
        text = re.sub(rf"(?<![\w.}}])(?={folders})", str(self.root), text)
        return re.sub(r"\b(8001|8002)\b", lambda port: self.ports[port[1]], text)

    def _copy_version(self) -> None:
        copy_version(self.path("/srv/nnsc"))
        deploy = self.path("/srv/nnsc/deploy")
        for file in (*deploy.glob("systemd/*"), deploy / "nginx/machine.conf"):
            file.write_text(self._translated(file.read_text()))
        machine = deploy / "nginx/machine.conf"
        listen = {
            "listen 80 ": f"listen 127.0.0.1:{self.ports['80']} ",
            "listen 443 ": f"listen 127.0.0.1:{self.ports['443']} ",
            "    listen [::]:80 default_server;\n": "",
            "    listen [::]:443 ssl http2 default_server;\n": "",
        }
        machine.write_text(replaced(machine.read_text(), listen))

    def _write_programs(self) -> None:
        for name in DO_NOTHING:
            self._write_program(name, "exit 0")
        for name in MODULES:
            module = {"pip": "python3"}.get(name, name.replace("-", "_"))
            python = f"env PYTHONPATH={settings.BASE_DIR} {sys.executable} -P"
            self._write_program(name, f'exec {python} -m tests.deploy.documents.stand_ins.{module} "$@"')
        psql = [str(self.database.binaries / "psql"), "--quiet", "--set=ON_ERROR_STOP=1"]
        as_superuser = shlex.join([*psql, f"--dbname={self.database.address}"])
        self._write_program("su", f'test "$*" = "postgres -c psql"\nexec {as_superuser}')

    def _write_program(self, name: str, commands: str) -> None:
        file = self.path("/bin") / name
        file.write_text(f"#!/bin/sh -e\n{commands}\n")
        file.chmod(0o755)

    def _fill_in(self) -> None:
        """The two files of variables as a person fills them in: every line of the examples, with values of ours."""
        address = self.database.address.replace("/postgres?", f"/{PREPARED}?")
        filled = example_environment() | {
            "STATE_DIR": str(self.path("/var/lib/nnsc")),
            "SECRET_KEY": "$for tests only, and long enough for any check that may look at its length",
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "PUBLIC_URL": f"https://localhost:{self.ports['443']}",
            "VERIFICATION_URL": f"http://{HOST}:{self.ports['8001']}",
            "DATABASE_URL": as_role(address, WEB),
            "EMAIL_URL": "dummymail://",
        }
        lines = "".join(f"{name}={value}\n" for name, value in filled.items())
        (self.root / "filled-in-environment").write_text(lines)
        (self.root / "filled-in-owner").write_text(f"DATABASE_URL={as_role(address, OWNER)}\n")


def _answer(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str]) -> Answer:
    try:
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()
