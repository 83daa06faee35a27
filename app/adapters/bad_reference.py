"""What makes the service refuse to start: a file of the reference data that has faults."""


class BadReference(ValueError):
    """A reference file cannot be relied on; the text names the file and what is wrong in it."""
