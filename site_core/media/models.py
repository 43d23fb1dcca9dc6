"""Images, renditions and documents."""

from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage, SiteRendition

__all__ = ["SiteDocument", "SiteImage", "SiteRendition"]
