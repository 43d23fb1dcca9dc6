"""The table that tells other processes and machines of a change."""

from site_core.page_cache.invalidation.committed_change import CommittedChange

__all__ = ["CommittedChange"]
