"""The stage: a house whose chance is seeded, so that two demonstrations are alike."""

import csv
import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from app.demo.portraits import KeptPictures
from app.services.ports import Ports
from app.services.work import Work
from app.storage.database import Session
from app.wiring import House
from permits.people import SYSTEM, Actor

FOLDER = Path(__file__).parent.parent / "reference" / "demo"
SEED = 42
Say = Callable[[str], None]


class SeededChance:
    """Chance that repeats itself; for the demonstration only."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def token(self, size: int) -> bytes:
        """So many bytes, the same each time."""
        return self._random.randbytes(size)

    def below(self, limit: int) -> int:
        """A number from 0 to `limit` - 1, the same each time."""
        return self._random.randrange(limit)


@dataclass(frozen=True)
class Stage:
    """Where the demonstration is set up; `now` is the instant that counts as today."""

    ports: Ports
    session: Session
    random: Random
    now: datetime

    def work(self, now: datetime, actor: Actor = SYSTEM) -> Work:
        """Work of somebody at some instant of the story."""
        return Work(self.session, actor, now, self.ports, "demo")


def make_stage(house: House, session: Session, now: datetime) -> Stage:
    """A stage on this house; everything by chance comes from one seed."""
    random = Random(SEED)  # noqa: S311  it must repeat itself
    ports = dataclasses.replace(
        house.ports,
        # Of its own: a number more that is drawn somewhere leaves the cases as they are.
        chance=SeededChance(Random(SEED + 1)),  # noqa: S311
        # Hundreds of resume codes that nobody uses need no slow hash.
        passwords=house.fast_passwords(),
        pictures=KeptPictures(house.ports.pictures),
    )
    return Stage(ports, session, random, now)


def read_list(name: str) -> list[dict[str, str]]:
    """The rows of a list of the demonstration."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
