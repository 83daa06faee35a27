"""A recommendation within an agency: one official prepares what another decides.

Whether an agency wants one before it approves or refuses is data of the programme
(`Programme.recommended`, decision 32). It binds nobody: who decides may decide otherwise. A return
to the worker needs none, for it settles nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from permits.applications import ApplicationId, canonical, digest
from permits.approvals import Decision, Ground, Opinion, find_faults
from permits.errors import Conflict, Fault, Forbidden
from permits.findings import Finding
from permits.people import Agency, PersonId

RECOMMENDABLE = (Opinion.APPROVE, Opinion.REFUSE)
"""What can be recommended."""


class Step(StrEnum):
    """What an agency whose turn it is has to do next."""

    RECOMMEND = "recommend"
    DECIDE = "decide"


@dataclass(frozen=True)
class Recommendation:
    """What one official advises their own agency on one round, once.

    `findings` is the digest of what the checks had found then, so that who decides sees whether
    they find something else now. `note` is for colleagues; the worker is not told of it.
    """

    application: ApplicationId
    round: int
    digest: str
    agency: Agency
    official: PersonId
    opinion: Opinion
    findings: str
    recommended_at: datetime
    grounds: tuple[Ground, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Advice:
    """The agencies that want a recommendation, and those given in the present round."""

    wanted: tuple[Agency, ...] = ()
    given: tuple[Recommendation, ...] = ()

    def of(self, agency: Agency | None) -> Recommendation | None:
        """What an agency was recommended in this round."""
        return next((one for one in self.given if one.agency is agency), None)

    def is_missing(self, agency: Agency | None) -> bool:
        """Whether an agency waits for a recommendation before it can approve or refuse."""
        return agency in self.wanted and self.of(agency) is None


NO_ADVICE = Advice()


def check_advised(advice: Advice, agency: Agency, person: PersonId, opinion: Opinion) -> None:
    """Whether this person may give this opinion for the agency, as far as advice is concerned.

    Forbidden("own-recommendation"): who recommended decides nothing in the same round.
    Conflict("recommendation-missing"): the programme wants one first.
    """
    given = advice.of(agency)
    if given is not None and given.official == person:
        raise Forbidden("own-recommendation")
    if opinion in RECOMMENDABLE and advice.is_missing(agency):
        raise Conflict("recommendation-missing")


def check_wanted(advice: Advice, agency: Agency) -> None:
    """Conflict where the agency wants none, or has one of this round."""
    if agency not in advice.wanted:
        raise Conflict("no-recommendation-wanted")
    if advice.of(agency) is not None:
        raise Conflict("already-recommended")


def find_recommendation_faults(
    agency: Agency, opinion: Opinion, grounds: Collection[Ground], note: str
) -> list[Fault]:
    """What is wrong with one as handed in: as with a decision, but nothing is returned by it."""
    if opinion not in RECOMMENDABLE:
        return [Fault("unknown-value", "opinion")]
    return find_faults(agency, opinion, grounds, note)


def digest_findings(findings: Sequence[Finding]) -> str:
    """SHA-256 over what the checks found, whatever their order."""
    told = [
        canonical(
            {
                "code": one.code,
                "severity": one.severity.value,
                "field": one.field,
                "facts": one.facts,
            }
        )
        for one in findings
    ]
    return digest({"findings": sorted(told)})


def decided_before_recourse(
    decisions: Collection[Decision], overturned: Collection[int], round_: int
) -> frozenset[PersonId]:
    """Who may not decide a round that a recourse opened: who decided up to what it overturned.

    `overturned` are the rounds whose refusal was overturned; it counts in every round after.
    """
    last = max((one for one in overturned if one < round_), default=0)
    return frozenset(one.official for one in decisions if one.round <= last)
