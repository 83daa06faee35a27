"""The JSON API: one file a noun, its request and reply models at the top."""
