"""Files under a key: a folder by default, S3 by setting."""

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

import obstore
from obstore.store import LocalStore, S3Store

if TYPE_CHECKING:
    from obstore.store import S3Config

S3Options = Mapping[str, str]


class Objects:
    """Stores bytes; keys are made by the service, never from a name that somebody sent."""

    def __init__(self, url: str, s3: S3Options | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme == "file":
            folder = Path(unquote(parts.path))
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder: Path | None = folder
            self._store: LocalStore | S3Store = LocalStore(folder)
        else:
            plain = (s3 or {}).get("endpoint", "").startswith("http://")
            self._folder = None
            self._store = S3Store(
                parts.netloc,
                prefix=parts.path.strip("/") or None,
                config=cast("S3Config", dict(s3 or {})),
                client_options={"allow_http": plain},
            )

    def put(self, key: str, data: bytes, media_type: str) -> None:
        """Store or replace; the folder keeps no media type, the database does."""
        attributes = None if isinstance(self._store, LocalStore) else {"Content-Type": media_type}
        obstore.put(self._store, key, data, attributes=attributes)

    def put_undated(self, key: str, data: bytes, day: date) -> None:
        """Store what must not tell when it came, and must be there after a power cut.

        In a folder the file's time is noon of its day, and file and name are on the disk when this
        returns: its row is committed after it. It is written under its own key, which nobody asks
        for before that row, so that what a crash leaves half is listed and swept by night. S3 does
        all this by itself, but its time is to the second: docs/decisions/0056-complaints.md.
        """
        if self._folder is None:
            self.put(key, data, "application/octet-stream")
            return
        path = self._folder / key
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.utime(file.fileno(), (noon, noon))
            os.fsync(file.fileno())
        for folder in (path.parent, self._folder):
            _names_to_disk(folder)

    def names(self) -> Iterator[str]:
        """The key of every file, in no order."""
        for page in obstore.list(self._store):
            for entry in page:
                yield str(entry["path"])

    def names_before(self, folder: str, instant: datetime) -> Iterator[str]:
        """The key of every file of a folder that lies there since before an instant."""
        for page in obstore.list(self._store, prefix=folder):
            for entry in page:
                if entry["last_modified"] < instant:
                    yield str(entry["path"])

    def get(self, key: str) -> bytes:
        """Read; KeyError where there is nothing."""
        try:
            return bytes(obstore.get(self._store, key).bytes())
        except FileNotFoundError:
            raise KeyError(key) from None

    def delete(self, key: str) -> None:
        """Forget; what is not there is no error."""
        try:
            obstore.delete(self._store, key)
        except FileNotFoundError:
            return


def _names_to_disk(folder: Path) -> None:
    """Wait until the names in a folder are where a power cut leaves them."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
