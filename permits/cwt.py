"""Names of the claims on the wire, and the only ways to take a value out of untyped CBOR."""

from collections.abc import Mapping
from typing import Any

from permits import cose

# RFC 8392 section 4.
CLAIM_ISS = 1
CLAIM_SUB = 2
CLAIM_EXP = 4
CLAIM_NBF = 5
CLAIM_IAT = 6

CLAIM_IDENTITY = 169
"""Claim 169 (MOSIP), registered with IANA."""

# IETF Token Status List: requested from IANA, not final. They stand here and nowhere else.
CLAIM_STATUS_LIST = 65_533
CLAIM_TTL = 65_534
CLAIM_STATUS = 65_535

# Private use (RFC 8392 section 9.1: integers below -65536).
CLAIM_PERMIT = -70_001
CLAIM_TRUST = -70_002

END_OF_TIME = 253_402_300_800
"""The year 10000 in seconds: no instant or count on the wire reaches it, so each fits a date
of Python, a number of JavaScript, and a column."""

MAX_TEXT = 256
"""Characters of any text in a claim."""


def read_map(claims: Mapping[Any, Any], key: object) -> dict[Any, Any]:
    """Return the map under `key`; `cose.Malformed` if there is none."""
    value = claims.get(key)
    if type(value) is not dict:
        raise cose.Malformed
    return value


def read_text(claims: Mapping[Any, Any], key: object) -> str:
    """Return the text under `key`, 1 to `MAX_TEXT` characters; or `cose.Malformed`."""
    value = claims.get(key)
    if type(value) is not str or not 0 < len(value) <= MAX_TEXT:
        raise cose.Malformed
    return value


def read_each_text(claims: Mapping[Any, Any], *keys: object) -> list[str]:
    """Return the text under each key, as `read_text` would."""
    values: list[Any] = [claims.get(key) for key in keys]
    for value in values:
        if type(value) is not str or not 0 < len(value) <= MAX_TEXT:
            raise cose.Malformed
    return values


def read_optional_text(claims: Mapping[Any, Any], key: object) -> str | None:
    """Return the text under `key`, or None where the key is missing."""
    return read_text(claims, key) if key in claims else None


def read_texts(claims: Mapping[Any, Any], key: object) -> tuple[str, ...]:
    """Return the array of texts under `key`; or `cose.Malformed`."""
    value = claims.get(key)
    if type(value) is not list:
        raise cose.Malformed
    for item in value:
        if type(item) is not str:
            raise cose.Malformed
    return tuple(value)


def read_instant(claims: Mapping[Any, Any], key: object) -> int:
    """Return the integer under `key`, 0 ≤ n < `END_OF_TIME`; or `cose.Malformed`.

    For instants (seconds) and counts; neither a float nor true is an integer here.
    """
    value = claims.get(key)
    if type(value) is not int or not 0 <= value < END_OF_TIME:
        raise cose.Malformed
    return value
