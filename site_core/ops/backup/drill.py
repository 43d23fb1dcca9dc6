"""A restore drill: restores a backup into a temporary site, starts it, and compares every public page.

A page of the temporary site is right if it has the bytes that the running code renders from the site's own database.
Where that page has changed since the backup, it is right if it has the bytes that it had when the backup was made:
their digest is in the manifest.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from site_core.ops.backup.manifest import Manifest
from site_core.ops.backup.public_pages import digest_of
from site_core.ops.backup.reading import opened
from site_core.ops.backup.trial_site import trial_site
from site_core.ops.models import RestoreDrill
from site_core.publishing.verification.fetching import NoAnswer, fetched, rendered
from site_core.settings.environment import SiteURL

# Seconds for a page of a site that has just started.
PATIENCE = 60


@dataclass
class Comparison:
    """The paths of the public pages, by how they compare."""

    same: list[str] = field(default_factory=list)
    changed_since: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    @property
    def pages(self) -> int:
        return len(self.same) + len(self.changed_since) + len(self.different)


def drill(file: Path, say: Callable[[str], object]) -> tuple[Manifest, Comparison]:
    """Restore a backup for trial, and note it if every page is right. Raises BackupError if it cannot be restored."""
    with opened(file) as backup:
        manifest = backup.manifest
    with trial_site(shares_bucket=bool(manifest.media.listing)) as site:
        site.run("restore", str(file.resolve()))
        with site.running() as url:
            say(f"Comparing {len(manifest.pages):,} public pages")
            found = _compare(manifest.pages, url)
    if found.pages and not found.different:
        RestoreDrill.objects.create(
            backup_made_at=datetime.fromisoformat(manifest.made_at), rows=manifest.rows, pages=found.pages
        )
    return manifest, found


def _compare(pages: dict[str, str], site: SiteURL) -> Comparison:
    found = Comparison()
    for path, when_backed_up in pages.items():
        restored = _digest_at(path, site)
        if restored == digest_of(rendered(path)):
            found.same.append(path)
        elif restored == when_backed_up:
            found.changed_since.append(path)
        else:
            found.different.append(path)
    return found


def _digest_at(path: str, site: SiteURL) -> str:
    try:
        return digest_of(fetched(path, site, PATIENCE))
    except NoAnswer:
        return ""
