"""Fonts, logo and stylesheet."""
