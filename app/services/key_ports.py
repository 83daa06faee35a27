"""What the use cases ask of the signing keys and of the trust list."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec

from permits.keys import Key
from permits.partners import Partner
from permits.signing import KeyUse, Signer
from permits.trust_list import TrustList


class Keys(Protocol):
    """The signing keys and the trust list that the offline root signed."""

    def signer(self, use: KeyUse) -> Signer:
        """The active signer of a use; Conflict("no-active-key") where there is none."""

    def signer_of(self, kid: bytes) -> Signer:
        """The signer of one key, also of a retired one that still owes a signature.

        Conflict("key-compromised"): nothing may be signed with it any more.
        """

    def trust_list(self) -> bytes:
        """The signed CWT of every key that a verifier may trust."""

    def roots(self) -> Sequence[ec.EllipticCurvePublicKey]:
        """The offline roots that may sign a trust list."""

    def find(self, kid: bytes) -> Key | None:
        """A key of the register, by its name."""

    def list_keys(self) -> Sequence[Key]:
        """Every key of the register, oldest first."""

    def create(self, use: KeyUse, now: datetime, noting: Callable[[Key], None]) -> Key:
        """Make a key; `noting` is told of it before it counts."""

    def change(self, act: Callable[[tuple[Key, ...]], Sequence[Key]]) -> Sequence[Key]:
        """Write what `act` makes of all keys; nobody else changes them meanwhile."""

    def list_partners(self) -> Sequence[Partner]:
        """The issuers of other countries whose permits count here."""

    def put_partner(self, partner: Partner) -> None:
        """Add a partner, or put it in the place of what was known of the same issuer."""

    def remove_partner(self, issuer: str) -> None:
        """Forget a partner; one that is not there is no error."""

    def publics(self, use: KeyUse) -> Sequence[ec.EllipticCurvePublicKey]:
        """Every public key that a use ever had, retired and compromised ones too."""

    def renew_trust_list(self, now: datetime) -> TrustList | None:
        """Sign the trust list anew where it is due and a root is at hand; else None."""

    def is_list_due(self, now: datetime) -> bool:
        """Whether the list that is served is missing, old, or not what the register says."""
