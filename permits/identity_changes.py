"""Other identity data under the same right (O15): asked with a proof, decided anew.

A name, a day of birth or a document that is corrected changes neither person, days nor work, so it
makes no right. But each agency that approved the right decided on who the person is: what the next
card says rests on an approval of each of them, of one digest that stands over the data of before
and after. The rounds that were decided stay as they are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.answer_checks import Setting
from permits.answer_checks import find_faults as find_answer_faults
from permits.approvals import find_note_faults
from permits.authorisations import Authorisation, AuthorisationId, AuthorisationStatus, status_on
from permits.duplicates import Compared, compare
from permits.errors import Conflict, Fault, Forbidden
from permits.people import Actor, Agency, Permission, PersonId
from permits.policies import check_permission
from permits.submissions import Answers, to_mapping
from permits.watch import OPEN, WatchCheck

IdentityChangeId = NewType("IdentityChangeId", UUID)


class IdentityOutcome(StrEnum):
    """What became of the wish; `asked` waits for an agency or for several."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class IdentityReason(StrEnum):
    """Why the data are others than the agencies decided on."""

    CIVIL_STATUS = "civil-status"
    """Marriage, divorce, recognition by a parent."""
    REGISTRY = "registry"
    """The civil registry corrected its entry."""
    NEW_DOCUMENT = "new-document"
    MISTYPED = "mistyped"


FIELDS = (
    "document_kind",
    "document_number",
    "given_names",
    "surnames",
    "date_of_birth",
    "sex",
)
"""What a document proves of a person, by the names that `Answers` gives."""

CHANGEABLE = frozenset({AuthorisationStatus.GRANTED, AuthorisationStatus.ACTIVE})
"""A right that stands here may name its person anew; a suspended one waits."""


@dataclass(frozen=True)
class IdentityChange:
    """One wish: `before` and `after` have the identity data alone, `evidence` is a stored file.

    `digest` is that of both with a salt. `agencies` are those that approved the right, in their
    order; `approvals` has the official of each that approved this. `refused_by` is who refused it,
    for the agency `refused_for`. Both data are empty once the file is erased.
    """

    id: IdentityChangeId
    authorisation: AuthorisationId
    worker: PersonId
    before: Answers
    after: Answers
    reason: IdentityReason
    evidence: UUID
    digest: str
    asked_at: datetime
    agencies: tuple[Agency, ...]
    outcome: IdentityOutcome = IdentityOutcome.ASKED
    approvals: Mapping[Agency, PersonId] = field(default_factory=dict)
    refused_for: Agency | None = None
    refused_by: PersonId | None = None
    decided_at: datetime | None = None
    note: str = ""

    @property
    def waiting_for(self) -> tuple[Agency, ...]:
        """The agencies that have not approved it; none once it is settled."""
        open_ = self.outcome is IdentityOutcome.ASKED
        return tuple(one for one in self.agencies if open_ and one not in self.approvals)

    @property
    def differences(self) -> tuple[Compared, ...]:
        """Each field that is another, with the data of before and after."""
        told = compare(self.before, self.after)
        return tuple(one for one in told if one.field in FIELDS and one.mine != one.theirs)


def identity_of(answers: Answers) -> Answers:
    """The identity data of answers, and nothing else of them."""
    return Answers(**{name: getattr(answers, name) for name in FIELDS})


def applied(answers: Answers, identity: Answers) -> Answers:
    """Answers with these identity data in the place of theirs."""
    return replace(answers, **{name: getattr(identity, name) for name in FIELDS})


def content_of(before: Answers, after: Answers, salt: str) -> dict[str, object]:
    """The canonical mapping whose digest the agencies decide on.

    `salt` is random: nobody proves by the digest, which stays, what erased data said.
    """
    return {"before": _plain(before), "after": _plain(after), "salt": salt}


def _plain(identity: Answers) -> dict[str, object]:
    told = to_mapping(identity)
    return {name: told[name] for name in FIELDS}


def check_ask(right: Authorisation, waiting: IdentityChange | None, day: date) -> None:
    """Conflict where the right does not stand, or another wish of it waits."""
    status = status_on(right, day)
    if status not in CHANGEABLE:
        raise Conflict("right-not-active", status=status.value)
    if waiting is not None:
        raise Conflict("identity-change-asked")


def find_faults(before: Answers, after: Answers, setting: Setting) -> list[Fault]:
    """What is wrong with the data that are asked for; all at once. `before` are whole answers."""
    whole = applied(before, after)
    missing = [Fault("missing", name) for name in FIELDS if getattr(after, name) in (None, "")]
    faults = missing + find_answer_faults(set(FIELDS), whole, setting)
    same = identity_of(before) == identity_of(after)
    return faults or ([Fault("nothing-changed", "given_names")] if same else [])


def check_desk(actor: Actor) -> Agency:
    """The agency for which an officer decides on identity data, whatever the case."""
    check_permission(actor, Permission.APPLICATION_DECIDE)
    if actor.agency is None:
        raise Forbidden("agency-not-required")
    return actor.agency


def check_decide(
    actor: Actor, change: IdentityChange | None, *, own: bool
) -> tuple[Agency, IdentityChange]:
    """An officer of an agency that approved the right, and not this yet.

    Nobody on the own case, nobody twice.
    """
    agency = check_desk(actor)
    if change is None or change.outcome is not IdentityOutcome.ASKED:
        raise Conflict("no-identity-change")
    if own or actor.person == change.worker:
        raise Forbidden("own-case")
    if agency not in change.agencies:
        raise Forbidden("agency-not-required")
    if agency not in change.waiting_for:
        raise Conflict("agency-already-decided", agency=agency.value)
    if actor.person in change.approvals.values():
        raise Forbidden("decided-for-other-agency")
    return agency, change


def check_watched(
    actor: Actor, change: IdentityChange, check: WatchCheck | None, *, listed: bool
) -> None:
    """INM says its word once the watch list was asked about the new data, and found nothing new.

    Conflict("check-open") while the list was not asked (`listed`: there is one), has not answered,
    or found something that waits for a second look; nobody is told which. Who looked again does not
    decide.
    """
    if actor.agency is not Agency.INM or Agency.INM not in change.agencies:
        return
    if (check is None and listed) or (check is not None and check.state in OPEN):
        raise Conflict("check-open")
    if check is not None and actor.person in check.lookers:
        raise Forbidden("official-already-decided")


def find_decision_faults(note: str, *, granted: bool) -> list[Fault]:
    """A refusal tells the worker why; the words are such as can be kept and sent."""
    missing = [] if granted or note.strip() else [Fault("refusal-without-reason", "note")]
    return missing + find_note_faults(note)


def approved(
    change: IdentityChange, agency: Agency, official: PersonId, at: datetime
) -> IdentityChange:
    """After one agency's approval; granted with the last."""
    after = replace(change, approvals={**change.approvals, agency: official})
    if after.waiting_for:
        return after
    return replace(after, outcome=IdentityOutcome.GRANTED, decided_at=at)


def refused(
    change: IdentityChange, agency: Agency, official: PersonId, note: str, at: datetime
) -> IdentityChange:
    """After one agency's refusal, which settles it."""
    return replace(
        change,
        outcome=IdentityOutcome.REFUSED,
        refused_for=agency,
        refused_by=official,
        decided_at=at,
        note=note,
    )


def names_of(changes: Collection[Compared]) -> list[str]:
    """The names of the fields that differ, as the log may carry them."""
    return [one.field for one in changes]
