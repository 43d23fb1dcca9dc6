"""Stands in for “systemd-run --pty”: a command with the variables of files, at a terminal where ANSWERS are typed."""

import os
import pty
import sys
from argparse import REMAINDER, ArgumentParser

from tests.deploy.documents.stand_ins.units import variables


def main() -> int:
    parser = ArgumentParser(allow_abbrev=False)
    parser.add_argument("--pty", action="store_true", required=True)
    parser.add_argument("--uid", required=True)
    parser.add_argument("--working-directory", required=True)
    parser.add_argument("--property", action="append", default=[])
    parser.add_argument("command", nargs=REMAINDER)
    given = parser.parse_args()
    files = [one.removeprefix("EnvironmentFile=") for one in given.property]
    answers = iter(os.environ.get("ANSWERS", "").splitlines())
    pid, terminal = pty.fork()
    if not pid:
        os.chdir(given.working_directory)
        os.execvpe(given.command[0], given.command, variables(files))  # noqa: S606 (our own command)
    said = b""
    while chunk := _read(terminal):
        sys.stdout.buffer.write(chunk)
        said += chunk
        # A question is a line that does not end.
        if said.endswith(b": "):
            os.write(terminal, f"{next(answers)}\n".encode())
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1024)
    except OSError:
        # Linux says so when the last one has closed its end.
        return b""


if __name__ == "__main__":
    sys.exit(main())
