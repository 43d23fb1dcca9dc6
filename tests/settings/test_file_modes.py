"""What a site on somebody's own machine writes, nobody else on that machine can read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from site_core.settings.base import BASE_DIR

pytestmark = pytest.mark.unit
WRITES = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import send_mail
from django.db import connection
connection.ensure_connection()
send_mail("A subject", "A mail.", None, ["a@example.org"])
default_storage.save("images/a.txt", ContentFile(b"a"))
"""


def test_the_state_folder_is_for_one_user_only(tmp_path: Path) -> None:
    state = tmp_path / "state"
    local = {"STATE_DIR": str(state), "DJANGO_SETTINGS_MODULE": "site_core.settings.local", "PATH": os.environ["PATH"]}
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", WRITES]
    subprocess.run(command, cwd=BASE_DIR, env=local, check=True)

    assert state.stat().st_mode & 0o777 == 0o700
    modes = {file.name: file.stat().st_mode & 0o777 for file in state.glob("*.*")}
    assert modes["site.sqlite3"] == 0o600
    assert [file.stat().st_mode & 0o777 for file in (state / "outbox").iterdir()] == [0o600]
