"""Claims that a holder shows one by one, or keeps to themselves (SD-JWT, RFC 9901)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from permits.base64url import encode

HASH = "sha-256"
"""RFC 9901 section 4.1.1; the default, told all the same."""


@dataclass(frozen=True)
class Concealed:
    """`digests` go into the signed claims, `disclosures` to the holder, in the order of claims."""

    digests: tuple[str, ...]
    disclosures: tuple[str, ...]


def conceal(claims: Mapping[str, object], salt: Callable[[], bytes]) -> Concealed:
    """Hide claims of the top level behind digests; `salt` gives new random bytes each time.

    16 bytes or more (section 9.3), so that no value can be guessed. The digests are sorted: their
    order tells nothing of the claims' (section 4.2.4.1).
    """
    disclosures = tuple(_disclosure(salt(), name, value) for name, value in claims.items())
    return Concealed(tuple(sorted(map(digest, disclosures))), disclosures)


def digest(disclosure: str) -> str:
    """What stands for a disclosure in the signed claims (section 4.2.3)."""
    return encode(sha256(disclosure.encode()).digest())


def compose(token: str, disclosures: tuple[str, ...]) -> str:
    """The token with every disclosure and no key binding yet (section 4): for its holder alone."""
    return "~".join([token, *disclosures, ""])


def _disclosure(salt: bytes, name: str, value: object) -> str:
    told = json.dumps([encode(salt), name, value], ensure_ascii=False)
    return encode(told.encode())
