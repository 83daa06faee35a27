"""Whom the first farm of the demonstration has named for its work."""

from datetime import datetime
from uuid import UUID

from app.demo.market import COFFEE, COMING, FARM, Market
from app.demo.officials import official
from app.demo.stage import Stage
from app.storage import nominations
from app.storage.vacancies import ListedVacancy
from permits.audit import Act
from permits.people import Actor, PersonId, Role
from permits.programmes import Hiring

NAMED_CUI = "1234567892004"
"""A DPI for whoever tries the story as a worker: the farm has named its holder."""


def name_visitor(stage: Stage, market: Market) -> None:
    """Name the holder of NAMED_CUI for the coming harvest."""
    for vacancy in market.vacancies[COFFEE, COMING]:
        if vacancy.hiring is Hiring.NAMED:
            name_worker(stage, vacancy, NAMED_CUI, stage.now)


def name_worker(stage: Stage, vacancy: ListedVacancy, number: str, at: datetime) -> None:
    """The vacancy's employer names the holder of a document.

    As whoever accepts an offer is named (`candidates.answer_own`): of places that are taken, too.
    """
    employer = UUID(vacancy.offer.employer)
    owner = Actor(PersonId(employer), Role.EMPLOYER, vacancy.employer_name, employer=employer)
    work = stage.work(at, official("empleador") if employer == FARM else owner)
    event = work.event(Act.WORKERS_NAMED, vacancy.id, {"count": 1})
    vault = work.ports.vault
    nominations.name_workers(stage.session, vault, vacancy.id, [number], event=event)
