"""Feeds, sitemap, robots.txt and structured data."""
