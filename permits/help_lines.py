"""Where somebody calls who is in danger or treated badly: by country of work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HOME = "HND"
"""Whose lines everybody is shown beside those of where they are: their family calls there."""


@dataclass(frozen=True)
class HelpLine:
    """A free line of a `country` (ISO 3166 alpha-3): for what it is, and what is dialled there."""

    code: str
    country: str
    name_es: str
    name_en: str
    phone: str

    @property
    def link(self) -> str:
        """What a phone calls: digits, and + where it begins so."""
        return "tel:" + "".join(one for one in self.phone if one.isdigit() or one == "+")


@dataclass(frozen=True)
class ShownLines:
    """Lines of one country as a page shows them together."""

    country: str
    lines: tuple[HelpLine, ...]


def lines_for(
    known: Mapping[str, Sequence[HelpLine]], country: str | None
) -> tuple[ShownLines, ...]:
    """Those of the country where somebody is, then Honduras'.

    Where it is not known, or a country without lines of its own: Honduras' first, then all others.
    """
    here = [country] if country and country in known else []
    others = [] if here else sorted(set(known) - {HOME})
    wanted = dict.fromkeys([*here, HOME, *others])
    return tuple(ShownLines(one, tuple(known[one])) for one in wanted if known.get(one))
