"""A hit of a watch list in the site's database, which asks none."""

from collections.abc import Sequence
from dataclasses import replace

from app.services import second_looks, watch
from app.services.work import Work
from app.storage.outbox import lock_due
from permits.people import SYSTEM, Actor
from permits.watch import WatchQuery
from tests.journeys.lives import Lives


class Finds:
    """A list that finds everybody."""

    def ask(self, query: WatchQuery) -> Sequence[str]:
        return ["LISTA-7/2026"]


def find_hit(lives: Lives, looker: Actor) -> str:
    """Whoever waits for INM is found; the id of the first check for the second look."""
    now = lives.site.now()
    ports = replace(lives.site.house.ports, watch=Finds())
    work = Work(lives.session, SYSTEM, now, ports, "test")
    watch.ask_new(work)
    for due in lock_due(lives.session, now, 100, [watch.EFFECT]):
        watch.ask_list(work, due.effect.payload)
    hits = second_looks.list_hits(work.as_actor(looker))
    return str(hits[0][0].id)
