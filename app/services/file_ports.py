"""What the use cases ask of the place where files lie."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Protocol


class ObjectStore(Protocol):
    """Bytes under a key."""

    def put(self, key: str, data: bytes, media_type: str) -> None:
        """Store or replace."""

    def get(self, key: str) -> bytes:
        """Read; KeyError where there is nothing."""

    def delete(self, key: str) -> None:
        """Forget; what is not there is no error."""

    def put_undated(self, key: str, data: bytes, day: date) -> None:
        """Store what must not tell when it came, but for its day."""

    def names_before(self, folder: str, instant: datetime) -> Iterator[str]:
        """The key of every file of a folder that lies there since before an instant."""
