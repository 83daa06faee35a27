"""The clearance: the value that only the checks can make, without which nothing is signed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from permits.applications import Action, Application, ApplicationId, Status
from permits.approvals import Decision, Opinion, outcome
from permits.errors import Conflict
from permits.people import Agency

_SEAL = object()


@dataclass(frozen=True)
class Clearance:
    """Every required agency approved this digest of this round, by different people.

    Comes from `clear` alone; the constructor refuses anybody else (Boulder's issuance token).
    """

    application: ApplicationId
    round: int
    digest: str
    agencies: tuple[Agency, ...]
    seal: object

    def __post_init__(self) -> None:
        """Refuse a clearance that the checks did not make."""
        if self.seal is not _SEAL:
            raise TypeError("a Clearance is made by permits.clearances.clear alone")


def clear(
    application: Application, decisions: Collection[Decision], required: Sequence[Agency]
) -> Clearance:
    """Check the approvals of the current round once more and return the clearance.

    Conflict("not-cleared") with the reason where: the application is not approved; an agency is
    missing or named twice; a decision is not an approval, or is of another application, round or
    digest; one person decided for two agencies; the worker decided on the own case.
    """
    reason = _why_not(application, decisions, required)
    if reason:
        raise Conflict("not-cleared", reason=reason)
    assert application.digest is not None  # noqa: S101  (held by _why_not)
    return Clearance(application.id, application.round, application.digest, tuple(required), _SEAL)


def _why_not(
    application: Application, decisions: Collection[Decision], required: Sequence[Agency]
) -> str:
    stand_on = {(d.application, d.round, d.digest) for d in decisions}
    officials = {d.official for d in decisions}
    checks = (
        ("not-approved", application.status is Status.APPROVED),
        ("no-agency-required", len(required) > 0),
        ("approval-missing", outcome(decisions, required) is Action.APPROVE),
        ("not-an-approval", all(d.opinion is Opinion.APPROVE for d in decisions)),
        ("agency-twice", len({d.agency for d in decisions}) == len(decisions)),
        ("one-official-for-two", len(officials) == len(decisions)),
        ("own-case", application.worker not in officials),
        ("other-content", stand_on == {(application.id, application.round, application.digest)}),
        ("no-digest", application.digest is not None),
    )
    return next((reason for reason, holds in checks if not holds), "")
