"""Only a whole backup of this site is opened. Every other file is refused in one sentence."""

import zipfile
from pathlib import Path

import pytest

from site_core.ops.backup.columns import Column
from site_core.ops.backup.error import BackupError
from site_core.ops.backup.manifest import Manifest, Media, Member
from site_core.ops.backup.media import MediaRestore
from site_core.ops.backup.reading import opened
from tests.ops.backup.rewritten import small_backup


@pytest.fixture
def file(tmp_path: Path) -> Path:
    small_backup(tmp_path / "site.zip")
    return tmp_path / "site.zip"


def refusal(file: Path) -> str:
    with pytest.raises(BackupError) as refused, opened(file):
        pass
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_whole_backup_is_opened(file: Path) -> None:
    with opened(file) as backup:
        assert list(backup.rows(backup.manifest.tables[0])) == [[1, "one"], [2, None]]
        assert backup.upload("a.txt").read() == b"hello"
        assert backup.uploads.keys() == {"a.txt"}
        assert Manifest.from_json(backup.manifest.to_json()) == backup.manifest


@pytest.mark.parametrize("part", [b"hello", b"[2,null]", b'"rows": 2'])
def test_a_changed_byte_is_found_wherever_it_is(file: Path, part: bytes) -> None:
    content = file.read_bytes()
    at = content.index(part)
    file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    assert "is damaged" in refusal(file)


def test_a_file_that_was_cut_off_is_refused_wherever_it_ends(file: Path) -> None:
    content = file.read_bytes()
    for end in (len(content) - 1, len(content) // 2, 40):
        file.write_bytes(content[:end])
        assert "is damaged" in refusal(file)


def test_what_the_manifest_does_not_name_is_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("media/more.txt", "more")
    assert "holds other parts" in refusal(file)


def test_a_hash_is_what_counts(tmp_path: Path) -> None:
    small_backup(tmp_path / "site.zip", media=Media((Member("media/a.txt", 5, "0" * 64),), ()))
    assert "media/a.txt is not what the manifest says" in refusal(tmp_path / "site.zip")


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    text, other = tmp_path / "text.zip", tmp_path / "other.zip"
    text.write_text("Dear all,")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("manifest.json", '{"format": "another"}')
    assert "is not a backup of this site" in refusal(text)
    assert "is not a backup of this site" in refusal(other)
    assert "There is no file" in refusal(tmp_path / "none.zip")


def test_an_upload_leads_nowhere_else(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    with pytest.raises(BackupError, match="outside of its folder"):
        MediaRestore({"../a.txt": "0" * 64}, replaces=True).stage(lambda name: (tmp_path / "site.zip").open("rb"))


def test_a_column_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    whole = small_backup(tmp_path / "site.zip")
    table = whole.tables[0].__class__(**whole.tables[0].__dict__ | {"columns": (Column("id", "shape"),)})
    small_backup(tmp_path / "site.zip", tables=(table,))
    assert "its manifest cannot be read" in refusal(tmp_path / "site.zip")
