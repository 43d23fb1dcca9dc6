"""A backup brings back the site as it was: every row, every upload and every public page."""

import threading
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from wagtail.models import Collection, Page

from news.models import NewsItemPage
from site_core.accounts.models import User
from site_core.media.models import SiteImage
from site_core.ops.backup.manifest import Manifest
from site_core.ops.backup.snapshot import snapshot
from site_core.ops.backup.tables import INDEX_TABLES, tables, tables_left_out
from site_core.page_cache.invalidation import generation
from site_core.publishing.ledger.guard import ledger_is_protected
from site_core.publishing.ledger.publications import Publication
from tests import factories
from tests.factories.drawn import drawn_picture
from tests.ops.backup.rewritten import manifest_of, rows_of

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = 100
SECRET = "a-password-of-the-mail-server"


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def file(loaded: None, media: Path, tmp_path: Path) -> Path:
    """A backup of the content, with a hundred pictures."""
    factories.UserFactory(email="editor@example.org")
    content, collection = drawn_picture().read(), Collection.get_first_root_node()
    for number in range(PICTURES):
        name = default_storage.save(f"original_images/picture-{number}.png", ContentFile(content + bytes([number])))
        # Its sizes take long, and are files like others.
        SiteImage.objects.bulk_create(
            [SiteImage(title=f"Picture {number}", file=name, width=1, height=1, collection=collection)]
        )
    # What is created in bulk sends no signal.
    call_command("check_ledger", record=True, stdout=StringIO())
    # A number that is never given again.
    Page.objects.get(pk=factories.NewsItemPageFactory(parent=news_index()).pk).delete()
    return backed_up(tmp_path / "site.zip")


def news_index() -> Any:
    return NewsItemPage.objects.first().get_parent()


def backed_up(file: Path) -> Path:
    call_command("backup", file, stdout=StringIO())
    return file


def content(manifest: Manifest) -> Iterator[object]:
    yield from (manifest.tables, manifest.media, manifest.pages, manifest.unreadable, manifest.migrations)


def change_everything(media: Path) -> None:
    """What happens to a site after its backup."""
    NewsItemPage.objects.first().delete()
    factories.NewsItemPageFactory(parent=news_index(), title="Written since")
    User.objects.filter(email="editor@example.org").update(is_active=False)
    factories.UserFactory()
    pictures = sorted((media / "original_images").iterdir())
    pictures[0].unlink()
    pictures[1].write_bytes(b"another picture of the same name")
    (media / "original_images" / "since.png").write_bytes(b"uploaded since")


def test_everything_is_as_it_was(file: Path, media: Path, tmp_path: Path) -> None:
    before = manifest_of(file)
    assert len(before.media.members) == PICTURES
    assert (len(before.pages) > 40, before.unreadable) == (True, ())
    change_everything(media)
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", file, stdout=StringIO())
    number = generation.number()

    call_command("restore", file, replace=True, stdout=StringIO())

    after = backed_up(tmp_path / "again.zip")
    assert rows_of(after) == rows_of(file)
    assert list(content(manifest_of(after))) == list(content(before))
    assert generation.oldest_served() > number, "nothing that was stored before is served"
    assert not (tmp_path / "media.staged").exists()
    call_command("check_ledger", stdout=StringIO())
    assert ledger_is_protected()
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.update(title="another")
    item = NewsItemPage.objects.live().first()
    assert item
    assert item.pk in [hit.pk for hit in NewsItemPage.objects.live().search(item.title)]
    # The one that was deleted before the backup has the last number.
    last = max(int(row.object_id) for row in Publication.objects.filter(model_label="news.NewsItemPage"))
    assert not Page.objects.filter(pk=last).exists()
    assert factories.NewsItemPageFactory(parent=news_index()).pk > last


def test_a_backup_is_for_its_owner_and_holds_no_secret_of_the_site(
    media: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMAIL_URL", f"smtp://user:{SECRET}@mail.example.org")
    monkeypatch.setenv("SECRET_KEY", site_settings.SECRET_KEY)
    file = backed_up(tmp_path / "site.zip")
    assert file.stat().st_mode & 0o777 == 0o600
    assert [other.name for other in tmp_path.iterdir()] == ["site.zip"]
    manifest = manifest_of(file)
    assert {"EMAIL_URL", "SECRET_KEY"} <= set(manifest.settings)
    text = manifest.to_json() + str(rows_of(file))
    assert SECRET not in text
    assert site_settings.SECRET_KEY not in text


def test_every_table_is_in_a_backup_or_left_out_for_a_reason() -> None:
    with connection.cursor() as cursor:
        there = {name for name in connection.introspection.table_names(cursor) if "_fts_" not in name}
    assert {table.name for table in tables()} | tables_left_out() | INDEX_TABLES >= there


def test_others_write_while_a_backup_is_made(transactional_db: None) -> None:
    def write() -> None:
        factories.UserFactory(email="meanwhile@example.org")
        connections.close_all()

    with snapshot():
        before = User.objects.count()
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(timeout=60)
        assert not writer.is_alive(), "nobody waits for a backup"
        assert User.objects.count() == before, "and a backup holds one state"
        with pytest.raises(DatabaseError), transaction.atomic():
            User.objects.update(is_active=False)
    assert User.objects.count() == before + 1
