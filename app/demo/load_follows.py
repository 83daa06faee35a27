"""What follows in some cases of a load: a watch list that found a name, a recourse that waits."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.services.ports import Ports
from app.storage import appeals, watch_checks
from permits.appeals import Appeal, Stage
from permits.applications import ApplicationId
from permits.approvals import Decision
from permits.people import PersonId
from permits.watch import CheckState, WatchCheck

HITS_OF_THOUSAND = 20
"""Rounds in which the list found somebody of a like name."""

RECOURSES_OF_THOUSAND = 150
"""Refusals whose workers ask for another look, and that nobody has judged yet."""

WORDS = "Mi documento es bueno. Pido que lo vean otra vez."


def find_hit(
    random: Random, ports: Ports, application: UUID, at: datetime
) -> dict[str, Any] | None:
    """The row of a hit in a first round that was handed in then; None in most cases."""
    if random.randrange(1000) >= HITS_OF_THOUSAND:
        return None
    check = WatchCheck(
        _new(random),
        ApplicationId(application),
        1,
        CheckState.HIT,
        at,
        at + timedelta(minutes=1),
        (f"LISTA-{random.randrange(10**6):06d}",),
    )
    return watch_checks.get_columns(ports.vault, check)


def find_recourse(
    random: Random, ports: Ports, worker: UUID, refusal: Decision, now: datetime
) -> dict[str, Any] | None:
    """The row of a recourse against a refusal, a day later; None in most cases."""
    if random.randrange(1000) >= RECOURSES_OF_THOUSAND:
        return None
    appeal = Appeal(
        _new(random),
        refusal.application,
        PersonId(worker),
        refusal.round,
        refusal.digest,
        refusal.agency,
        refusal.official,
        Stage.RECONSIDERATION,
        WORDS,
        min(refusal.decided_at + timedelta(days=1), now),
    )
    return appeals.get_columns(ports.vault, appeal)


def _new(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)
