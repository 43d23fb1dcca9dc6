"""Reads what the page of an article states about it, to fill in the form of a press mention."""
