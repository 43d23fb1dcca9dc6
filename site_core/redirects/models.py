"""Withdrawn URLs."""

from site_core.redirects.gone import WithdrawnURL

__all__ = ["WithdrawnURL"]
