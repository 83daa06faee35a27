"""What the use cases of complaints ask of the outside world: their seals."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from recruitment.complaints.words import ReferralTarget


class ComplaintSeals(Protocol):
    """Keys and seals; a place names case, purpose and row, and nothing opens in another."""

    def stretch(self, secret: str, salt: bytes, cost: int = 1) -> bytes:
        """32 bytes of what somebody typed, slowly; a few at once, the others wait.

        `cost` is one of those that the adapter numbers; what was made by one is found by it alone.
        """

    def part(self, secret: bytes, purpose: str) -> bytes:
        """A key for one purpose of 32 secret bytes."""

    def make_key(self) -> bytes:
        """A fresh key."""

    def make_pair(self) -> tuple[bytes, bytes]:
        """A fresh private key and its public key."""

    def public_of(self, private: bytes) -> bytes:
        """The public key of a private one; ValueError for what is none."""

    def seal(self, key: bytes, place: str, data: bytes, least: int = 0) -> bytes:
        """Seal under a key; not shorter than `least` bytes."""

    def open(self, key: bytes, place: str, sealed: bytes) -> bytes | None:
        """What was sealed; None where key or place is another, or a bit was changed."""

    def seal_to(self, public: bytes, place: str, data: bytes) -> bytes:
        """Seal to who holds the private key."""

    def open_with(self, private: bytes, place: str, sealed: bytes) -> bytes | None:
        """What was sealed to this private key; None as with `open`."""


class Webhooks(Protocol):
    """Tells systems of other institutions that something waits for them (Standard Webhooks)."""

    def takes(self, target: ReferralTarget) -> bool:
        """Whether this institution has an address here."""

    def call(
        self, target: ReferralTarget, identity: str, at: datetime, content: Mapping[str, object]
    ) -> None:
        """Tell it; OSError to be tried again, and `identity` makes that harmless."""
