"""What the use cases ask of the public folder, of what reads its lists, and of other publishers."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec

from permits.status_list import StatusLists
from permits.trust_list import TrustList


class PublicFiles(Protocol):
    """The files that everybody may fetch, by name."""

    def alone(self) -> AbstractContextManager[None]:
        """Let no other process put anything out meanwhile."""

    def put(self, name: str, data: bytes) -> bool:
        """Put a file in the place of the one before; whether that differed."""

    def get(self, name: str) -> bytes | None:
        """The file as it stands; None where there is none."""

    def names(self, under: str) -> Sequence[str]:
        """The files of a folder, in order."""

    def remove(self, name: str) -> None:
        """Take a file away; one that is not there is no error."""


class PartnerLists(Protocol):
    """Where other countries' issuers publish their status lists."""

    def fetch(self, source: str) -> bytes:
        """The list at an address of https: or file:; OSError where there is none."""


class SignedLists(Protocol):
    """Reads signed lists, each once while it stays the same."""

    def trust(self, token: bytes, roots: Sequence[ec.EllipticCurvePublicKey]) -> TrustList:
        """The trust list, if one of these roots signed it; NotTrusted."""

    def status_lists(self, tokens: Iterable[bytes], trust: TrustList) -> StatusLists:
        """The lists of these tokens; one that cannot be believed is left out."""
