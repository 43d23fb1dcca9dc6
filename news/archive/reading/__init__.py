"""Reads a file of press mentions, in whatever form it comes, row by row."""

from news.archive.reading.opening import open_archive
from news.archive.reading.source import ArchiveError, Record, Source

__all__ = ["ArchiveError", "Record", "Source", "open_archive"]
