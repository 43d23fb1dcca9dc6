"""Where static files are, by the list that `collectstatic` writes."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedFilesStorage(CompressedManifestStaticFilesStorage):
    """Looks for the list again as long as there is none: a web process may start before the files are collected."""

    hashed_files: dict[str, str]

    def stored_name(self, name: str) -> Any:
        if not self.hashed_files:
            self.hashed_files, self.manifest_hash = self.load_manifest()
        return super().stored_name(name)
