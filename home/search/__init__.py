"""The site search: pages, figures, terms and documents in one list of results.

A search asks one table, in which Wagtail keeps the text of everything searchable. The same query asks the tables of
the objects which of them are visible.
"""
