"""The worker's door: does what waits in the outbox, and what the hour asks for."""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event, Thread
from typing import TypeVar

import structlog

from app.demo.partner import keep_partner
from app.services import anchoring, effects, housekeeping, sealing
from app.services.work import Work
from app.settings import Settings
from app.storage.outbox import DueEffect
from app.web.pages.own_voices import make_own
from app.web.pages.voices import synthesiser
from app.web.prompts import VOICES
from app.wiring import House, open_house
from permits.people import SYSTEM

T = TypeVar("T")
_LOG = structlog.get_logger("vereda.worker")

IDLE_SECONDS = 0.5
"""How long an effect may wait for the next look; a permit is signed within a second."""

EVERY = timedelta(minutes=1)
"""How often the clock's own tasks are looked at."""


LIST_SECONDS = 0.5
"""How often it is asked whether a status list is to be published: a revocation waits for it."""

SEAL_SECONDS = 1.0
"""How often the log is sealed; an event is under a checkpoint within five seconds."""

EXPORT_SECONDS = 5.0
"""How often it is asked whether a checkpoint is to be sent, or tried again."""


def run(settings: Settings) -> None:
    """Work until interrupted; what was begun is finished or rolled back, never half done.

    Whatever a task meets, a database that is away too, is noted and tried again later: nobody
    would start the worker anew.
    """
    house = open_house(settings)
    next_round = datetime.now(UTC)
    with kept_up(house):
        while True:
            if datetime.now(UTC) >= next_round:
                keep_house(house)
                next_round = datetime.now(UTC) + EVERY
            if not _survives("effects", lambda: run_pending(house)):
                time.sleep(IDLE_SECONDS)


@contextmanager
def kept_up(house: House, export_every: float = EXPORT_SECONDS) -> Iterator[None]:
    """Seal the log, send its checkpoints and publish lists meanwhile, each by a thread of its own.

    A mail server or a second place that answers slowly must leave neither the log open nor a
    revocation unpublished.
    """
    ended = Event()
    tasks: tuple[tuple[Callable[[], int], float], ...] = (
        (_survivor(house, sealing.seal_events), SEAL_SECONDS),
        (_survivor(house, anchoring.export_checkpoint), export_every),
        (partial(publish_pending, house), LIST_SECONDS),
    )
    jobs = [Thread(target=_repeat, args=(*task, ended)) for task in tasks]
    for job in jobs:
        job.daemon = True  # what it was about is rolled back where it does not end in time
        job.start()
    try:
        yield
    finally:
        ended.set()
        for job in jobs:
            job.join(IDLE_SECONDS)


def _survivor(house: House, task: Callable[[Work], int]) -> Callable[[], int]:
    return partial(_survives, task.__name__, partial(_in_transaction, house, task))


def _repeat(task: Callable[[], int], pause: float, ended: Event) -> None:
    """Do a task again and again, at once where it may have left something."""
    while not ended.is_set():
        if task() < sealing.BATCH:
            ended.wait(pause)


def publish_pending(house: House) -> int:
    """Do every due effect that publishes a list; returns how many were tried."""
    return _survives("lists", partial(run_pending, house, kinds=effects.OF_LISTS))


def run_pending(house: House, limit: int = 1000, kinds: Collection[str] | None = None) -> int:
    """Do every due effect, of these kinds, each in its own transaction; returns how many."""
    tried = 0
    while tried < limit and _run_one(house, kinds):
        tried += 1
    return tried


def keep_house(house: House) -> None:
    """Do what time alone asks for: lists signed anew, returned cases lapsed, old rows forgotten."""
    for task in housekeeping.TASKS:
        _survives(task.__name__, partial(_in_transaction, house, task))
    _survives("voices", partial(keep_voices, house))
    if house.settings.is_demo:
        keep = partial(keep_partner, folder=house.settings.public_folder)
        _survives("demo partner", partial(_in_transaction, house, keep))


def keep_voices(house: House) -> int:
    """Say aloud what programmes ask since the last look; nothing where the machine has no voice."""
    folder = house.settings.data_dir / VOICES
    return make_own(synthesiser(), folder, house.ports.reference.programmes.values())


def _survives(name: str, act: Callable[[], int]) -> int:
    try:
        return act()
    except Exception as error:  # noqa: BLE001  (one task that fails keeps no other waiting)
        _LOG.error("task failed", job=name, code=type(error).__name__)
        return 0


def _run_one(house: House, kinds: Collection[str] | None) -> bool:
    try:
        done = _in_transaction(house, partial(effects.run_next_effect, kinds=kinds))
    except effects.EffectFailed as failure:
        _LOG.warning("effect failed", kind=failure.due.effect.kind, code=failure.reason)
        _postpone(house, failure.due, failure.reason)
        return True
    return done is not None


def _postpone(house: House, due: DueEffect, reason: str) -> None:
    def postpone(work: Work) -> None:
        effects.postpone_effect(work, due, reason)

    _in_transaction(house, postpone)


def _in_transaction(house: House, task: Callable[[Work], T]) -> T:
    with house.sessions.begin() as session:
        return task(Work(session, SYSTEM, datetime.now(UTC), house.ports, "worker"))
