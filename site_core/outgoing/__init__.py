"""Requests of this site to others: the one guard through which they go."""
