"""What storage asks of the vault, and where it keeps what is sealed."""

import base64
from typing import Protocol
from uuid import UUID

from permits.identity_documents import normalise

DOCUMENT = "applications.document_sealed"
"""Where the number of an identity document is sealed."""

DOCUMENT_INDEX = "applications.document_index"
"""Where it is found by its keyed hash."""


class Vault(Protocol):
    """Field encryption: a `place` is `table.column`, `row` the id of the row it stands in."""

    def seal(self, place: str, row: UUID, text: str) -> bytes:
        """The text, sealed to its place and row; each time another."""

    def open(self, place: str, row: UUID, sealed: bytes) -> str:
        """The text; an error of the adapter where it was forged, moved, or its key is gone."""

    def is_current(self, sealed: bytes) -> bool:
        """Whether the newest key sealed it."""

    def index(self, place: str, text: str) -> bytes:
        """A keyed hash of 32 bytes to find equal texts by; bring the text into one form first."""

    def make_key(self, place: str, row: UUID) -> bytes:
        """A fresh data key, itself sealed; who destroys it destroys all that it sealed."""

    def seal_under(self, key: bytes, place: str, row: UUID, text: str) -> bytes:
        """The text, sealed under a data key that `make_key` gave for `place` and `row`."""

    def open_under(self, key: bytes, place: str, row: UUID, sealed: bytes) -> str:
        """What `seal_under` sealed; an error of the adapter where anything differs."""


def index_of_number(vault: Vault, number: str) -> bytes:
    """The keyed hash by which a document number is found, however it was written."""
    return vault.index(DOCUMENT_INDEX, normalise(number))


def seal_bytes(vault: Vault, place: str, row: UUID, data: bytes) -> bytes:
    """Bytes, sealed to their place and row."""
    return vault.seal(place, row, base64.b64encode(data).decode())


def open_bytes(vault: Vault, place: str, row: UUID, sealed: bytes) -> bytes:
    """What `seal_bytes` sealed."""
    return base64.b64decode(vault.open(place, row, sealed))
