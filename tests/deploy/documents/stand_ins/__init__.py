"""Programs that stand in for a machine's own where docs/operations.md is carried out: what they do, they do for real.

ROOT is the folder that stands for “/”. They know nothing of Django: each runs as a program, beside the site.
"""
