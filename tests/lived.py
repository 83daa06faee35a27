"""Lives of the made-up market, lived through the services; what these find of each worker."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4

from app.services import (
    applications,
    check_ins,
    contracts,
    cost_claims,
    costs,
    farm_register,
    identity_checks,
    nothing_paid,
    payslips,
)
from app.services.case import load_case
from app.services.farm_register import Sent
from app.services.ports import Ports
from app.storage import audit
from app.storage.database import Session
from permits.deadlines import start_of
from permits.errors import Conflict, DomainError, Invalid
from permits.findings import Finding
from permits.people import SYSTEM, Actor, PersonId, Role
from recruitment.costs import ClaimAction
from recruitment.ethics.rules import RuleFinding
from recruitment.farm_register import Direction
from tests.builders import ANSWERS, PHONE, Story, add_vacancy
from tests.crew_lists import cui
from tests.farmed import add_farm, another_employer, employer_of, owner_of
from tests.market_lives import AHEAD, ASKED_AFTER, Life
from tests.payslips import week
from tests.services.test_contracts import offer_anew
from tests.working import asked
from tests.zones import td3

REFUSED: Mapping[str, tuple[str, str]] = {
    "underage": ("R04", "underage"),
    "not-heard": ("R17", "not-read-aloud"),
    "contract-needs-witness": ("R17", "no-language"),
}
"""What no service lets come so far that a rule could find it, by the code of the refusal."""


@dataclass
class Lived:
    """A life on its way: `found` is what the services have found of it until now."""

    story: Story
    life: Life
    vacancy: UUID
    found: set[tuple[str, str]]
    ended: bool = False

    def add(self, findings: Iterable[Finding]) -> None:
        """Remember what rules found."""
        ruled = (one for one in findings if isinstance(one, RuleFinding))
        self.found |= {(one.rule.value, one.code) for one in ruled}


@dataclass
class Gates:
    """One farm of each employer, with its gate; `elsewhere` is of an employer of none of them."""

    first: Story
    known: dict[UUID, UUID] = field(default_factory=dict)

    @cached_property
    def elsewhere(self) -> UUID:
        """An employer whom nobody works for."""
        return another_employer(self.first)

    def farm_of(self, employer: UUID) -> UUID:
        """Where who works for an employer goes in."""
        if employer not in self.known:
            work = self.first.work(self.first.setrass)
            self.known[employer] = add_farm(work, employer, f"Finca {len(self.known)}")
        return self.known[employer]


def live(
    session: Session, ports: Ports, lives: Sequence[Life], vacancies: Sequence[UUID] = ()
) -> list[Lived]:
    """Each applies and agrees, is asked on one of two mornings how it goes, and tells the rest.

    All of them cross the same days, for the worker process asks everybody at once. They work where
    `vacancies` are, one after the other; without any, each on a farm of their own. The same
    officials decide on all of them.
    """
    where = vacancies or [offer_work(session, ports, life) for life in lives]
    first = Story(session, ports).supervise()
    every = [
        _apply(_beside(first), life, vacancy, cui(at))
        for at, (life, vacancy) in enumerate(zip(lives, where, strict=True))
    ]
    going, gates = [one for one in every if not one.ended], Gates(first)
    for ahead in sorted({one.life.ahead for one in going}):
        some = [one for one in going if one.life.ahead == ahead]
        day = some[0].life.starts_on + timedelta(days=ASKED_AFTER)
        for one in some:
            one.story.now = start_of(day) + timedelta(hours=9)
            if not one.life.silent:
                _write_payslip(one)
        check_ins.ask_due(some[0].story.work(SYSTEM))
        for one in some:
            _work(one, gates)
    return every


def offer_work(session: Session, ports: Ports, life: Life) -> UUID:
    """A vacancy of a new employer for sixty days from the first day of this life's work."""
    last = life.starts_on + timedelta(days=60)
    return add_vacancy(session, ports, starts_on=life.starts_on, ends_on=last)


def offer_farms(session: Session, ports: Ports, lives: Sequence[Life]) -> list[UUID]:
    """Where each of many lives works: one with a fault among fair ones on each farm.

    Whose contract changes is alone, for the others' would, too; and who begins on another day.
    """
    farms: list[UUID] = []
    where: dict[int, UUID] = {}
    for at, life in enumerate(lives):
        if life.found:
            where[at] = offer_work(session, ports, life)
            farms += [] if life.changed or life.ahead != AHEAD else [where[at]]
    fair = [at for at in range(len(lives)) if at not in where]
    places = cycle(farms or [offer_work(session, ports, Life())])
    return [one for _, one in sorted([*where.items(), *zip(fair, places, strict=False)])]


def _beside(story: Story) -> Story:
    """Another application before the same officials, not begun yet."""
    other = copy(story)
    other.worker = Actor(PersonId(uuid4()), Role.WORKER)
    return other


def _apply(story: Story, life: Life, vacancy: UUID, document: str) -> Lived:
    """Up to the signed permit; a life that a service refuses ends there."""
    lived = Lived(story, life, vacancy, set())
    answers: dict[str, Any] = {
        "vacancy": str(vacancy),
        "document_number": document,
        "languages_spoken": life.speaks,
        "date_of_birth": life.born,
    }
    if not _passes(lived, lambda: _begin(story, answers).hand_in()):
        return lived
    identity_checks.compare_document(
        story.work(story.setrass), story.id, _passport(life), confirmed=False
    )
    case = load_case(story.work(story.setrass), story.id)
    papers = {one.code for one in case.findings if one.source.startswith("R05")}
    lived.found |= {("R05", code) for code in papers}
    if _passes(lived, lambda: _accept(story, heard=life.heard)) and not papers:
        story.approve().sign()
    lived.ended = lived.ended or bool(papers)
    return lived


def _begin(story: Story, answers: Mapping[str, Any]) -> Story:
    """As `Story.start`, for a vacancy that is there."""
    nobody = Actor(PersonId(uuid4()), Role.ANYONE)
    started = applications.start_application(story.work(nobody), "coffee-hn-gt", PHONE, "es")
    story.worker, story.id = started.actor, started.application.id
    applications.save_answers(story.work(story.worker), story.id, {**ANSWERS, **answers})
    return story


def _passport(life: Life) -> str:
    names = ("LOPEZ", "JUANA") if life.other else ("GUTIERREZ NAMENDI", "MARIA ANGELA")
    return td3(*names, born=life.born)


def _accept(story: Story, *, heard: bool) -> None:
    worker = story.work(story.worker)
    newest = contracts.read_own_contract(worker, story.id).newest
    contracts.accept_own(worker, story.id, newest.digest, heard=heard, deductions=True)


def _passes(lived: Lived, act: Callable[[], Any]) -> bool:
    """Whether it can be done; where not, what it was refused for stands among what was found."""
    try:
        act()
    except (Conflict, Invalid) as refused:
        lived.found |= {REFUSED[code] for code in _codes(refused)}
        lived.ended = True
        return False
    return True


def _codes(refused: DomainError) -> list[str]:
    return [one.code for one in refused.faults] if isinstance(refused, Invalid) else [refused.code]


def _write_payslip(lived: Lived) -> None:
    story, last = lived.story, lived.life.starts_on + timedelta(days=5)
    owner = owner_of(employer_of(story, lived.vacancy))
    payslips.write_payslip(story.work(owner), story.id, week(last, **lived.life.slip))


def _work(lived: Lived, gates: Gates) -> None:
    """A week of work: how it goes, what was paid for it, what the contract is now, and the gate."""
    if lived.life.silent:
        return
    story, life = lived.story, lived.life
    worker, chief = story.work(story.worker), story.work(story.supervisor)
    asked_id = asked(story).id
    lived.add(check_ins.answer_own(worker, story.id, asked_id, life.answers, act=False).findings)
    if not life.payments:
        nothing_paid.say_nothing(worker, story.id)  # a zero, and no rule finds anything in it
    for payment in life.payments:
        claim = story.work(SYSTEM).new_id()
        costs.add_cost(worker, story.id, claim, payment)
        with suppress(Conflict):  # nobody owes it: nobody but its worker will read it
            costs.move_own_claim(worker, story.id, claim, ClaimAction.ASK, 1)
            lived.add(cost_claims.open_claim(chief, claim).judged.findings)
    if life.reported:
        contracts.report_own(worker, story.id, life.reported)
    if life.changed:
        offer_anew(story, **life.changed)
    lived.add(contracts.read_own_contract(worker, story.id).findings)
    lived.found |= _enter(lived, gates)


def _enter(lived: Lived, gates: Gates) -> set[tuple[str, str]]:
    """The gate of the own farm, or of the other one; the log tells which rule was against it."""
    story = lived.story
    employer = gates.elsewhere if lived.life.elsewhere else employer_of(story, lived.vacancy)
    number = story.application.worker_number or ""
    sent = Sent(uuid4(), Direction.ENTRY, story.now, number)
    owner = story.work(owner_of(employer))
    [answer] = farm_register.record(owner, gates.farm_of(employer), [sent])
    rules = audit.list_events(story.session, sent.id)[-1].facts["rules"]
    return {(str(rules), str(answer.belonging))} if rules else set()
