"""MediaBucket: pictures and documents in S3-compatible storage, where several machines share them."""

from typing import Any

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

# Seconds: nobody waits longer for a bucket that does not answer.
CONNECTING, READING = 2, 10


class MediaBucket(S3Storage):
    """A private bucket. Its files have the addresses they would have on a disk: visitors get pictures through the site
    (site_core.media.serving), and documents where they may read them.
    """

    def get_default_settings(self) -> dict[str, Any]:
        config = Config(
            connect_timeout=CONNECTING,
            read_timeout=READING,
            retries={"max_attempts": 2},
            signature_version="s3v4",
            # Every S3-compatible server knows this style.
            s3={"addressing_style": "path"},
        )
        return {**super().get_default_settings(), "client_config": config, "file_overwrite": False}

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
