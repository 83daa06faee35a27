"""Whom the first farm of the demonstration has named for its work."""

from datetime import datetime

from app.demo.market import COFFEE, COMING, Market
from app.demo.officials import official
from app.demo.stage import Stage
from app.services import nominations
from app.storage.vacancies import ListedVacancy
from permits.programmes import Hiring

NAMED_CUI = "1234567892004"
"""A DPI for whoever tries the story as a worker: the farm has named its holder."""


def name_visitor(stage: Stage, market: Market) -> None:
    """Name the holder of NAMED_CUI for the coming harvest."""
    for vacancy in market.vacancies[COFFEE, COMING]:
        if vacancy.hiring is Hiring.NAMED:
            name_worker(stage, vacancy, NAMED_CUI, stage.now)


def name_worker(stage: Stage, vacancy: ListedVacancy, number: str, at: datetime) -> None:
    """The farm's employer names the holder of a document."""
    nominations.name_workers(stage.work(at, official("empleador")), vacancy.id, number)
