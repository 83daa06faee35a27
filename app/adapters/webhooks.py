"""Telling a system of another institution that something waits for it (Standard Webhooks 1.0).

Each institution has an address and a secret of its own in a TOML file. A call is a POST of JSON
with `webhook-id`, `webhook-timestamp` and `webhook-signature: v1,…`: HMAC-SHA256 in base64 of
`id.timestamp.body`. Who gets the same id twice does nothing the second time.
"""

import base64
import binascii
import hmac
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.adapters.outbound import Outbound, Refused, origin_of
from recruitment.complaints.words import ReferralTarget

PREFIX = "whsec_"
SECRET_BYTES = range(24, 65)
"""So long is a secret (Standard Webhooks)."""


@dataclass(frozen=True)
class Endpoint:
    """Where an institution takes calls, and the secret that it shares with us."""

    url: str
    secret: bytes = field(repr=False)


class Webhooks:
    """Calls the institutions that the file names, through the guarded way out."""

    def __init__(self, outbound: Outbound, endpoints: Mapping[ReferralTarget, Endpoint]) -> None:
        self._outbound, self._endpoints = outbound, endpoints

    def takes(self, target: ReferralTarget) -> bool:
        """Whether this institution has an address here."""
        return target in self._endpoints

    def call(
        self, target: ReferralTarget, identity: str, at: datetime, content: Mapping[str, object]
    ) -> None:
        """Tell it; OSError where it has no address, or answered with no 2xx."""
        endpoint = self._endpoints.get(target)
        if endpoint is None:
            raise OSError("the institution has no address")
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        stamp = str(int(at.timestamp()))
        headers = {
            "Content-Type": "application/json",
            "webhook-id": identity,
            "webhook-timestamp": stamp,
            "webhook-signature": sign(endpoint.secret, identity, stamp, body),
        }
        reply = self._outbound.post(endpoint.url, body, headers)
        if not 200 <= reply.status < 300:
            raise OSError(f"the institution answered {reply.status}")


def sign(secret: bytes, identity: str, stamp: str, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64."""
    signed = f"{identity}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()


def read_endpoints(path: Path | None) -> Mapping[ReferralTarget, Endpoint]:
    """The file of the endpoints; ValueError that names the table which is wrong, and no secret."""
    if path is None:
        return {}
    found = {}
    for name, told in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if name not in set(ReferralTarget) or not isinstance(told, dict):
            raise ValueError(f"[{name}] is no institution that cases are handed over to")
        if set(told) != {"url", "secret"}:
            raise ValueError(f"[{name}] has not just url and secret")
        found[ReferralTarget(name)] = Endpoint(_address(name, told), _secret_of(name, told))
    return found


def _address(name: str, told: Mapping[str, object]) -> str:
    try:
        origin_of(str(told["url"]))
    except Refused:
        raise ValueError(f"[{name}].url is no address") from None
    return str(told["url"])


def _secret_of(name: str, told: Mapping[str, object]) -> bytes:
    try:
        return read_secret(str(told["secret"]))
    except ValueError as error:
        raise ValueError(f"[{name}].secret {error}") from None


def read_secret(text: str) -> bytes:
    """A secret as both sides write it; ValueError that does not repeat it."""
    try:
        secret = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        secret = b""
    if len(secret) not in SECRET_BYTES:
        raise ValueError("is not whsec_ and 24 to 64 bytes in base64")
    return secret
