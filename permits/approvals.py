"""The rule of the agencies: each required one decides once a round, and together they grant."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from permits.applications import Action, ApplicationId
from permits.errors import Fault
from permits.people import Agency, PersonId


class Opinion(StrEnum):
    """What one agency says of one round."""

    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"


class Ground(StrEnum):
    """Coded reasons: of a refusal (domain table 4.4), L by SETRASS, M by INM, C by a
    consulate; D of a return.
    """

    UNDERAGE = "L1"
    IDENTITY_NOT_PROVEN = "L2"
    CONTRACT_BELOW_MINIMUM = "L3"
    EMPLOYER_NOT_ELIGIBLE = "L4"
    INCOMPLETE_AFTER_REQUEST = "L6"
    DUPLICATE = "L7"
    RE_ENTRY_BAN = "M1"
    ALERT = "M2"
    DOCUMENT_FALSE_OR_EXPIRED = "M3"
    OVERSTAY = "M4"
    OUTSIDE_CATEGORY = "M5"
    DOCUMENT_UNKNOWN_AT_HOME = "C1"
    RECRUITED_WITHOUT_LEAVE = "C2"
    DATA_MISSING = "D1"
    DATA_DIFFER = "D2"
    DOCUMENT_MISSING = "D3"
    DOCUMENT_UNREADABLE = "D4"
    DOCUMENT_EXPIRED = "D5"
    PHOTO_UNFIT = "D6"
    WORK_UNCLEAR = "D7"
    OTHER_QUESTION = "D8"


GROUNDS_OF: dict[Agency, frozenset[Ground]] = {
    Agency.SETRASS: frozenset(g for g in Ground if g.value.startswith("L")),
    Agency.INM: frozenset(g for g in Ground if g.value.startswith("M")),
    Agency.CONSULATE: frozenset(g for g in Ground if g.value.startswith("C")),
}

RETURN_REASONS = frozenset(g for g in Ground if g.value.startswith("D"))
"""Of a return, by any agency."""


@dataclass(frozen=True)
class Signature:
    """Of an official under a decision: the raw Ed25519 key (32 bytes) and what it signed (64)."""

    key: bytes
    value: bytes


@dataclass(frozen=True)
class Decision:
    """One agency's decision on one round, bound to the digest of what was decided on."""

    application: ApplicationId
    round: int
    digest: str
    agency: Agency
    official: PersonId
    opinion: Opinion
    decided_at: datetime
    grounds: tuple[Ground, ...] = ()
    note: str = ""
    signature: Signature | None = None


NOTE_LIMIT = 2000
"""Characters of a note to the worker."""


def find_faults(
    agency: Agency, opinion: Opinion, grounds: Collection[Ground], note: str
) -> list[Fault]:
    """What is wrong with a decision as handed in; all at once.

    A refusal names at least one coded ground of the agency's own; a return at least one coded
    reason, and says what is asked. A note is text that can be kept and sent: no control
    characters, no lone surrogates.
    """
    refusing, asking = set(grounds) - RETURN_REASONS, set(grounds) & RETURN_REASONS
    found = {
        "grounds-missing": opinion is Opinion.REFUSE and not refusing,
        "reasons-missing": opinion is Opinion.RETURN and not asking,
        "grounds-only-with-refusal": opinion is not Opinion.REFUSE and refusing,
        "reasons-only-with-return": opinion is not Opinion.RETURN and asking,
        "grounds-of-other-agency": refusing - GROUNDS_OF[agency],
    }
    faults = [Fault(code, "grounds") for code, wrong in found.items() if wrong]
    if opinion is Opinion.RETURN and not note.strip():
        faults.append(Fault("question-missing", "note"))
    return faults + find_note_faults(note)


def find_note_faults(note: str, field: str = "note") -> list[Fault]:
    """What is wrong with an official's words, whatever they are for."""
    faults = []
    if len(note) > NOTE_LIMIT:
        faults.append(Fault("too-long", field, {"limit": NOTE_LIMIT}))
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\r\t" for c in note):
        faults.append(Fault("wrong-shape", field))
    return faults


def outcome(
    decisions: Collection[Decision], required: Sequence[Agency], *, sealed: bool = False
) -> Action | None:
    """What the decisions of one round amount to; None while one is missing.

    A refusal or a return by any agency settles the round at once, unless it is `sealed`: then
    every required agency has its say first (decision 39). Approval needs every required agency.
    Derived anew each time and never stored (no "half approved").
    """
    opinions = {d.agency: d.opinion for d in decisions}
    if sealed and not opinions.keys() >= set(required):
        return None
    if Opinion.REFUSE in opinions.values():
        return Action.REFUSE
    if Opinion.RETURN in opinions.values():
        return Action.RETURN
    return Action.APPROVE if required and opinions.keys() >= set(required) else None


def whose_turn(
    decisions: Collection[Decision],
    required: Sequence[Agency],
    *,
    sequential: bool,
    sealed: bool = False,
) -> tuple[Agency, ...]:
    """The agencies that may decide now, in the programme's order; empty once settled."""
    if outcome(decisions, required, sealed=sealed) is not None:
        return ()
    decided = {d.agency for d in decisions}
    waiting = tuple(a for a in required if a not in decided)
    return waiting[:1] if sequential else waiting


def takes_places(required: Sequence[Agency]) -> Agency:
    """Whose approval takes the places of the quotas: labour's, else that of the first asked."""
    return Agency.SETRASS if Agency.SETRASS in required else required[0]


def settling(decisions: Sequence[Decision], action: Action) -> tuple[Decision, ...]:
    """The decisions that speak of what a round came to: both, where both say the same."""
    return tuple(d for d in decisions if d.opinion.value == action.value)
