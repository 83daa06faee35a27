"""Where a new permit stands: a free place, drawn at random, on the status list that is in use."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from app.services.work import Work
from app.storage import credentials, list_openings, outbox
from app.storage.list_openings import Opening
from permits.audit import Act
from permits.generations import HALF_FULL, KNOWN_AFTER, list_following
from permits.people import SYSTEM_PERSON
from permits.status_list import SIZE

DRAWS = 16
"""So many taken places in a row are drawn from a half-full list once in 65,000 times; after them
the list counts as full, and nobody waits for the worker."""


class Place(NamedTuple):
    """Where a permit stands: the status list, and the index in it."""

    on: int
    at: int


def draw_places(work: Work) -> Iterator[Place]:
    """Places to try one after the other without end, on the list in use and on those that follow.

    Whether one is free is asked when the permit is written down: of two who drew the same place
    the second draws again. A list that seems full is followed at once, and nobody else knows of
    the one that is opened then.
    """
    current = list_openings.read_current_list(work.session, work.now)
    while True:
        yield from _draw(work, current)
        current = _follow(work, current)


def _draw(work: Work, number: int) -> Iterator[Place]:
    return (Place(number, work.ports.chance.below(SIZE)) for _ in range(DRAWS))


def open_due_list(work: Work, half: int = HALF_FULL) -> int:
    """Open the next list where the newest is half full; returns how many were opened.

    It is published at once and used a day later: by then every reader with a network has it.
    """
    newest = list_openings.list_known(work.session)[-1]
    if credentials.count_places(work.session, newest) < half:
        return 0
    list_openings.lock_opening(work.session)
    if list_openings.list_known(work.session)[-1] != newest:
        return 0  # another was faster
    open_after(work, newest, work.now + KNOWN_AFTER)
    return 1


def _follow(work: Work, full: int) -> int:
    """The list after one that is full: one that waits for its day, else one that is opened now."""
    list_openings.lock_opening(work.session)
    newest = list_openings.list_known(work.session)[-1]
    return newest if newest > full else open_after(work, full, work.now)


def open_after(work: Work, before: int, used_from: datetime) -> int:
    """Open the list that follows another, to be published at once; returns its number."""
    number = list_following(before)
    event = work.event(Act.STATUS_LIST_OPENED, SYSTEM_PERSON, {"list": number})
    list_openings.open_list(work.session, Opening(number, work.now, used_from), event=event)
    effect = outbox.Effect("publish-status-list", f"publish:{number}:opened", {"list": number})
    outbox.put(work.session, effect, work.now)
    return number
