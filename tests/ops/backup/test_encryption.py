"""A backup for a recipient: only he reads it, and no unencrypted byte of it reaches the disk."""

import subprocess
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from django.core.management import CommandError, call_command

from site_core.ops.backup import writing
from site_core.ops.backup.encryption import encrypted
from site_core.ops.backup.error import BackupError
from site_core.ops.backup.reading import opened
from tests import debian

# A member that every backup has, by the name that a ZIP file has in plain text.
PLAIN = b"manifest.json"


class Recipient(NamedTuple):
    """Somebody who has a key: the name to encrypt for, and the command that decrypts the file named after it."""

    name: str
    decrypt: list[str]


def with_gpg(home: Path, monkeypatch: pytest.MonkeyPatch) -> Recipient:
    program = debian.program("gpg", "gnupg")
    monkeypatch.setenv("GNUPGHOME", str(home))
    new_key = [program, "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "somebody@example.org"]
    subprocess.run(new_key, check=True, capture_output=True)
    return Recipient("somebody@example.org", [program, "--batch", "--quiet", "--decrypt"])


def with_age(home: Path, monkeypatch: pytest.MonkeyPatch) -> Recipient:
    program, key = debian.program("age", "age"), home / "key"
    subprocess.run([debian.program("age-keygen", "age"), "-o", key], check=True, capture_output=True)
    public = next(line for line in key.read_text().splitlines() if "public key" in line).split()[-1]
    return Recipient(public, [program, "--decrypt", "--identity", str(key)])


@pytest.fixture(params=[with_age, with_gpg], ids=["age", "gpg"])
def recipient(request: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Recipient]:
    """One of each program. gpg takes a folder with a short path only, for the sake of its socket."""
    with TemporaryDirectory(dir="/tmp") as home:
        make: Callable[[Path, pytest.MonkeyPatch], Recipient] = request.param
        yield make(Path(home), monkeypatch)
        if make is with_gpg:
            subprocess.run(["gpgconf", "--kill", "all"], check=False)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


@pytest.mark.django_db(transaction=True)
def test_only_the_recipient_reads_a_backup(
    folder: Path, recipient: Recipient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    on_disk_meanwhile: list[bytes] = []
    write = writing._write

    def write_and_look(archive: Any) -> Any:
        manifest = write(archive)
        on_disk_meanwhile.extend(file.read_bytes() for file in folder.iterdir())
        return manifest

    monkeypatch.setattr(writing, "_write", write_and_look)
    secret = folder / "site.zip.secret"
    call_command("backup", secret, recipient=recipient.name, stdout=StringIO())

    assert list(folder.iterdir()) == [secret]
    assert secret.stat().st_mode & 0o777 == 0o600
    assert on_disk_meanwhile
    assert not any(PLAIN in content for content in (*on_disk_meanwhile, secret.read_bytes()))
    with pytest.raises(CommandError, match="is encrypted: decrypt it first"):
        call_command("restore", secret, replace=True, stdout=StringIO())
    plain = tmp_path / "site.zip"
    plain.write_bytes(subprocess.run([*recipient.decrypt, secret], check=True, capture_output=True).stdout)
    with opened(plain) as backup:
        assert backup.manifest.rows > 0


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_a_backup_for_somebody_without_a_key(folder: Path, recipient: Recipient) -> None:
    unknown = "age1unknown" if recipient.name.startswith("age1") else "nobody@example.org"
    with pytest.raises(CommandError, match="The backup was not encrypted: "):
        call_command("backup", folder / "site.zip", recipient=unknown, stdout=StringIO())
    assert list(folder.iterdir()) == []


def test_a_program_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with (tmp_path / "target").open("wb") as target:
        for recipient, program in {"age1example": "age", "somebody@example.org": "gpg"}.items():
            with pytest.raises(BackupError, match=f"{program} is not installed"), encrypted(target, recipient):
                pass
