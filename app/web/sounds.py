"""A sound as a page carries it: within the page itself, heard without an address of its own.

A player that asks for its sound by an address does so by GET and in parts. What is opened by POST
(under a complainant's number) it never gets, and each part would be one more entry of who opened
a piece of evidence.
"""

import base64
from dataclasses import dataclass

from recruitment.complaints.evidence import plays_in_browsers


@dataclass(frozen=True)
class Heard:
    """A voice on its page; `source` is "" where no browser plays its kind, and the page says so."""

    source: str = ""


def heard(media: str, data: bytes) -> Heard:
    """The sound as a `data:` address for an `audio` element."""
    if not plays_in_browsers(media, data):
        return Heard()
    return Heard(f"data:{media};base64,{base64.b64encode(data).decode()}")
