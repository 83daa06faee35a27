"""How an application stands, for who holds its receipt and knows one thing more of the person.

The last digits of the phone, or the day of birth: neither is secret in a family, and the bare state
is all that is told for it.
"""

import hmac
from dataclasses import dataclass
from datetime import date

ENDING = 4
"""So many last digits of the phone are asked for."""


@dataclass(frozen=True)
class Claim:
    """What somebody says of the person: the end of their phone, their day of birth, or both."""

    ending: str = ""
    born: date | None = None


def read_receipt(written: str) -> str:
    """A receipt number as it is kept, however it was typed: blanks and dashes do not matter."""
    signs = "".join(c for c in written.upper() if c.isascii() and c.isalnum())
    groups = (signs[:4], signs[4:8], signs[8:12], signs[12:])
    return "-".join(group for group in groups if group)


def read_ending(written: str) -> str:
    """The last digits of a phone; "" where fewer were typed. The whole number will do."""
    digits = "".join(c for c in written if c.isascii() and c.isdigit())
    return digits[-ENDING:] if len(digits) >= ENDING else ""


def fits(claim: Claim, phone: str, born: str) -> bool:
    """Whether all that is claimed is so, and something is; `born` is ISO 8601, "" if not known.

    Compared in the same time wherever they differ.
    """
    said = {claim.ending: phone[-ENDING:], claim.born.isoformat() if claim.born else "": born}
    said.pop("", None)
    right = [hmac.compare_digest(one.encode(), other.encode()) for one, other in said.items()]
    return bool(right) and all(right)
