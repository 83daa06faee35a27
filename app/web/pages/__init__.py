"""HTML pages: one file a noun, one small context class a page."""
