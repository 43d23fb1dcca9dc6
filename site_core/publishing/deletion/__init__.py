"""Deleting what other content uses: a publisher, a tag, a picture, a document, a study, an impact stat."""
