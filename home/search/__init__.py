"""The site search: pages, figures, terms and documents in one list, by how well they fit.

Everything is found through the one table in which Wagtail keeps the text of all that can be searched; what may be
seen is asked of the objects themselves, in the same query.
"""
