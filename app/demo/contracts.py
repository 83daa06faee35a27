"""Contracts of the demonstration: a better version accepted by mark, and one substituted."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from app.demo.market import COFFEE, COMING, Market
from app.demo.officials import official
from app.demo.stage import Stage
from app.services import contract_marks, contracts, effects, vacancy_judging, vacancy_writing
from app.services.vacancy_writing import Wanted
from app.storage import applications, vacancy_contracts
from app.storage.vacancies import ListedVacancy, find_vacancy
from permits.applications import Application
from permits.offers import Offer
from permits.people import Actor, PersonId, Role
from permits.programmes import Hiring
from permits.reach import EVERYTHING

RAISE = Decimal(5)
"""What the better version pays more for the same unit, in the currency of the offer."""


def seed_contracts(stage: Stage, market: Market) -> None:
    """Of the three open vacancies with fewest contracts each is offered anew in another way.

    One pays more, one takes the bed away, and one has other words. Somebody of each had agreed
    before. The better version is read out by a brigade, which records the mark; the worse one is
    kept as evidence, and stops the approval (R16); the words wait for SETRASS. Of those alone in
    which nothing was set aside: an exception does not outlive the terms that it was made for.
    """
    looked = vacancy_judging.look_many(stage.work(stage.now), market.vacancies[COFFEE, COMING])
    clean = [one.vacancy for one in looked if not one.findings]
    held = [(one, _holders(stage, one)) for one in clean]
    told = [
        (one, holders)
        for one, holders in held
        if holders and one.offer.hiring is Hiring.OPEN and one.offer.housing
    ]
    told.sort(key=lambda one: len(one[1]))
    for number, (vacancy, holders) in enumerate(told[:3]):
        offer = vacancy.offer
        _accept(stage, holders[0])
        if number == 0:
            _offer_anew(stage, vacancy, replace(offer, wage=offer.wage + RAISE))
            _mark(stage, holders[0])
        elif number == 1:
            _offer_anew(stage, vacancy, replace(offer, housing=False))
        else:
            _offer_anew(stage, vacancy, replace(offer, title=f"{offer.title} y otras tareas"))
    while effects.run_past_effects(stage.work(stage.now)):
        pass


def _holders(stage: Stage, vacancy: ListedVacancy) -> Sequence[Application]:
    found = vacancy_contracts.list_of_vacancy(stage.session, vacancy.id)
    return [applications.get_application(stage.session, o, reach=EVERYTHING) for o in found]


def _accept(stage: Stage, own: Application) -> None:
    work = stage.work(stage.now, Actor(own.worker, Role.WORKER))
    seen = contracts.read_own_contract(work, own.id)
    if seen.acceptable:
        contracts.accept_own(work, own.id, seen.newest.digest, heard=True)


def _offer_anew(stage: Stage, vacancy: ListedVacancy, offer: Offer) -> None:
    """The employer changes the vacancy, and offers its terms to who has a contract."""
    employer = UUID(vacancy.offer.employer)
    owner = Actor(PersonId(employer), Role.EMPLOYER, "Finca de la demostración", employer=employer)
    work, found = stage.work(stage.now, owner), find_vacancy(stage.session, vacancy.id)
    if found is not None:
        wanted = Wanted(found.programme, offer, found.places)
        vacancy_writing.change_offer(work, vacancy.id, found.version, wanted)
        contracts.draw_anew(work, vacancy.id)


def _mark(stage: Stage, own: Application) -> None:
    """A brigade reads the newest version out, and the worker sets a mark under it."""
    work, receipt = stage.work(stage.now, official("facilitador")), own.receipt or ""
    read = contract_marks.read_for_witness(work, receipt)
    spoken = min(read.languages)
    contract_marks.witness_acceptance(work, receipt, read.contract.digest, spoken)
