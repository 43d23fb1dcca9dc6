"""Where pictures and documents are: in a folder, or in a bucket that several machines share."""
