"""Encrypting a backup for somebody, with age or gpg, as it is written: nothing unencrypted reaches the disk."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from site_core.ops.backup.error import BackupError

# How the files of both begin; gpg's are binary, and their first byte says what follows.
_AGE, _GPG = b"age-encryption.org/", (b"\x84", b"\x85", b"\xc1")


@contextmanager
def encrypted(target: IO[bytes], recipient: str) -> Iterator[IO[bytes]]:
    """A stream whose bytes arrive in `target` encrypted. `recipient` is a key of age or SSH, or a name that gpg knows.

    Raises BackupError where the program is not there or refuses.
    """
    command = _command(recipient)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=target, stderr=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdin and process.stderr  # noqa: S101 (both are pipes)
        try:
            yield process.stdin
        except BrokenPipeError:
            # It ended before, and says why.
            process.kill()
        except BaseException:
            process.kill()
            raise
        with suppress(BrokenPipeError):
            process.stdin.close()
        said = process.stderr.read().decode(errors="replace").strip().splitlines()
        if process.wait():
            raise BackupError(f"The backup was not encrypted: {said[-1] if said else 'the program failed'}.")


def is_encrypted(file: Path) -> bool:
    with file.open("rb") as opened:
        beginning = opened.read(len(_AGE))
    return beginning == _AGE or beginning.startswith(_GPG)


def _command(recipient: str) -> list[str]:
    program = "age" if recipient.startswith(("age1", "ssh-")) else "gpg"
    if not shutil.which(program):
        raise BackupError(f"The program {program} is not installed, so nothing can be encrypted for {recipient}.")
    if program == "age":
        return [program, "--encrypt", "--recipient", recipient]
    return [program, "--batch", "--quiet", "--trust-model", "always", "--encrypt", "--recipient", recipient]
