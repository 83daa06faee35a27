"""Recruiters: a licence on every day, a mandate of each employer, and no agent without either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault, refuse_if
from recruitment.registries import Entry, EntryState, Registry, is_active

LONGEST_CHAIN = 5
"""So many links from the employer to the last agent: a longer one hides who answers for it."""


class LicenceState(StrEnum):
    """How a licence stands on a day; `unknown` is what no registry has answered."""

    VALID = "valid"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LicenceKey:
    """Which licence: its registry and its number as it is compared."""

    registry: Registry
    number: str


@dataclass(frozen=True)
class Mandate:
    """An employer's word that this licence recruits for it, both days included.

    `under` is the mandate of the recruiter whose sub-agent this is, None where the employer gave
    it to the recruiter itself. `ended_on` is the day from which it counts no more.
    """

    id: UUID
    licence: LicenceKey
    starts_on: date
    ends_on: date
    under: UUID | None = None
    ended_on: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        ended = self.ended_on is not None and self.ended_on <= day
        return self.starts_on <= day <= self.ends_on and not ended


def state_of(entry: Entry | None, on: date) -> LicenceState:
    """How a licence stands by what its registry says of it; no entry is no licence (R02)."""
    if entry is None:
        return LicenceState.NONE
    if entry.state is EntryState.SUSPENDED:
        return LicenceState.SUSPENDED
    if is_active(entry, on):
        return LicenceState.VALID
    early = entry.starts_on is not None and on < entry.starts_on
    still = entry.state is EntryState.ACTIVE
    return LicenceState.NOT_YET if early and still else LicenceState.EXPIRED


def chain_of(mandate: Mandate, mandates: Sequence[Mandate]) -> tuple[Mandate, ...]:
    """From the recruiter whom the employer named to this one.

    Conflict("chain-broken") where a link is missing, leads in a circle, or there are too many.
    """
    known = {one.id: one for one in mandates}
    chain = [mandate]
    while (under := chain[0].under) is not None:
        if under not in known or known[under] in chain or len(chain) >= LONGEST_CHAIN:
            raise Conflict("chain-broken")
        chain.insert(0, known[under])
    return tuple(chain)


def is_mandated(mandate: Mandate, mandates: Sequence[Mandate], day: date) -> bool:
    """Whether every link of the chain is in force: an agent has no more than who named them."""
    return all(one.counts_on(day) for one in chain_of(mandate, mandates))


def check_new(mandate: Mandate, mandates: Sequence[Mandate], state: LicenceState) -> None:
    """Refuse a mandate for a licence that does not stand, twice, or without who is above it.

    Invalid with every fault; `licence-unknown` where the registry has not answered: what is not
    verified gives nobody a mandate.
    """
    faults = []
    if mandate.ends_on < mandate.starts_on:
        faults.append(Fault("ends-before-it-begins", "ends_on"))
    if state is not LicenceState.VALID:
        faults.append(Fault(f"licence-{state.value}", "licence"))
    same = [
        one for one in mandates if one.licence == mandate.licence and one.under == mandate.under
    ]
    if any(one.ended_on is None and one.ends_on >= mandate.starts_on for one in same):
        faults.append(Fault("mandate-twice", "licence"))
    refuse_if(faults)
    above = chain_of(mandate, mandates)[:-1]
    if any(one.licence == mandate.licence for one in above):
        raise Conflict("chain-broken")
    day = mandate.starts_on
    if not all(one.counts_on(day) and mandate.ends_on <= one.ends_on for one in above):
        refuse_if([Fault("mandate-longer", "ends_on")])
