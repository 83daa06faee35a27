"""A reader's marks on the text of a contract: which clause says what it must, and which binds.

The form's fixed clauses each say one term (R19). The employer's own words, sentence by sentence,
may say any of them, or hide what binds a worker (R14, R15): a person reads them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from permits.errors import Fault
from permits.offers import Offer
from permits.people import PersonId
from recruitment.ethics.words import Clause, ContractTerm
from recruitment.ethics.written import digest
from recruitment.terms import Terms, stated

NOWHERE = 0
"""The mark of a reader who found no clause of it."""

_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")


@dataclass(frozen=True)
class Line:
    """One clause by its number, from 1: a fixed one that says `term`, or the employer's own words.

    Own words have no `term`; `language` is theirs, or that of the page for a fixed one.
    """

    number: int
    term: ContractTerm | None = None
    text: str = ""
    language: Literal["es", "en"] = "es"


@dataclass(frozen=True)
class Reading:
    """What one reader marked in one text: where each term is said, and where something binds.

    `text` is the SHA-256 of what was read. Terms without a clause are left out of `says`, kinds
    of clauses that were not found of `binds`.
    """

    id: UUID
    vacancy: UUID
    text: bytes
    says: Mapping[ContractTerm, int]
    binds: Mapping[Clause, int]
    official: PersonId
    read_at: datetime


Marks = Mapping[ContractTerm | Clause, int | None]
"""The number of a clause by what is marked, `NOWHERE` for none; None where nothing was chosen."""


def lines_of(offer: Offer, terms: Terms) -> tuple[Line, ...]:
    """The clauses of a vacancy's contract: the fixed ones that are told, then own words.

    What the job is stands in own words alone: title and tasks.
    """
    told = stated(offer, terms) - {ContractTerm.JOB}
    fixed: list[tuple[ContractTerm | None, str, Literal["es", "en"]]] = [
        (term, "", "es") for term in ContractTerm if term in told
    ]
    own: list[tuple[ContractTerm | None, str, Literal["es", "en"]]] = [
        *((None, one, "es") for one in _sentences(offer.title, terms.tasks_es)),
        *((None, one, "en") for one in _sentences(terms.tasks_en)),
    ]
    return tuple(Line(number, *one) for number, one in enumerate((*fixed, *own), start=1))


def _sentences(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from (one.strip() for one in _SENTENCE.split(text) if one.strip())


def text_of(offer: Offer, terms: Terms) -> bytes:
    """The digest of what is read: other terms are another text, which nobody has read."""
    return digest(offer, terms)


def field_of(what: ContractTerm | Clause) -> str:
    """The name of a mark in forms and faults."""
    name = what.value.replace("-", "_")
    return f"binds_{name}" if isinstance(what, Clause) else name


def find_faults(
    marks: Marks, lines: Sequence[Line], mandatory: Sequence[ContractTerm]
) -> list[Fault]:
    """What is wrong with marks, all at once.

    Each mandatory term and each kind of clause is marked, with a clause that is there or with
    none. A fixed clause says its own term alone, and binds nobody: `clause-says-another`.
    """
    known = {line.number: line for line in lines}
    faults = []
    for what in (*mandatory, *Clause):
        number = marks.get(what)
        if number is None:
            faults.append(Fault("missing", field_of(what)))
        elif number != NOWHERE and number not in known:
            faults.append(Fault("no-such-clause", field_of(what), {"limit": len(lines)}))
        elif number != NOWHERE and known[number].term not in {None, what}:
            faults.append(Fault("clause-says-another", field_of(what)))
    return faults


def found_of(marks: Marks) -> tuple[dict[ContractTerm, int], dict[Clause, int]]:
    """The marks that name a clause: of terms, and of what binds."""
    found = {what: number for what, number in marks.items() if number}
    return (
        {what: number for what, number in found.items() if isinstance(what, ContractTerm)},
        {what: number for what, number in found.items() if isinstance(what, Clause)},
    )


def newest_of(readings: Sequence[Reading], text: bytes) -> Reading | None:
    """The reading that counts: the newest of this very text, by instant and id."""
    own = [one for one in readings if one.text == text]
    return max(own, key=lambda one: (one.read_at, one.id)) if own else None
