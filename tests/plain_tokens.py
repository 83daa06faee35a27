"""Signed tokens as most tests have them: numbered or readable, and never verified."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.adapters.holder_proofs import read_holder_proof
from permits.errors import Unauthenticated
from permits.wallets import HolderProof


@dataclass
class PlainTokens:
    """Tokens by number, claims in a dictionary; the real ones are tested in tests/adapters."""

    granted: dict[str, tuple[Mapping[str, object], datetime]] = field(default_factory=dict)
    lifetime: timedelta = timedelta(minutes=30)
    issuer: str = "https://vereda.example"

    def create_access_token(self, claims: Mapping[str, object], now: datetime) -> str:
        token = f"token-{len(self.granted) + 1}"
        self.granted[token] = (claims, now + self.lifetime)
        return token

    def read_access_token(self, token: str, now: datetime) -> Mapping[str, object]:
        claims, expires = self.granted.get(token, ({}, now))
        if now >= expires:
            raise Unauthenticated("token-refused")
        return claims

    def jwks(self) -> Mapping[str, object]:
        return {"keys": []}

    def credential_keys(self) -> Mapping[str, object]:
        return {"keys": []}

    def sign_receipt(self, claims: Mapping[str, object]) -> str:
        return f"receipt-{json.dumps(claims, sort_keys=True)}"

    def sign_referral(self, claims: Mapping[str, object]) -> str:
        return urlsafe_b64encode(json.dumps({"iss": self.issuer, **claims}).encode()).decode()

    def read_referral(self, token: str) -> Mapping[str, object]:
        try:
            return dict(json.loads(urlsafe_b64decode(token.encode())))
        except ValueError:
            raise Unauthenticated("token-refused") from None

    def sign_wallet_credential(self, claims: Mapping[str, object]) -> str:
        return f"wallet-{json.dumps(claims, sort_keys=True)}"

    def read_holder_proof(self, proof: str, audience: str, now: datetime) -> HolderProof:
        return read_holder_proof(proof, audience, now)  # needs no key of ours

    def sign_status_list(self, claims: Mapping[str, object]) -> str:
        return hashlib.sha256(str(claims).encode()).hexdigest()
