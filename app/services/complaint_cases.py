"""A complaint as its handlers work on it: its state, who has a part in it, and its sealed words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services.complaint_hands import find_office
from app.services.complaint_keys import CaseSeal
from app.services.complaint_parts import find_deciders
from app.services.work import Work
from app.storage import (
    complaint_referrals,
    complaint_remedies,
    complaint_steps,
    complaint_wishes,
    complaints,
)
from app.storage.complaint_remedies import FollowUp, SealedRemedy
from app.storage.complaint_steps import Step
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Stale
from permits.people import Permission, PersonId
from permits.policies import check_permission
from recruitment.complaints.filed import ComplaintId, Filed
from recruitment.complaints.handling import JUDGING, Deed, Ties
from recruitment.complaints.moves import Action, State
from recruitment.complaints.referrals import INDEPENDENT, TAKEN, Referral
from recruitment.complaints.remedies import COUNTED, RemedyState
from recruitment.complaints.waiting import Asked, appealed_on
from recruitment.complaints.words import Flag

_LEAVING = (Deed.RECUSE.value, Deed.EXCLUDE.value)
_JUDGING = frozenset(one.value for one in JUDGING)

LEAST_BYTES = 1024
"""No sealed word of a handler is shorter where it lies."""


@dataclass(frozen=True)
class Handled:
    """A case with everything that decides what may be done with it; no content.

    `free`: any handler may take it from who holds it. `asked` is what the complainant asked for;
    `deciders` are those of the office who decided on its worker's permit.
    """

    filed: Filed
    steps: tuple[Step, ...]
    referrals: tuple[Referral, ...]
    remedies: tuple[SealedRemedy, ...]
    follow_ups: tuple[FollowUp, ...]
    free: bool = True
    asked: tuple[Asked, ...] = ()
    deciders: frozenset[PersonId] = frozenset()

    @property
    def state(self) -> State:
        """How far it is, for the law of its moves."""
        filed = self.filed
        accused = Flag.OFFICIAL_ACCUSED in filed.flags
        taken = (one for one in self.referrals if one.state in TAKEN)
        counted = [one for one in self.remedies if one.state in COUNTED]
        verified = [one for one in counted if one.state is RemedyState.VERIFIED]
        return State(
            filed.status,
            filed.severity,
            filed.flags,
            filed.outcome,
            approved=self._last(Action.APPROVE_FINDING) > self._last(Action.FIND),
            planned=len(counted),
            verified=len(verified),
            handed_outside=any(one.target in INDEPENDENT or not accused for one in taken),
            waiting=any(one.waits for one in self.referrals),
            closed_on=filed.closed_on,
            appealed_on=appealed_on(filed.status, filed.closed_on, self.asked),
        )

    @property
    def ties(self) -> Ties:
        """Who works on it, who found, approved and closed, who has a part in it."""
        filed = self.filed
        found = [one.person for one in self.steps if one.deed == Action.FIND.value]
        return Ties(
            PersonId(filed.handler) if filed.handler else None,
            found[-1] if found else None,
            frozenset(one.person for one in self.steps if one.deed in _JUDGING),
            frozenset(one.about or one.person for one in self.steps if one.deed in _LEAVING),
            self.deciders,
            free=self.free,
        )

    def _last(self, action: Action) -> int:
        places = (one.place for one in self.steps if one.deed == action.value)
        return max(places, default=0)


def load(work: Work, complaint: UUID, *, seen: int | None = None, hold: bool = False) -> Handled:
    """A case; with `seen` its row is held, and Stale where it is not as it was seen.

    Who handles no complaints learns nothing of what is there. `hold` holds the row alone.
    """
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    identity = ComplaintId(complaint)
    filed = complaints.get_complaint(work.session, identity, hold=hold or seen is not None)
    if seen is not None and filed.version != seen:
        raise Stale("changed-meanwhile")
    return Handled(
        filed,
        tuple(complaint_steps.list_steps(work.session, identity)),
        tuple(complaint_referrals.list_of_complaint(work.session, identity)),
        tuple(complaint_remedies.list_remedies(work.session, identity)),
        tuple(complaint_remedies.list_follow_ups(work.session, identity)),
        _is_free(work, filed),
        tuple(complaint_wishes.list_asked(work.session, identity)),
        _deciders(work, filed),
    )


def _deciders(work: Work, filed: Filed) -> frozenset[PersonId]:
    """Those of the office, and who acts, from whom the case is kept for what they decided."""
    if not filed.kept_out:
        return frozenset()
    return find_deciders(work, filed, {work.actor.person, *find_office(work).accounts})


def _is_free(work: Work, filed: Filed) -> bool:
    """Whether who holds a case handles none any more, or nobody supervises the office."""
    if filed.handler is None or filed.handler == work.actor.person:
        return True
    office = find_office(work)
    return not office.supervised or not office.works_here(PersonId(filed.handler))


def record_step(
    work: Work,
    handled: Handled,
    after: Filed,
    deed: Action | Deed,
    sealed: tuple[CaseSeal, str] | None = None,
    about: PersonId | None = None,
) -> None:
    """Save a case with the step that changed it; its words are sealed, and `about` names whom.

    The caller holds the row.
    """
    identity, words = work.new_id(), None
    if sealed is not None and sealed[1].strip():
        words = seal_words(work, sealed[0], "step", identity, sealed[1].strip())
    place = complaint_steps.count_steps(work.session, after.id) + 1
    person, day = work.actor.person, legal_day(work.now)
    step = Step(identity, after.id, place, deed.value, person, day, words, about)
    complaint_steps.add_step(work.session, step)
    facts = {"deed": deed.value, "status": after.status.value}
    event = work.event(Act.COMPLAINT_MOVED, after.id, facts)
    saved = replace(after, version=handled.filed.version + 1)
    complaints.save_complaint(work.session, saved, event=event)


def seal_words(work: Work, seal: CaseSeal, purpose: str, row: UUID, words: str) -> bytes:
    """A handler's words under the key of the case."""
    return seal.seal(work, purpose, row, words.encode(), LEAST_BYTES)


def open_words(work: Work, seal: CaseSeal, purpose: str, row: UUID, sealed: bytes) -> str:
    """What `seal_words` sealed."""
    return seal.open(work, purpose, row, sealed).decode()


def step_words(work: Work, seal: CaseSeal, steps: Sequence[Step]) -> dict[UUID, str]:
    """The words of every step that has some."""
    return {
        one.id: open_words(work, seal, "step", one.id, one.sealed) for one in steps if one.sealed
    }
