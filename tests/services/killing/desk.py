"""What anybody does over a line that breaks: acts with a key, acts without, until it is known."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.services.killing.ledger import Effect, Ledger
from tests.services.killing.lines import Gate, Line, Lost, NotThere, Reply

Reading = Callable[[Reply], Sequence[Effect]]
"""What an act has done, where its reply tells more than was known before."""


@dataclass
class Desk:
    """One person's way of working, with the ledger at hand."""

    gate: Gate
    ledger: Ledger
    chance: random.Random
    twice: float
    """So many of the acts with a key are sent once more after their answer."""

    def keyed(
        self,
        line: Line,
        effects: Sequence[Effect],
        method: str,
        path: str,
        **sent: Any,  # noqa: ANN401
    ) -> Reply:
        """An act that is sent until it is answered, always with the same key."""
        headers = {"Idempotency-Key": uuid4().hex, **sent.pop("headers", {})}
        again = False
        with self.ledger.pending(effects):
            while True:
                with self.gate.act():
                    try:
                        reply = line.ask(method, path, headers=headers, **sent)
                    except NotThere:
                        continue
                    except Lost as why:
                        self.ledger.lose(f"{method} {path}: {why}")
                        again = True
                        continue
                    _check(reply, method, path)
                    self.ledger.tell(effects, reply.request, again=again)
                break
        if self.chance.random() < self.twice:
            self._once_more(line, reply, method, path, headers=headers, **sent)
        return reply

    def once(
        self,
        line: Line,
        effects: Sequence[Effect],
        method: str,
        path: str,
        *,
        told: Reading | None = None,
        **sent: Any,  # noqa: ANN401
    ) -> Reply | None:
        """An act without a key; None where its reply was lost, and it may have been done."""
        with self.gate.act():
            try:
                reply = line.ask(method, path, **sent)
            except NotThere:
                return None
            except Lost as why:
                self.ledger.lose(f"{method} {path}: {why}", effects)
                return None
            _check(reply, method, path)
            self.ledger.tell(told(reply) if told else effects, reply.request)
            return reply

    def until_known(self, attempt: Callable[[], Reply | None]) -> Reply:
        """Try again, as a new act, until a reply arrives."""
        while True:
            reply = attempt()
            if reply is not None:
                return reply

    def _once_more(self, line: Line, before: Reply, method: str, path: str, **sent: Any) -> None:  # noqa: ANN401
        """What is sent again is answered as before, and nothing is done."""
        with self.gate.act():
            try:
                reply = line.ask(method, path, **sent)
            except (Lost, NotThere):
                return
        assert (reply.status, reply.told) == (before.status, before.told), (method, path)


def _check(reply: Reply, method: str, path: str) -> None:
    """Refusals are no part of these lives."""
    assert reply.status < 400, (method, path, reply.status, reply.body[:500])
