"""Where a page of a list begins, as it stands in an address: an instant and an id."""

from datetime import datetime
from uuid import UUID


def write_mark(mark: tuple[datetime, UUID] | None) -> str:
    """A mark for an address; "" where there is none."""
    return f"{mark[0].timestamp():.6f}_{mark[1]}" if mark else ""


def read_mark(text: str) -> tuple[datetime, UUID] | None:
    """Where a page begins; None, and so the first page, where the text is no mark of ours."""
    at, _, identity = text.partition("_")
    try:
        return datetime.fromtimestamp(float(at)).astimezone(), UUID(identity)
    except (ValueError, OverflowError, OSError):
        return None
