"""URLs that are gone for good."""

from site_core.redirects.gone import WithdrawnAddress

__all__ = ["WithdrawnAddress"]
