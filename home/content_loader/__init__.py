"""Loads the organization's content from readable files, and keeps what editors have made of it since."""

from home.content_loader.entries import ContentError
from home.content_loader.loading import load_content
from home.content_loader.record import Report

__all__ = ["ContentError", "Report", "load_content"]
