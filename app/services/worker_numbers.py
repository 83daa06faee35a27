"""A worker's number for life: given with the first handing in, shown, and mended by officials."""

from dataclasses import dataclass
from uuid import UUID

from app.services.case import Case
from app.services.reaching import reading, writing
from app.services.ties import ties_of
from app.services.work import Work
from app.storage import applications, drafts
from app.storage import worker_numbers as rows
from app.storage.worker_numbers import Undone
from permits import worker_numbers
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.errors import Conflict, Fault, Forbidden, refuse_if
from permits.policies import check_read
from permits.worker_numbers import (
    JOINING,
    PARTING,
    Join,
    JoinId,
    NumberGround,
    check_mend,
    find_join,
    find_parting,
    life_of,
)


@dataclass(frozen=True)
class SeenNumber:
    """The number of a case's person, as an official reads it.

    `own` is the case's own, where it leads to an older one, "" where it is the same.
    `other_documents` counts the cases of the person that name another identity document.
    """

    number: str
    own: str
    other_documents: int


def number_for(work: Work, application: Application) -> str:
    """The number of a case that is handed in: the one it has, its worker's, or a new one.

    Of an account whose people an official told apart, a case has the number of its own document,
    and a new one where that is in none: nobody is joined again with whom they were parted from.
    """
    if application.worker_number:
        return application.worker_number
    known = rows.list_of_worker(work.session, application.id)
    if not known:
        return _give(work, application.id)
    number, same = known[0]
    shared = not same and rows.has_parted(work.session, {one for one, _ in known})
    return _give(work, application.id) if shared else number


def number_of(work: Work, application: Application) -> str | None:
    """The number for life of a case's person; None before it is handed in."""
    own = application.worker_number
    return own and life_of(own, rows.read_lives(work.session, [own]).joins)


def number_under(work: Work, application: ApplicationId) -> str | None:
    """The number for life of the person of a right's application, for who may read it."""
    found = applications.get_application(work.session, application, reach=reading(work))
    return number_of(work, found)


def list_numbers(work: Work, number: str) -> frozenset[str]:
    """Every number of the person who has this one, this one among them."""
    return rows.read_lives(work.session, [number]).numbers


def see_number(work: Work, application: Application) -> SeenNumber | None:
    """What an official reads of the number of a case that they have opened."""
    own = application.worker_number
    if own is None:
        return None
    lives = rows.read_lives(work.session, [own])
    number = life_of(own, lives.joins)
    others = rows.count_other_documents(work.session, application.id, lives.numbers)
    return SeenNumber(number, own if own != number else "", others)


def may_mend(work: Work, *cases: Case) -> bool:
    """Whether who reads cases may say whether they are one person's."""
    try:
        check_mend(work.actor, own=any(case.ties.own for case in cases))
    except Forbidden:
        return False
    return True


def check_mender(work: Work) -> None:
    """Forbidden for who may never say whose number it is, whatever the cases."""
    check_mend(work.actor, own=False)


def join_verified(work: Work, application: Application) -> None:
    """An official verified a case's document: of two verified cases of one document one number.

    Nothing where an official parted the two before, or so many are joined that not all are read.
    """
    own = application.worker_number
    other = own and rows.find_verified(work.session, application.id)
    if not own or not other:
        return
    lives = _hold(work, own, other)  # who verified another case just now may have joined them
    if life_of(own, lives.joins) == life_of(other, lives.joins) or len(lives.joins) >= rows.MOST:
        return
    if not rows.has_parted(work.session, lives.numbers):
        _join(work, application.id, own, other, NumberGround.SAME_DOCUMENT)


def join_numbers(work: Work, application: UUID, other: UUID, ground: NumberGround) -> None:
    """Say that two cases are one person's: the younger number leads to the older from now on.

    Both cases within reach, and neither the official's own. Invalid without a ground for joining;
    Conflict where they are one person's already.
    """
    check_mender(work)
    refuse_if([] if ground in JOINING else [Fault("not-an-option", "ground")])
    mine, theirs = _lock_both(work, application, other)
    _join(work, ApplicationId(application), mine, theirs, ground)


def part_numbers(work: Work, application: UUID, other: UUID, ground: NumberGround) -> None:
    """Say that two cases are two people's: a join is undone, or this case has a new number.

    Invalid without a ground for parting; Conflict where they are two people's already.
    """
    check_mender(work)
    refuse_if([] if ground in PARTING else [Fault("not-an-option", "ground")])
    mine, theirs = _lock_both(work, application, other)
    lives = _hold(work, mine, theirs)
    undone = Undone(ground, work.actor.person, work.now)
    standing = find_parting(mine, theirs, lives.joins)
    if standing is None:
        _renumber(work, ApplicationId(application), theirs, undone)
        return
    facts = {"number": standing.number, "from": standing.leads_to, "ground": ground.value}
    event = work.event(Act.WORKER_NUMBERS_PARTED, application, facts)
    rows.undo_join(work.session, standing, undone, event=event)


def _renumber(work: Work, application: ApplicationId, before: str, undone: Undone) -> None:
    """A number of its own for a case that shared one; nothing joins the two by itself again."""
    new = _give(work, application)
    facts = {"number": new, "from": before, "ground": undone.ground.value}
    event = work.event(Act.WORKER_NUMBERS_PARTED, application, facts)
    rows.set_number(work.session, application, new, event=event)
    parted = Join(_join_id(work), new, before, undone.ground, undone.by, undone.at)
    rows.add_parting(work.session, parted, undone, event=event)


def _join(
    work: Work, application: ApplicationId, mine: str, theirs: str, ground: NumberGround
) -> None:
    lives = _hold(work, mine, theirs)
    given = rows.lock_numbers(work.session, lives.numbers)
    younger, older = find_join(mine, theirs, lives.joins, given)
    join = Join(_join_id(work), younger, older, ground, work.actor.person, work.now)
    facts = {"number": younger, "leads_to": older, "ground": ground.value}
    event = work.event(Act.WORKER_NUMBERS_JOINED, application, facts)
    rows.add_join(work.session, join, event=event)


def _hold(work: Work, *numbers: str) -> rows.Lives:
    """The lives of these numbers, each held until the transaction ends, as they stand then."""
    before = rows.read_lives(work.session, numbers)
    rows.lock_numbers(work.session, before.numbers)
    return rows.read_lives(work.session, numbers)


def _lock_both(work: Work, application: UUID, other: UUID) -> tuple[str, str]:
    """The numbers of two cases within reach, for who may mend both."""
    return _number_to_mend(work, application), _number_to_mend(work, other)


def _number_to_mend(work: Work, application: UUID) -> str:
    vault, reach = work.ports.vault, writing(work)
    found, draft = drafts.read_whole(work.session, vault, ApplicationId(application), reach=reach)
    check_read(work.actor, found)
    ties = ties_of(work, found, draft.answers.get("document_number"))
    check_mend(work.actor, own=ties.own or work.actor.person == found.worker)
    if found.worker_number is None:
        raise Conflict("no-worker-number")
    return found.worker_number


def _give(work: Work, application: ApplicationId) -> str:
    while True:
        number = worker_numbers.make(work.ports.chance.below(worker_numbers.CHANCES))
        event = work.event(Act.WORKER_NUMBER_GIVEN, application, {"number": number})
        if rows.give_number(work.session, number, work.now, event=event):
            return number


def _join_id(work: Work) -> JoinId:
    return JoinId(work.new_id())
