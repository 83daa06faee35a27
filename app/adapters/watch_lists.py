"""The watch list, as a file that somebody brings or as a service that is asked.

A file is CSV with the columns `reference`, `document_number`, `full_name` and `date_of_birth`
(YYYY-MM-DD), or a JSON list of objects with these names. Where a key is set, the file counts only
with its Ed25519 signature, in base64, beside it (`….sig`). A service is sent the person as JSON by
POST and answers `{"hits": [{"reference": "…"}]}`. Whatever is not a whole answer is an OSError, and
the case waits.
"""

import base64
import binascii
import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.adapters.outbound import Outbound
from app.foreign_json import read_json
from permits.identity_documents import normalise
from permits.sheet_rows import plain
from permits.watch import WatchQuery

MOST_BYTES = 64 * 1024 * 1024
MOST_HITS = 20
MOST_REFERENCE = 100
"""Characters of the list's own name of an entry."""

COLUMNS = ("reference", "document_number", "full_name", "date_of_birth")


@dataclass(frozen=True)
class _Entry:
    reference: str
    number: str
    name: str
    born: str


class FileWatchList:
    """Reads the file again whenever it has changed."""

    def __init__(self, path: Path, key: str = "") -> None:
        """`key` is the list's Ed25519 public key, 32 bytes in base64; "" takes any file."""
        self._path = path
        self._key = Ed25519PublicKey.from_public_bytes(base64.b64decode(key)) if key else None
        self._seen: tuple[int, int] | None = None
        self._entries: tuple[_Entry, ...] = ()

    def ask(self, query: WatchQuery) -> Sequence[str]:
        """References of entries with the document, or with name and day of birth; OSError."""
        number = normalise(query.document_number)
        name = plain(f"{query.given_names} {query.surnames}")
        born = query.date_of_birth.isoformat() if query.date_of_birth else ""
        return [
            one.reference
            for one in self._read()
            if (number and one.number == number)
            or (born and name and (one.name, one.born) == (name, born))
        ][:MOST_HITS]

    def count(self) -> int:
        """How many entries it has now; OSError where it cannot be read or is not signed."""
        return len(self._read())

    def _read(self) -> tuple[_Entry, ...]:
        stat = self._path.stat()
        seen = (stat.st_mtime_ns, stat.st_size)
        if seen != self._seen:
            if stat.st_size > MOST_BYTES:
                raise OSError("the watch list is too long")
            data = self._path.read_bytes()
            self._verify(data)
            self._entries, self._seen = _entries(data), seen
        return self._entries

    def _verify(self, data: bytes) -> None:
        if self._key is None:
            return
        beside = self._path.with_name(f"{self._path.name}.sig")
        try:
            self._key.verify(base64.b64decode(beside.read_bytes(), validate=False), data)
        except (InvalidSignature, binascii.Error):
            raise OSError("the watch list is not signed by its key") from None


class HttpWatchList:
    """Asks a service through the guarded way out."""

    def __init__(self, outbound: Outbound, url: str, token: str = "") -> None:
        self._outbound, self._url, self._token = outbound, url, token

    def ask(self, query: WatchQuery) -> Sequence[str]:
        """References of what the service found; OSError where it gave no whole answer."""
        person = {
            "document_kind": query.document_kind,
            "document_number": query.document_number,
            "given_names": query.given_names,
            "surnames": query.surnames,
            "date_of_birth": query.date_of_birth.isoformat() if query.date_of_birth else None,
            "nationality": query.nationality,
        }
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        reply = self._outbound.post(self._url, json.dumps(person).encode(), headers)
        if reply.status != 200:
            raise OSError(f"the watch list answered {reply.status}")
        try:
            return [_reference(hit) for hit in reply.json()["hits"]][:MOST_HITS]
        except (ValueError, TypeError, KeyError):
            raise OSError("the watch list gave no whole answer") from None


def _entries(data: bytes) -> tuple[_Entry, ...]:
    try:
        text = data.decode("utf-8-sig")
        rows = read_json(data) if text.lstrip()[:1] == "[" else _csv(text)
        return tuple(_entry(row) for row in rows)
    except (ValueError, TypeError, KeyError, AttributeError, csv.Error):
        raise OSError("the watch list cannot be read") from None


def _csv(text: str) -> list[dict[str, Any]]:
    reader = csv.DictReader(StringIO(text, newline=""))
    if not set(COLUMNS) <= set(reader.fieldnames or ()):
        raise ValueError("a column is missing")
    return list(reader)


def _entry(row: Mapping[str, Any]) -> _Entry:
    number, name, born = (str(row.get(column) or "") for column in COLUMNS[1:])
    return _Entry(_reference(row), normalise(number), plain(name), born)


def _reference(row: Mapping[str, Any]) -> str:
    reference = row["reference"]
    if not isinstance(reference, str) or not 0 < len(reference) <= MOST_REFERENCE:
        raise ValueError("an entry needs a reference")
    return reference
