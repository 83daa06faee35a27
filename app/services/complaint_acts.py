"""What handlers do with a complaint: taken, judged, moved on and closed; each step says why."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.services import complaint_notes, complaint_shields, complaint_talk, complaint_terms
from app.services.complaint_cases import Handled, load, record_step
from app.services.complaint_departures import leave_with_right
from app.services.complaint_effects import follow_closing, follow_finding, follow_reopening
from app.services.complaint_keys import CaseSeal, open_case
from app.services.complaint_parts import find_deciders, keep_out_deciders
from app.services.complaint_places import employer_of
from app.services.complaint_sources import find_source
from app.services.work import Work
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, refuse_if
from recruitment.complaints.filed import WORDS_LIMIT, Filed
from recruitment.complaints.handling import (
    CLOSING,
    NEEDS_WORDS,
    TELLING,
    CoercionCheck,
    Deed,
    check_act,
    check_handle,
    find_withdrawal_faults,
    may_take,
)
from recruitment.complaints.moves import (
    KEPT,
    UNDER_WAY,
    UPHELD,
    Action,
    check_move,
    severity_on_reopening,
)
from recruitment.complaints.words import Category, Flag, Outcome, Severity, Status


@dataclass(frozen=True)
class Judgement:
    """What a person decides on accepting a case; days and places in clear, nothing of who."""

    severity: Severity
    categories: tuple[Category, ...]
    flags: frozenset[Flag] = frozenset()
    employer: UUID | None = None
    department: str | None = None
    departs_on: date | None = None
    farm: UUID | None = None


def take(work: Work, complaint: UUID, *, seen: int) -> None:
    """Work on a case from now on; a colleague's as `may_take` says.

    Forbidden("has-a-part") for who has one; Conflict("held-by-other"), or where it is shredded.
    """
    handled = load(work, complaint, seen=seen)
    check_handle(work.actor, handled.ties)
    if not may_take(work.actor, handled.ties, handled.state):
        if handled.state.status in KEPT and handled.filed.handler != work.actor.person:
            raise Conflict("held-by-other")
        raise Conflict("no-such-complaint-move", status=handled.filed.status.value, action="take")
    _save(work, handled, replace(handled.filed, handler=work.actor.person), Deed.TAKE)


def recuse(work: Work, complaint: UUID, *, seen: int) -> None:
    """Say that one, or one's own unit, has a part in it: somebody else handles it, for good."""
    handled = load(work, complaint, seen=seen)
    check_handle(work.actor, handled.ties)
    mine = handled.filed.handler == work.actor.person
    after = replace(handled.filed, handler=None) if mine else handled.filed
    _save(work, handled, after, Deed.RECUSE)


def act(
    work: Work,
    token: str,
    complaint: UUID,
    action: Action,
    words: str,
    *,
    seen: int,
    checked: Collection[CoercionCheck] = (),
    told: str = "",
    outcome: Outcome | None = None,
) -> None:
    """Move a case on; why is sealed with it, and what is asked goes to the complainant.

    `told` is what the complainant reads of it, which a decision needs: `words` they never read.
    `outcome` is what an appeal that is granted finds in place of what was found before.
    1. the case, held, and may this person do it now; 2. the words, and before a withdrawal that
    nobody pressed; 3. the key of the case; 4. its clocks; 5. recorded; 6. what follows for others.
    """
    handled = load(work, complaint, seen=seen)
    today = legal_day(work.now)
    check_act(work.actor, handled.ties, handled.state, action, today)  # 1
    refuse_if(_move_faults(action, words, told, outcome, checked))  # 2
    seal = open_case(work, token, handled.filed.id)  # 3
    status = check_move(handled.state, action, today)
    after = _clocked(work, replace(handled.filed, status=status), action)  # 4
    after = _followed(work, seal, handled, after, action)
    if action is Action.GRANT_APPEAL:
        after = replace(after, outcome=outcome)
    for said in (words if action is Action.ASK else "", told):
        if said.strip():
            complaint_talk.answer(work, seal, said, decides=True)
    _save(work, handled, after, action, seal, words)  # 5
    if action in {Action.APPROVE_FINDING, Action.GRANT_APPEAL}:
        follow_finding(work, handled, after)  # 6


def _followed(work: Work, seal: CaseSeal, handled: Handled, after: Filed, action: Action) -> Filed:
    """What a closing or an opening anew does to the case, its shields and the days to ask."""
    if action in CLOSING:
        return follow_closing(work, seal, handled, after)
    if action is Action.APPEAL:
        return follow_reopening(work, seal, replace(after, closed_on=None))
    if action is not Action.REOPEN:
        return after
    severity = severity_on_reopening(after.severity)
    risk = after.flags | {Flag.RETALIATION_RISK}
    after = replace(after, severity=severity, flags=risk, closed_on=None, outcome=None)
    return follow_reopening(work, seal, after)


def accept(work: Work, token: str, complaint: UUID, said: Judgement, *, seen: int) -> None:
    """Open a case with the severity that a person decides; its clocks count by it.

    A farm brings its employer, where no other one is named.
    """
    handled = load(work, complaint, seen=seen)
    judged = replace(handled.state, severity=said.severity)
    check_act(work.actor, handled.ties, judged, Action.ACCEPT, legal_day(work.now))
    employer, faults = employer_of(work, handled.filed, said.farm, said.employer)
    refuse_if([*_judgement_faults(work, said), *faults])
    seal = open_case(work, token, handled.filed.id)
    after = replace(
        handled.filed,
        status=check_move(judged, Action.ACCEPT, legal_day(work.now)),
        severity=said.severity,
        categories=said.categories,
        flags=said.flags,
        employer=employer,
        farm=said.farm,
        department=said.department or handled.filed.department,
        hour=handled.filed.hour if said.severity in {Severity.S1, Severity.S2} else None,
        source=find_source(work, seal, handled.filed),
    )
    after = complaint_terms.count_as(work, after, said.severity)
    if said.departs_on is not None:
        flags = after.flags | {Flag.DEPARTURE_SOON}
        after = complaint_terms.set_departure(work, replace(after, flags=flags), said.departs_on)
    _save(work, handled, after, Action.ACCEPT, seal)


def find(
    work: Work, token: str, complaint: UUID, outcome: Outcome, words: str, *, seen: int
) -> None:
    """Write what was found; it counts once a second person has approved it."""
    handled = load(work, complaint, seen=seen)
    today = legal_day(work.now)
    check_act(work.actor, handled.ties, handled.state, Action.FIND, today)
    refuse_if(_word_faults(words, needed=True))
    seal = open_case(work, token, handled.filed.id)
    status = check_move(handled.state, Action.FIND, today)
    after = replace(handled.filed, status=status, outcome=outcome)
    _save(work, handled, after, Action.FIND, seal, words)


def answer(work: Work, token: str, complaint: UUID, words: str, *, seen: int) -> None:
    """Write to the complainant; it is the first contact where there was none.

    In a case that is over too: who asks something under their number reads an answer there.
    """
    handled = _mine(work, complaint, seen, KEPT)
    seal = open_case(work, token, handled.filed.id)
    complaint_talk.answer(work, seal, words)
    after = complaint_terms.meet_by(work, handled.filed, Deed.ANSWER.value)
    _save(work, handled, after, Deed.ANSWER, seal)


def protect(
    work: Work, token: str, complaint: UUID, words: str, permit_number: str = "", *, seen: int
) -> None:
    """Write the plan of protection; with a permit's number, its worker is shielded.

    Which permit it is stands sealed in the case. Who decided on a permit of that worker has a part
    in the case from now on; the handler too, and then it is free. A decision is due before the
    right ends.
    """
    handled = _mine(work, complaint, seen)
    refuse_if(_word_faults(words, needed=True))
    seal = open_case(work, token, handled.filed.id)
    after = replace(handled.filed, flags=handled.filed.flags | {Flag.PROTECTION})
    if permit_number.strip():
        right = complaint_shields.find_by_number(work, permit_number)
        complaint_notes.keep_shield(work, seal, complaint_shields.open_shield(work, right.worker))
        after = keep_out_deciders(work, after, right.worker)
        after = leave_with_right(work, after, right.worker)
        if find_deciders(work, after, [work.actor.person]):
            after = replace(after, handler=None)
    after = complaint_terms.meet_by(work, after, Deed.PROTECT.value)
    _save(work, handled, after, Deed.PROTECT, seal, words)


def note_contact(work: Work, complaint: UUID, *, seen: int) -> None:
    """Somebody spoke with the complainant by another way than this."""
    handled = _mine(work, complaint, seen)
    after = complaint_terms.meet_by(work, handled.filed, Deed.CONTACT.value)
    _save(work, handled, after, Deed.CONTACT)


def name_farm(work: Work, complaint: UUID, farm: UUID | None, *, seen: int) -> None:
    """Say which registered farm a case is about, or that none is known; patterns count by it.

    Invalid for a farm of another employer, and for one of so few people that it tells on them.
    """
    handled = _mine(work, complaint, seen)
    employer, faults = employer_of(work, handled.filed, farm, handled.filed.employer)
    refuse_if(faults)
    _save(work, handled, replace(handled.filed, farm=farm, employer=employer), Deed.PLACE)


def _mine(
    work: Work, complaint: UUID, seen: int, statuses: frozenset[Status] = UNDER_WAY
) -> Handled:
    handled = load(work, complaint, seen=seen)
    check_handle(work.actor, handled.ties)
    if handled.filed.status not in statuses:
        raise Conflict("no-such-complaint-move", status=handled.filed.status.value, action="")
    if handled.filed.handler != work.actor.person:
        raise Conflict("held-by-other" if handled.filed.handler else "not-your-case")
    return handled


def _clocked(work: Work, filed: Filed, action: Action) -> Filed:
    if action is Action.ASK:
        return complaint_terms.pause_decision(work, complaint_terms.meet_by(work, filed, "ask"))
    if action is Action.STOP_WAITING:
        return complaint_terms.resume_decision(work, filed)
    if action in {Action.REOPEN, Action.TAKE_BACK, Action.APPEAL}:
        return complaint_terms.begin_anew(work, filed)
    if action is Action.GRANT_APPEAL:
        return complaint_terms.decide_anew(work, filed)
    return complaint_terms.meet_by(work, filed, action.value)


def _save(
    work: Work,
    handled: Handled,
    after: Filed,
    deed: Action | Deed,
    seal: CaseSeal | None = None,
    words: str = "",
) -> None:
    record_step(work, handled, after, deed, (seal, words) if seal is not None else None)


def _word_faults(words: str, *, needed: bool, field: str = "words") -> list[Fault]:
    if needed and not words.strip():
        return [Fault("missing", field)]
    if len(words) > WORDS_LIMIT:
        return [Fault("too-long", field, {"limit": WORDS_LIMIT})]
    return []


def _move_faults(
    action: Action,
    words: str,
    told: str,
    outcome: Outcome | None,
    checked: Collection[CoercionCheck],
) -> list[Fault]:
    faults = _word_faults(words, needed=action in NEEDS_WORDS)
    faults += _word_faults(told, needed=action in TELLING, field="told")
    if action is Action.WITHDRAW:
        faults += find_withdrawal_faults(checked)
    if action is Action.GRANT_APPEAL and outcome not in UPHELD:
        faults.append(Fault("missing", "outcome"))
    return faults


def _judgement_faults(work: Work, said: Judgement) -> list[Fault]:
    faults = [] if said.categories else [Fault("complaint-about-missing", "categories")]
    if said.departs_on is not None and said.departs_on <= legal_day(work.now):
        faults.append(Fault("day-is-over", "departs_on"))
    return faults
