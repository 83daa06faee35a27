"""What the use cases ask of signed tokens: access, receipts, lists and credentials as JWT."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from permits.wallets import HolderProof


class Tokens(Protocol):
    """Signed tokens and lists in JWT form."""

    @property
    def lifetime(self) -> timedelta:
        """How long an access token holds."""

    def create_access_token(self, claims: Mapping[str, object], now: datetime) -> str:
        """A signed access token; `iss`, `aud`, `iat` and `exp` (`now` + `lifetime`) are added."""

    def read_access_token(self, token: str, now: datetime) -> Mapping[str, object]:
        """The claims of an access token of ours that holds; Unauthenticated("token-refused")."""

    def jwks(self) -> Mapping[str, object]:
        """The public keys as a JWK set (RFC 7517), for others to verify with."""

    def credential_keys(self) -> Mapping[str, object]:
        """Those of them that sign permits for wallets, and no other."""

    def sign_receipt(self, claims: Mapping[str, object]) -> str:
        """The receipt of a check as a JWT."""

    def sign_referral(self, claims: Mapping[str, object]) -> str:
        """The signature of a letter of hand-over as a JWT; `iss` is added."""

    def read_referral(self, token: str) -> Mapping[str, object]:
        """The claims of such a letter that we signed, ever; Unauthenticated("token-refused")."""

    def sign_wallet_credential(self, claims: Mapping[str, object]) -> str:
        """A permit for a wallet as a JWT, its disclosures not yet added."""

    def read_holder_proof(self, proof: str, audience: str, now: datetime) -> HolderProof:
        """A wallet's proof of its key; Unauthenticated("token-refused")."""

    def sign_status_list(self, claims: Mapping[str, object]) -> str:
        """A status list as a JWT."""
