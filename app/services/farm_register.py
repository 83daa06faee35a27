"""Entries and exits of workers on a farm: recorded at its gate, kept once, judged by R39."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from app.services import notices, worker_numbers
from app.services.kept_findings import keep_movement
from app.services.throttling import Limit, allow_try
from app.services.vacancy_judging import parameters_for
from app.services.verification import judge
from app.services.work import Work
from app.storage import applications, authorisations, credentials, farm_hands, farm_movements
from app.storage.farm_hands import EmployersFarm, Hand
from app.storage.farm_movements import NamedMovement
from permits import permit_numbers
from permits import worker_numbers as numbers
from permits.applications import ApplicationId
from permits.audit import Act
from permits.authorisations import AuthorisationId, AuthorisationStatus, status_on
from permits.deadlines import legal_day
from permits.errors import Fault, Invalid, NotFound, refuse_if
from permits.lookups import initials
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from permits.reach import EVERYTHING
from recruitment.farm_register import (
    AT_ONCE,
    BATCH_LIMIT,
    Belonging,
    Direction,
    How,
    Judged,
    Movement,
    find_time_faults,
    is_same,
    judge_entry,
    reckon,
)

__all__ = ["EmployersFarm", "Hand", "NamedMovement"]

LOOK_UPS = Limit("farm-number", 400)
"""Numbers typed at one farm's gate in a quarter of an hour: a full bus, and no more."""

MOVEMENTS = Limit("farm-movements", 5_000, timedelta(days=1))
"""What one farm notes in a day: a large crew with a week behind it, and no flood of rows."""

SHOWN = timedelta(days=14)
"""So far back a register is shown at its gate; who is inside is always shown."""

INSIDE = timedelta(days=200)
"""Whoever came in longer ago than a season and was never seen going out is shown no more."""


@dataclass(frozen=True)
class Sent:
    """A movement as a gate sends it; `text` is a permit's symbol or number, or a worker's number.

    `application` is who was ticked in the list, None where something was typed. `sent_at` is what
    a phone's clock says as it sends what it noted by that clock: its hour is reckoned, and whether
    it waited is seen by that.
    """

    id: UUID
    direction: Direction
    happened_at: datetime
    text: str = ""
    application: UUID | None = None
    offline: bool = False
    sent_at: datetime | None = None

    def happened_by(self, now: datetime) -> datetime:
        """When it happened, by our clock."""
        if self.sent_at is None:
            return self.happened_at
        return reckon(self.happened_at, self.sent_at, now)


@dataclass(frozen=True)
class Answer:
    """What became of one movement; `faults` only where it was refused."""

    id: UUID
    belonging: Belonging | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Register:
    """A farm's register: who is inside, what happened lately, and who may be ticked in the list."""

    farm: EmployersFarm
    inside: Sequence[NamedMovement]
    lately: Sequence[NamedMovement]
    hands: Sequence[Hand]


def list_own_farms(work: Work) -> list[tuple[EmployersFarm, int]]:
    """The farms of the employer for whom this person acts, and how many are inside each."""
    check_permission(work.actor, Permission.FARM_KEEP)
    found = farm_hands.list_farms_of(work.session, own) if (own := work.actor.employer) else []
    inside = farm_movements.count_inside(work.session, [one.id for one in found])
    return [(one, inside.get(one.id, 0)) for one in found]


def list_closed(work: Work) -> Sequence[EmployersFarm]:
    """Those that were taken away; what happened there is read as before."""
    check_permission(work.actor, Permission.FARM_KEEP)
    return farm_hands.list_closed_of(work.session, own) if (own := work.actor.employer) else []


def get_own_farm(work: Work, farm: UUID) -> EmployersFarm:
    """One of them; NotFound for another employer's, as for one that is not there."""
    check_permission(work.actor, Permission.FARM_KEEP)
    found = farm_hands.find_farm(work.session, farm)
    if found is None or found.employer != work.actor.employer:
        raise NotFound("no-such-farm")
    return found


def read_register(work: Work, farm: UUID) -> Register:
    """The register of an own farm."""
    return hide_others(register_of(work, get_own_farm(work, farm)))


def hide_others(register: Register) -> Register:
    """What a farm sees of another employer's worker: initials, enough to ask the person there."""
    inside, lately = (
        [
            replace(one, worker_name=initials(one.worker_name))
            if one.movement.belonging is Belonging.OTHER_FARM
            else one
            for one in every
        ]
        for every in (register.inside, register.lately)
    )
    return replace(register, inside=inside, lately=lately)


def register_of(work: Work, farm: EmployersFarm) -> Register:
    """The register of a farm that the caller may read."""
    return Register(
        farm,
        farm_movements.list_inside(work.session, farm.id, work.now - INSIDE),
        farm_movements.list_of_farm(work.session, farm.id, work.now - SHOWN),
        _list_hands(work, farm, legal_day(work.now)),
    )


def _list_hands(work: Work, farm: EmployersFarm, day: date) -> Sequence[Hand]:
    """Who may be ticked at a gate: nobody whose season was over long before the day."""
    return farm_hands.list_hands(work.session, employer=farm.employer, until=day - SHOWN)


def record(work: Work, farm: UUID, sent: Sequence[Sent]) -> list[Answer]:
    """Record movements of an own farm; one that is faulty stops no other.

    The same id a second time is answered as the first, if it says the same. Invalid for more than
    `BATCH_LIMIT` at once.
    """
    return record_at(work, get_own_farm(work, farm), sent)


def record_at(work: Work, farm: EmployersFarm, sent: Sequence[Sent]) -> list[Answer]:
    """The same at a gate that the caller may keep."""
    if len(sent) > BATCH_LIMIT:
        raise Invalid([Fault("too-many", "movements", {"limit": BATCH_LIMIT})])
    return [_record(work, farm, one) for one in sent]


def _record(work: Work, farm: EmployersFarm, noted: Sent) -> Answer:
    sent = _reckoned(noted, work.now)
    try:
        _check_notable(work, farm, sent)
        how, hand = _find_hand(work, farm, sent)
    except Invalid as invalid:
        return Answer(sent.id, None, invalid.faults)
    belonging, found = _judge(work, farm, sent, hand)
    movement = Movement(
        sent.id,
        farm.id,
        hand.application,
        hand.worker,
        sent.direction,
        how,
        belonging,
        sent.happened_at,
        work.now,
        work.actor.person,
        sent.offline,
        told_at=None if noted.happened_at == sent.happened_at else noted.happened_at,
    )
    facts = {
        "direction": sent.direction.value,
        "how": how.value,
        "belonging": belonging.value,
        "offline": sent.offline,
        "rules": found.rule.value if found else "",
    }
    event = work.event(Act.FARM_MOVEMENT_RECORDED, movement.id, facts)
    if farm_movements.add_movement(work.session, movement, event=event):
        keep_movement(work, movement, hand.programme, found)
        if movement.asks_worker:
            _ask(work, movement)
        return Answer(sent.id, belonging)
    known = farm_movements.find_movement(work.session, sent.id)
    if known is None or not is_same(known, movement):
        return Answer(sent.id, None, (Fault("id-used-for-another", "id"),))
    return Answer(sent.id, known.belonging)


def _check_notable(work: Work, farm: EmployersFarm, sent: Sent) -> None:
    """Whether anybody may be noted there for that hour; Invalid where not.

    Nobody comes in once a farm was taken away; whoever is inside may still go out.
    """
    refuse_if(find_time_faults(sent.happened_at, work.now))
    gone = farm.closed_on is not None and legal_day(sent.happened_at) > farm.closed_on
    refuse_if([Fault("farm-gone", "text")] if gone and sent.direction is Direction.ENTRY else [])
    if not allow_try(work, MOVEMENTS, str(farm.id)):
        raise Invalid([Fault("notes-too-many", "text")])


def _reckoned(noted: Sent, now: datetime) -> Sent:
    at = noted.happened_by(now)
    waited = noted.offline or (noted.sent_at is not None and now - at > AT_ONCE)
    return replace(noted, happened_at=at, offline=waited)


def _ask(work: Work, movement: Movement) -> None:
    """Ask the worker before anybody else (R39), once for a farm and day."""
    identity = ApplicationId(movement.application)
    own = applications.get_application(work.session, identity, reach=EVERYTHING)
    once = f"{movement.farm}:{legal_day(movement.happened_at)}"
    notices.tell_worker(work, NoticeKind.OTHER_FARM_ASKED, own, once=once)


def _judge(work: Work, farm: EmployersFarm, sent: Sent, hand: Hand) -> Judged:
    """Whether somebody belongs there, and what a rule finds against it.

    Whoever goes out of a farm is not asked why they were there: that is judged on the way in.
    """
    day = legal_day(sent.happened_at)
    return judge_entry(
        str(farm.employer),
        str(hand.employer) if hand.employer else None,
        change_asked=farm.employer in hand.asked_of,
        in_force=_in_force(work, hand, day),
        parameters=parameters_for(work, hand.programme),
        on=day,
    )


def _find_hand(work: Work, farm: EmployersFarm, sent: Sent) -> tuple[How, Hand]:
    """Who it is; Invalid where nobody is found by what was sent."""
    if sent.application is not None:
        own = _list_hands(work, farm, legal_day(sent.happened_at))
        found = [one for one in own if one.application == sent.application]
        return How.LIST, _first(work, found, farm, sent, "not-in-list")
    if not sent.text.strip():
        raise Invalid([Fault("missing", "text")])
    if not allow_try(work, LOOK_UPS, str(farm.id)):
        raise Invalid([Fault("numbers-too-many", "text")])
    number = numbers.read(sent.text)
    if number is not None:
        every = worker_numbers.list_numbers(work, number)
        found = farm_hands.list_hands(work.session, numbers=every)
        return How.NUMBER, _first(work, found, farm, sent, "number-not-found")
    return How.PERMIT, _first(work, _by_permit(work, sent.text), farm, sent, "permit-not-found")


def _by_permit(work: Work, text: str) -> list[Hand]:
    """By a typed number, or by a symbol whose signature holds."""
    judged = judge(work, text)
    number = permit_numbers.read(text) or (judged.claims.number if judged.claims else None)
    card = number and credentials.find_by_number(work.session, work.ports.vault, number)
    return farm_hands.list_hands(work.session, right=card.authorisation) if card else []


def _first(work: Work, found: Sequence[Hand], farm: EmployersFarm, sent: Sent, code: str) -> Hand:
    """The right that is in force on the day before any other, then the one for this employer, then
    the newest: a season that is over says nothing of where somebody belongs.
    """
    if not found:
        raise Invalid([Fault(code, "application" if sent.application else "text")])
    day = legal_day(sent.happened_at)

    def rank(one: Hand) -> tuple[bool, bool, str]:
        return _in_force(work, one, day), one.employer == farm.employer, str(one.application)

    return found[0] if len(found) == 1 else max(found, key=rank)


def _in_force(work: Work, hand: Hand, day: date) -> bool:
    identity = AuthorisationId(hand.right)
    right = authorisations.get_authorisation(work.session, identity, reach=EVERYTHING)
    return status_on(right, day) is AuthorisationStatus.ACTIVE
