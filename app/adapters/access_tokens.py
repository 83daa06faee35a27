"""Access tokens, receipts and status lists as JWT, signed with the keys of the ring."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.adapters.holder_proofs import read_holder_proof
from app.adapters.keyring import KeyRing
from app.adapters.tokens import Tokens, read_claims
from permits import checks, keys, wallets
from permits.signing import KeyUse
from permits.status_list import JWT_TYPE
from permits.wallets import HolderProof
from recruitment.complaints import referral_papers

TYPE = "at+jwt"
"""RFC 9068 section 2.1."""

AUDIENCE = "vereda-api"


class AccessTokens:
    """Signs and reads; the keys are asked each time, so that a rotation needs no restart."""

    def __init__(self, ring: KeyRing, issuer: str, lifetime: timedelta) -> None:
        self._ring = ring
        self._issuer = issuer
        self._lifetime = lifetime
        self._made: dict[tuple[bytes, ...], Tokens] = {}

    @property
    def lifetime(self) -> timedelta:
        """How long an access token holds."""
        return self._lifetime

    def create_access_token(self, claims: Mapping[str, object], now: datetime) -> str:
        """A signed access token; `iss`, `aud`, `iat` and `exp` (`now` + `lifetime`) are added."""
        issued = int(now.timestamp())
        ends = issued + int(self._lifetime.total_seconds())
        whole = {**claims, "aud": AUDIENCE, "iat": issued, "exp": ends}
        return self._tokens(KeyUse.TOKEN).sign(whole, TYPE)

    def read_access_token(self, token: str, now: datetime) -> Mapping[str, object]:
        """The claims of an access token of ours that holds; Unauthenticated("token-refused")."""
        return self._tokens(KeyUse.TOKEN).read(token, TYPE, AUDIENCE, now)

    def jwks(self) -> Mapping[str, object]:
        """The public keys as a JWK set (RFC 7517), for others to verify with."""
        uses = (KeyUse.TOKEN, KeyUse.STATUS)
        return {"keys": [key for use in uses for key in self._tokens(use).jwks()["keys"]]}

    def credential_keys(self) -> Mapping[str, object]:
        """Those of them that sign permits for wallets, and no other."""
        return self._tokens(KeyUse.TOKEN).jwks()

    def sign_receipt(self, claims: Mapping[str, object]) -> str:
        """The receipt of a check as a JWT; its type keeps it from passing for an access token."""
        return self._tokens(KeyUse.TOKEN).sign(dict(claims), checks.TYPE)

    def sign_referral(self, claims: Mapping[str, object]) -> str:
        """The signature of a letter of hand-over as a JWT."""
        return self._tokens(KeyUse.TOKEN).sign(dict(claims), referral_papers.TYPE)

    def read_referral(self, token: str) -> Mapping[str, object]:
        """The claims of such a letter; Unauthenticated("token-refused")."""
        payload = self._tokens(KeyUse.TOKEN).verify(token, referral_papers.TYPE)
        return read_claims(payload)

    def sign_wallet_credential(self, claims: Mapping[str, object]) -> str:
        """A permit for a wallet as a JWT, its disclosures not yet added."""
        return self._tokens(KeyUse.TOKEN).sign(dict(claims), wallets.TYPE)

    def read_holder_proof(self, proof: str, audience: str, now: datetime) -> HolderProof:
        """A wallet's proof of its key; Unauthenticated("token-refused")."""
        return read_holder_proof(proof, audience, now)

    def sign_status_list(self, claims: Mapping[str, object]) -> str:
        """A status list as a JWT."""
        return self._tokens(KeyUse.STATUS).sign(dict(claims), JWT_TYPE)

    def _tokens(self, use: KeyUse) -> Tokens:
        signer, others = self._ring.signer(use), self._ring.verifying(use)
        known = (signer.kid, *others)
        if known not in self._made:
            key = keys.get_key(self._ring.list_keys(), signer.kid).public
            self._made[known] = Tokens(self._issuer, signer, key, others)
        return self._made[known]
