"""Pictures and documents: what the admin keeps of them, the sizes that visitors get, and the files themselves."""
