"""Lines of Python for a site, run in a process of their own each time.

To load the site takes seconds, and there are dozens of such lines. So one process loads it and does nothing else, and
each of them begins as a copy of it. `python -m tests.deploy.forked_shell` is that process.
"""

import gc
import json
import os
import subprocess
import sys

import django
from django.conf import settings
from django.urls import get_resolver


class ForkedShell:
    """A site that is loaded, with the variables of one of its processes, until it is stopped."""

    def __init__(self, variables: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=settings.BASE_DIR,
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdin and self.process.stdout
        self._commands, self._results = self.process.stdin, self.process.stdout

    def run(self, commands: str) -> str:
        """What the lines print. Their errors are printed as well, to where those of the tests are."""
        print(json.dumps(commands), file=self._commands, flush=True)
        code, printed = json.loads(self._results.readline())
        if code:
            raise subprocess.CalledProcessError(code, commands, printed)
        return str(printed)

    def stop(self) -> None:
        self._commands.close()
        self._results.close()
        self.process.wait()


def main() -> None:
    django.setup()
    assert get_resolver().url_patterns
    # No copy has to look through all that is loaded, not even at its end.
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(run_in_a_copy(json.loads(line))), flush=True)  # noqa: T201


def run_in_a_copy(commands: str) -> tuple[int, str]:
    """How a copy of this process ended, and what it printed. It ends as any other program does."""
    reading, writing = os.pipe()
    if not (copy := os.fork()):
        os.close(reading)
        os.dup2(writing, sys.stdout.fileno())
        os.close(writing)
        exec(commands, {"__name__": "__main__"})  # noqa: S102 (lines of our own)
        sys.exit()
    os.close(writing)
    with os.fdopen(reading) as printed:
        said = printed.read()
    return os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), said


if __name__ == "__main__":
    main()
