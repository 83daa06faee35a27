"""A message as a person or a telephone reads it out: no address, and digits one by one."""

import re

from app.web.i18n import N_, Locale

_ADDRESS = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"\b(?=[0-9A-Z-]*\d)[0-9A-Z]{4,}(?:-[0-9A-Z]+)+\b|\b\d{5,}\b")
"""A receipt, a permit's number or a code; a year stays a year."""

INSTEAD = N_("en una oficina, o en esta línea. Ahí le leemos su caso.")
"""Where an address leads to, for somebody who cannot open it."""

HALF = 4
"""So many signs are said in one breath where a number has no groups of its own."""


def read_out(body: str, locale: Locale) -> str:
    """The text of a message to be said; a name of a service is all that stays of an address."""
    bare = _ADDRESS.sub(lambda _: locale.text(INSTEAD), body)
    return _NUMBER.sub(lambda found: _spelled(found.group()), bare).replace("..", ".")


def _spelled(number: str) -> str:
    groups = number.split("-") if "-" in number else _breaths(number)
    return ", ".join(" ".join(group) for group in groups)


def _breaths(number: str) -> list[str]:
    size = 3 if len(number) == 6 else HALF
    return [number[at : at + size] for at in range(0, len(number), size)]
