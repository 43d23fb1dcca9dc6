"""MediaBucket: pictures and documents in S3-compatible storage that several machines share."""

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

# Timeouts in seconds.
CONNECTING, READING = 2, 10


class MediaBucket(S3Storage):
    """A private bucket. Its files have the same URLs as files on a disk, because the site serves them
    (`site_core.media.serving`).
    """

    def get_default_settings(self) -> dict[str, object]:
        config = Config(
            connect_timeout=CONNECTING,
            read_timeout=READING,
            retries={"max_attempts": 2},
            signature_version="s3v4",
            # Every S3-compatible server supports this style.
            s3={"addressing_style": "path"},
        )
        return {**super().get_default_settings(), "client_config": config, "file_overwrite": False}

    def url(self, name: str, *args: object, **kwargs: object) -> str:
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
