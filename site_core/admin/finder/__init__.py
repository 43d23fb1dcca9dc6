"""The search of the admin: one box that finds objects of every kind, screens and help."""
