"""Pictures and documents: what the desk keeps of them, the sizes that visitors get, and the files themselves."""
