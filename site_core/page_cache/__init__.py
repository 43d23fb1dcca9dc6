"""A cache of whole pages that is never stale. See README.md."""
