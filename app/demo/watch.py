"""What a watch list found in the demonstration: one hit for the second look, and nobody else.

The list is asked while the demonstration is set up. While it runs none is set, so that INM need
not wait a minute for each case that somebody tries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.demo.stage import Stage
from app.services import watch
from app.services.effects import run_past_effects
from permits.watch import WatchQuery

REFERENCE = "DEMOSTRACIÓN-7/2026"
HIT = 5
"""Which of those who are asked about is found: not the first, which visitors open."""


@dataclass
class DemoList:
    """Finds the one who is asked about as the fifth."""

    asked: int = 0

    def ask(self, query: WatchQuery) -> Sequence[str]:
        """Its own reference of what it found."""
        self.asked += 1
        return [REFERENCE] if self.asked == HIT else []


def seed_watch(stage: Stage) -> None:
    """Ask about every case that waits for INM."""
    work = stage.work(stage.now)
    asking = replace(work, ports=replace(work.ports, watch=DemoList()))
    watch.ask_new(asking)
    while run_past_effects(asking):
        pass
