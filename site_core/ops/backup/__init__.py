"""Backups: one file that holds the whole site, and the ways back from it, on SQLite and on PostgreSQL."""
