"""Signing in: the login page, the second step, limits on attempts, and what a person changes about it."""
