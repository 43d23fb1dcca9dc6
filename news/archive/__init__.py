"""Brings lists of press mentions that were kept elsewhere into the site.

`reading` opens a file, `columns` finds what each column holds, `mentions` makes a press mention of a row, `comparison`
says whether the site has it, and `storing` adds what is new. `undoing` takes a whole import back.
"""
