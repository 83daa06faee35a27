"""A passkey in memory: makes credentials and signs challenges as a device does (WebAuthn 6)."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

UP, UV, AT = 0x01, 0x04, 0x40


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class SoftPasskey:
    """One credential; `count` is what a device with a counter would tell next, 0 for none."""

    origin: str = "http://localhost:8000"
    verified: bool = True
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    rp_id: str = ""
    owner: bytes = b""

    def make(self, options: Mapping[str, Any]) -> str:
        """The answer to `navigator.credentials.create`."""
        self.rp_id, self.owner = options["rp"]["id"], plain(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        attested = bytes(16) + len(self.id).to_bytes(2) + self.id + cbor2.dumps(cose)
        data = self._head(AT) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._told({"clientDataJSON": b64(client), "attestationObject": b64(attestation)})

    def use(self, options: Mapping[str, Any], *, named: bool = True) -> str:
        """The answer to `navigator.credentials.get`; `named`: it tells whose it is."""
        self.rp_id = self.rp_id or options["rpId"]
        client = self._client("webauthn.get", options["challenge"])
        data = self._head()
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": b64(client),
            "authenticatorData": b64(data),
            "signature": b64(signed),
        }
        if named:
            response["userHandle"] = b64(self.owner)
        return self._told(response)

    def _head(self, flags: int = 0) -> bytes:
        flags |= UP | (UV if self.verified else 0)
        return (
            hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _told(self, response: Mapping[str, str]) -> str:
        name = b64(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
