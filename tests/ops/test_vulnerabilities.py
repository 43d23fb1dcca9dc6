"""`make check` fails for a known vulnerability, and says so if nobody could be asked."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("printed", "code", "fails", "said"),
    [
        ("No known vulnerabilities found", 0, False, ""),
        ("Found 1 known vulnerability in 1 package\ndjango 5.2 PYSEC-1", 1, True, "PYSEC-1"),
        ("Found 2 known vulnerabilities in 2 packages", 1, True, "Found 2"),
        ("ERROR: django: Dependency not found on PyPI and could not be audited", 1, False, "SKIPPED: "),
    ],
)
def test_only_a_known_vulnerability_fails(tmp_path: Path, printed: str, code: int, fails: bool, said: str) -> None:
    program = tmp_path / "pip-audit"
    program.write_text(f"#!/bin/sh\necho '{printed}'\nexit {code}\n")
    program.chmod(0o755)
    command = ["make", "--silent", "check-vulnerabilities", f"BIN={tmp_path}"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert bool(done.returncode) is fails
    assert said in done.stdout
    assert bool(done.stdout) is bool(said)
