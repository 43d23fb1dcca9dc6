"""The files of deploy/ as a test runs them: the very same, with folders and ports of its own."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests import debian

FILES: Path = settings.BASE_DIR / "deploy"
CHECKOUT, STATE = "/srv/nnsc", "/var/lib/nnsc"
NGINX_PACKAGES = ("nginx", "libnginx-mod-http-brotli-static", "libnginx-mod-http-brotli-filter")


def copy_version(folder: Path) -> None:
    """What stands in /srv/nnsc: every file of this version, without its tests and benchmarks."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.split("\0"):
        source, target = settings.BASE_DIR / name, folder / name
        if source.is_file() and not name.startswith(("tests/", "benchmarks/")):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def copy_nginx(folder: Path) -> None:
    """All files of nginx, writing nowhere but in a folder, with a certificate of its own."""
    make_certificate(folder / "tls")
    (folder / "cache").mkdir()
    for file in (FILES / "nginx").glob("*.conf"):
        (folder / file.name).write_text(file.read_text())
    machine = folder / "machine.conf"
    own = {"/var/lib/nginx": folder / "cache", "/var/log/nginx": folder, "/etc/nnsc/tls": folder / "tls"}
    machine.write_text(replaced(machine.read_text(), {there: str(here) for there, here in own.items()}))


def lay_out_nginx(folder: Path, state: Path, ports: dict[str, int]) -> None:
    """The same, at `ports` that stand in for “http”, “https”, “8001” and “8002”, and for the files of a site."""
    copy_nginx(folder)
    machine = folder / "machine.conf"
    machine.write_text(
        replaced(
            machine.read_text(),
            {
                "127.0.0.1:8001": f"127.0.0.1:{ports['8001']}",
                "127.0.0.1:8002": f"127.0.0.1:{ports['8002']}",
                "listen 80 ": f"listen 127.0.0.1:{ports['http']} ",
                "listen 443 ": f"listen 127.0.0.1:{ports['https']} ",
                "    listen [::]:80 default_server;\n": "",
                "    listen [::]:443 ssl http2 default_server;\n": "",
                STATE: str(state),
            },
        )
    )


def nginx(folder: Path) -> list[str]:
    """The command that runs the nginx laid out in a folder, in the foreground."""
    program = debian.program("nginx", *NGINX_PACKAGES)
    main = f"pid {folder / 'nginx.pid'}; daemon off;"
    return [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"), "-g", main]


def certificate(folder: Path) -> Path:
    return folder / "tls" / "fullchain.pem"


def make_certificate(folder: Path) -> None:
    """A certificate for this machine that it signs itself."""
    folder.mkdir()
    openssl = [
        debian.program("openssl", "openssl"),
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
    ]
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2", "-nodes"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*openssl, *name, *files], check=True, capture_output=True)


def said_in_unit(name: str, setting: str) -> list[str]:
    """What a unit of systemd says of a setting, once or several times."""
    lines = (FILES / "systemd" / name).read_text().splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{setting}=")]


def commands_of(name: str, instance: object = "") -> list[list[str]]:
    """The commands that a unit runs, with the programs of this environment."""
    ours = {f"{CHECKOUT}/.venv/bin": str(Path(sys.executable).parent)}
    written = (line.replace("%i", str(instance)) for line in said_in_unit(name, "ExecStart"))
    return [shlex.split(replaced(line, ours)) for line in written]


def example_environment() -> dict[str, str]:
    """What deploy/environment.example says."""
    lines = (FILES / "environment.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def replaced(text: str, by: dict[str, str]) -> str:
    """The text with other words in it. Each of them has to be there, or the file has changed and this has not."""
    for old, new in by.items():
        assert old in text, f"“{old}” stands there no more"
        text = text.replace(old, new)
    return text
