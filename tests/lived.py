"""Lives of the made-up market, lived through the services; what these find of each worker."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from app.services import (
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
from permits.people import SYSTEM
from recruitment.costs import ClaimAction
from recruitment.ethics.rules import RuleFinding
from recruitment.farm_register import Direction
from tests.builders import Story, add_vacancy
from tests.crew_lists import cui
from tests.farmed import add_farm, another_employer, employer_of, owner_of
from tests.market_lives import ASKED_AFTER, Life
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


def live(
    session: Session, ports: Ports, lives: Sequence[Life], vacancies: Sequence[UUID] = ()
) -> list[Lived]:
    """Each applies and agrees, is asked on one of two mornings how it goes, and tells the rest.

    All of them cross the same days, for the worker process asks everybody at once. They work where
    `vacancies` are, one after the other; without any, each on a farm of their own.
    """
    where = vacancies or [offer_work(session, ports, life) for life in lives]
    every = [
        _apply(Story(session, ports), life, vacancy, cui(at))
        for at, (life, vacancy) in enumerate(zip(lives, where, strict=True))
    ]
    going = [one for one in every if not one.ended]
    first = every[0].story
    elsewhere = add_farm(first.work(first.setrass), other := another_employer(first), "Otra Finca")
    for ahead in sorted({one.life.ahead for one in going}):
        some = [one for one in going if one.life.ahead == ahead]
        day = some[0].life.starts_on + timedelta(days=ASKED_AFTER)
        for one in some:
            one.story.now = start_of(day) + timedelta(hours=9)
            _write_payslip(one)
        check_ins.ask_due(some[0].story.work(SYSTEM))
        for one in some:
            _work(one, elsewhere, other)
    return every


def offer_work(session: Session, ports: Ports, life: Life) -> UUID:
    """A vacancy of a new employer for sixty days from the first day of this life's work."""
    last = life.starts_on + timedelta(days=60)
    return add_vacancy(session, ports, starts_on=life.starts_on, ends_on=last)


def _apply(story: Story, life: Life, vacancy: UUID, document: str) -> Lived:
    """Up to the signed permit; a life that a service refuses ends there."""
    lived = Lived(story.supervise(), life, vacancy, set())
    answers: dict[str, Any] = {
        "vacancy": str(vacancy),
        "document_number": document,
        "languages_spoken": life.speaks,
    }
    if not _passes(lived, lambda: story.start(date_of_birth=life.born, **answers).hand_in()):
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


def _passport(life: Life) -> str:
    names = ("LOPEZ", "JUANA") if life.other else ("GUTIERREZ NAMENDI", "MARIA ANGELA")
    return td3(*names, born=life.born)


def _accept(story: Story, *, heard: bool) -> None:
    worker = story.work(story.worker)
    seen = contracts.read_own_contract(worker, story.id).newest.digest
    contracts.accept_own(worker, story.id, seen, heard=heard)


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


def _work(lived: Lived, elsewhere: UUID, other: UUID) -> None:
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
    lived.found |= _enter(lived, elsewhere, other)


def _enter(lived: Lived, elsewhere: UUID, other: UUID) -> set[tuple[str, str]]:
    """The gate of the own farm, or of the other one; the log tells which rule was against it."""
    story, farm, employer = lived.story, elsewhere, other
    if not lived.life.elsewhere:
        employer = employer_of(story, lived.vacancy)
        farm = add_farm(story.work(story.setrass), employer)
    number = story.application.worker_number or ""
    sent = Sent(uuid4(), Direction.ENTRY, story.now, number)
    [answer] = farm_register.record(story.work(owner_of(employer)), farm, [sent])
    rules = audit.list_events(story.session, sent.id)[-1].facts["rules"]
    return {(str(rules), str(answer.belonging))} if rules else set()
