"""A person of the roster against what a vacancy asks for: reasons in words, and a fair order.

No score and no weights: each thing that is asked for is met, lacking or not known. Whoever lacks
nothing comes first, then where something is not known, then who lacks something; among equals the
one who joined the roster first. Sex, age, family, people, health and pregnancy are nowhere in it
(ILO C111; IRIS A), so that two runs over the same roster give the same list to everybody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from permits.errors import Fault, refuse_if
from recruitment.roster import (
    MOST_YEARS,
    WORK_LANGUAGES,
    Education,
    Licence,
    Profile,
    Proof,
    RosterEntry,
)


@dataclass(frozen=True)
class Requirements:
    """What an employer asks for; `years` of the vacancy's occupation, 0: no experience needed.

    `proven`: the experience must be shown by somebody or on paper. Each rests on the work itself.
    """

    years: int = 0
    proven: bool = False
    languages: frozenset[str] = frozenset()
    education: Education | None = None
    licences: frozenset[Licence] = frozenset()


class Asked(StrEnum):
    """What can be compared, in the order in which it is told."""

    DESTINATION = "destination"
    DAYS = "days"
    EXPERIENCE = "experience"
    PROOF = "proof"
    LANGUAGES = "languages"
    EDUCATION = "education"
    LICENCES = "licences"


class Standing(StrEnum):
    """How a person stands to one thing that is asked for."""

    MEETS = "meets"
    LACKS = "lacks"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reason:
    """One thing that is asked for, and how the person stands to it."""

    asked: Asked
    standing: Standing


@dataclass(frozen=True)
class Match:
    """A person of the roster with every reason; `worker_name` is not shown before an invitation."""

    application: UUID
    joined_at: datetime
    profile: Profile = field(repr=False)
    reasons: tuple[Reason, ...]

    @property
    def lacking(self) -> tuple[Asked, ...]:
        """What the person lacks."""
        return tuple(one.asked for one in self.reasons if one.standing is Standing.LACKS)

    @property
    def unknown(self) -> tuple[Asked, ...]:
        """What the person did not say."""
        return tuple(one.asked for one in self.reasons if one.standing is Standing.UNKNOWN)

    @property
    def fits(self) -> bool:
        """Whether everything that is asked for is met."""
        return not self.lacking and not self.unknown


@dataclass(frozen=True)
class Opening:
    """The work that people are compared with: its programme, occupation and first and last day."""

    programme: str
    occupation: str
    starts_on: date
    ends_on: date


def find_faults(requirements: Requirements) -> list[Fault]:
    """What is wrong with what an employer asks for; all at once."""
    checks = (
        ("years-out", "years", not 0 <= requirements.years <= MOST_YEARS),
        ("proof-of-nothing", "proven", requirements.proven and requirements.years == 0),
        ("unknown-value", "languages", not requirements.languages <= set(WORK_LANGUAGES)),
    )
    return [Fault(code, field) for code, field, wrong in checks if wrong]


def check_requirements(requirements: Requirements) -> None:
    """Invalid with every fault."""
    refuse_if(find_faults(requirements))


def match(entry: RosterEntry, opening: Opening, requirements: Requirements) -> Match:
    """One person against one vacancy; what is not asked for is not told."""
    told = tuple(_reasons(entry.profile, opening, requirements))
    return Match(entry.application, entry.joined_at, entry.profile, told)


def in_order(matches: Iterable[Match]) -> list[Match]:
    """The fair order: see the module; an id breaks a tie of the same instant."""

    def turn(one: Match) -> tuple[int, datetime, str]:
        return 2 if one.lacking else int(bool(one.unknown)), one.joined_at, str(one.application)

    return sorted(matches, key=turn)


def find_skipped(ordered: Sequence[Match], chosen: frozenset[UUID]) -> list[Match]:
    """Who meets everything and stands before somebody chosen, and was not chosen.

    Passing over them needs a reason of its own; whoever stands after the last one chosen was not
    reached, which is reason enough.
    """
    last = max((at for at, one in enumerate(ordered) if one.application in chosen), default=-1)
    return [one for one in ordered[:last] if one.fits and one.application not in chosen]


def _reasons(profile: Profile, opening: Opening, wanted: Requirements) -> Iterator[Reason]:
    yield _reason(Asked.DESTINATION, opening.programme in profile.destinations)
    until = profile.free_until
    free = profile.free_from <= opening.starts_on and (until is None or opening.ends_on <= until)
    yield _reason(Asked.DAYS, free)
    trade = profile.trade(opening.occupation)
    if wanted.years:
        yield _reason(Asked.EXPERIENCE, trade is not None and trade.years >= wanted.years)
    if wanted.proven:
        yield _reason(Asked.PROOF, trade is not None and trade.proof is not Proof.NOTHING)
    if wanted.languages:
        yield _reason(Asked.LANGUAGES, wanted.languages <= profile.languages)
    if wanted.education is not None:
        yield _schooling(profile, wanted.education)
    if wanted.licences:
        yield _reason(Asked.LICENCES, wanted.licences <= profile.licences)


def _schooling(profile: Profile, wanted: Education) -> Reason:
    if profile.education is None:
        return Reason(Asked.EDUCATION, Standing.UNKNOWN)
    order = list(Education)
    return _reason(Asked.EDUCATION, order.index(profile.education) >= order.index(wanted))


def _reason(asked: Asked, met: bool) -> Reason:
    return Reason(asked, Standing.MEETS if met else Standing.LACKS)
