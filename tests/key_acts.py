"""What is done to keys, in one line each, for tests that need keys in some state."""

from datetime import datetime
from typing import Protocol

from app.adapters.key_register import Change
from permits import keys
from permits.keys import Key


class Keys(Protocol):
    """Whatever has a register of keys."""

    def change(self, act: Change) -> object: ...


def publish(house: Keys, now: datetime) -> None:
    """As if a list that names every key were served."""
    house.change(lambda standing: [keys.publish(key, now) for key in standing])


def activate(house: Keys, kid: bytes, now: datetime) -> Key:
    changed: list[Key] = []
    house.change(lambda standing: _kept(changed, keys.activate(kid, standing, now)))
    return changed[0]


def compromise(house: Keys, kid: bytes, cutoff: datetime | None, now: datetime) -> Key:
    changed: list[Key] = []
    house.change(lambda standing: _kept(changed, keys.compromise(kid, standing, cutoff, now)))
    return changed[0]


def _kept(changed: list[Key], by_law: tuple[Key, ...]) -> tuple[Key, ...]:
    changed.extend(by_law)
    return by_law
