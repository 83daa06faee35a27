"""Codes that work once: six digits by the clock (RFC 6238), and codes on paper for emergencies."""

import base64
import hmac
from datetime import datetime

import pyotp

from app.services.ports import Chance

STEP_SECONDS = 30
TOLERANCE = 1
"""Steps before and after that count too: a phone's clock is seldom exact."""

SECRET_BYTES = 20
"""RFC 4226 asks for 128 bits and recommends 160."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that looks like a digit."""

LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
CODES = 10
RANDOM_LETTERS = 11
"""55 bits beside the code's own place; kept as Argon2id, and tries are counted."""


def new_secret(chance: Chance) -> str:
    """A fresh secret in base32, as apps take it."""
    return base64.b32encode(chance.token(SECRET_BYTES)).decode()


def address(secret: str, name: str, issuer: str = "Vereda") -> str:
    """The otpauth address that a phone's app reads from a QR symbol."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def grouped(secret: str) -> str:
    """The secret in groups of four, to be typed."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def step_at(now: datetime) -> int:
    """The number of the 30 seconds that `now` lies in."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """The six digits of one step."""
    return pyotp.HOTP(secret).at(step)


def step_of(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """The step that a code belongs to; None where it is wrong, too old, or was used.

    `last_step` is the last one that was used: it and all before it count no more.
    """
    here = step_at(now)
    found = None
    for step in range(here - TOLERANCE, here + TOLERANCE + 1):
        fits = hmac.compare_digest(code_at(secret, step).encode(), code.encode())
        if fits and step > last_step:
            found = step
    return found


def next_code(secret: str, now: datetime, last_step: int) -> str | None:
    """A code that would be taken now, for the demonstration; None in the seconds without one."""
    step = max(step_at(now), last_step + 1)
    return code_at(secret, step) if step <= step_at(now) + TOLERANCE else None


def digits(typed: str) -> str:
    """What was typed as six digits, blanks aside; "" where it is something else."""
    plain = "".join(typed.split())
    return plain if len(plain) == 6 and plain.isascii() and plain.isdigit() else ""


def new_paper_codes(chance: Chance) -> list[str]:
    """Ten codes in one form; the first sign of each is its place among them."""
    return [
        str(place) + "".join(ALPHABET[chance.below(32)] for _ in range(RANDOM_LETTERS))
        for place in range(CODES)
    ]


def written(code: str) -> str:
    """A paper code as it is printed: three groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def paper_code(typed: str) -> str:
    """What was typed in the one form of a paper code; "" where it is none."""
    plain = "".join(c for c in typed.upper() if c.isalnum()).translate(LOOKS_LIKE)
    fits = len(plain) == RANDOM_LETTERS + 1 and set(plain) <= set(ALPHABET)
    return plain if fits and plain[0].isdigit() else ""
