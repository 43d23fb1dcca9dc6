"""The pattern page of the admin: every component and every block in its states, with made-up content.

Nothing shown there is on file: the examples are objects that are never saved, so that the page
looks the same on every site.
"""
