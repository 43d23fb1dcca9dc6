"""Loads the organization's content from YAML files, and keeps what editors have changed since."""

from home.content_loader.entries import ContentError
from home.content_loader.loading import load_content
from home.content_loader.record import Report

__all__ = ["ContentError", "Report", "load_content"]
