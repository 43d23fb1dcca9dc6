"""URLs that are gone for good."""

from site_core.redirects.gone import WithdrawnURL

__all__ = ["WithdrawnURL"]
