"""Pictures and documents: the models, the renditions that visitors get, and the views that serve the files."""
