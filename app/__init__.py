"""The machine that serves the law."""
