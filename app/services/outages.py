"""What the world outside could not do just now: nothing is decided, nothing kept, try again."""

from permits.errors import DomainError


class Outage(DomainError):
    """A part that is needed does not answer; who asked loses nothing and asks again (503)."""

    kind = "unavailable"
