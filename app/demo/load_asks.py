"""What some people of a load ask of an office, and what officials left about some cases."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal

from app.demo.costs import FEE
from app.demo.load_made import Made, Pile
from app.demo.officials import demo_cast, official
from app.services.ports import Ports
from app.storage.cost_entries import COST
from app.storage.data_requests import WORDS
from app.storage.openings import NOTE, REASON
from app.storage.welfare_claims import WELFARE_STEPS, WELFARE_TOLD
from permits.audit import Act
from permits.deadlines import legal_day
from permits.openings import LASTS
from permits.people import Actor, PersonId, Role
from recruitment.welfare import WelfareKind, WelfareTold

REQUESTS, COSTS, CLAIMS = 12, 40, 6
MARKS, OPENINGS, RECOVERIES = 10, 10, 10
"""How many of a thousand cases."""

OPEN_OF_HUNDRED = 60
"""Of requests, openings and marks, those that nobody has looked at."""

TOLD = json.dumps(
    {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in asdict(FEE).items()
    }
)


class Asks:
    """Lays aside what is asked about some cases."""

    def __init__(self, ports: Ports, pile: Pile, now: datetime) -> None:
        self._vault, self._pile, self._now = ports.vault, pile, now
        self._agents, self._analyst = demo_cast().agents, official("analista.inm")
        self._facilitator, self._judge = official("facilitador"), official("datos")

    def add(self, made: Made) -> None:
        """What this case brings with it; of most nothing."""
        kinds = (
            (REQUESTS, self._request),
            (COSTS, self._pay),
            (CLAIMS, self._claim),
            (MARKS, self._mark),
            (OPENINGS, self._open),
            (RECOVERIES, self._recover),
        )
        worker = Actor(PersonId(made.worker), Role.WORKER)
        for share, ask in kinds:
            if self._pile.is_one_of(share):
                ask(made, worker, self._since(made.at))

    def _since(self, first: datetime) -> datetime:
        return first + (self._now - first) * self._pile.random.random()

    def _is_open(self) -> bool:
        return self._pile.is_one_of(OPEN_OF_HUNDRED, 100)

    def _request(self, made: Made, worker: Actor, at: datetime) -> None:
        identity, waits = self._pile.new_id(), self._is_open()
        row = {
            "id": identity,
            "worker": made.worker,
            "application": made.case,
            "kind": "correction",
            "status": "open" if waits else "done",
            "words": self._vault.seal(WORDS, identity, "Mi municipio es otro."),
            "asked_at": at,
            "answered_at": None if waits else self._since(at),
            "answered_by": None if waits else self._judge.person,
        }
        self._pile.keep("data_requests", row)
        told = {"application": str(made.case), "kind": "correction"}
        self._pile.tell(Act.DATA_REQUESTED, made.worker, worker, at, told)

    def _pay(self, made: Made, worker: Actor, at: datetime) -> None:
        """A fee, asked back by half of them."""
        identity, asks = self._pile.new_id(), self._is_open()
        row = {
            "id": identity,
            "application": made.case,
            "worker": made.worker,
            "told": self._vault.seal(COST, identity, TOLD),
            "status": "asked" if asks else "noted",
            "version": 2 if asks else 1,
            "noted_at": at,
            "asked_at": at if asks else None,
        }
        self._pile.keep("cost_entries", row)
        self._pile.tell(Act.COST_NOTED, identity, worker, at)
        if asks:
            self._pile.tell(Act.COST_CLAIM_MOVED, identity, worker, at, {"action": "ask"})

    def _claim(self, made: Made, worker: Actor, at: datetime) -> None:
        identity, day = self._pile.new_id(), legal_day(at)
        told = WelfareTold(WelfareKind.ACCIDENT, day, "Me corté la mano en la finca.")
        words = json.dumps(asdict(told) | {"happened_on": day.isoformat()})
        row = {
            "id": identity,
            "application": made.case,
            "worker": made.worker,
            "told": self._vault.seal(WELFARE_TOLD, identity, words),
            "told_at": at,
            "told_by": made.worker,
            "status": "received",
            "steps": self._vault.seal(WELFARE_STEPS, identity, "[]"),
            "version": 1,
        }
        self._pile.keep("welfare_claims", row)
        self._pile.tell(Act.WELFARE_CLAIMED, identity, worker, at, {"by": "worker"})

    def _mark(self, made: Made, _worker: Actor, at: datetime) -> None:
        identity, agent = self._pile.new_id(), self._pile.random.choice(self._agents)
        row = {
            "id": identity,
            "application": made.case,
            "sign": "looks",
            "marked_by": agent.person,
            "marked_at": at,
        }
        self._pile.keep("age_marks", row)
        self._pile.tell(Act.AGE_MARKED, identity, agent, at, {"sign": "looks"})

    def _open(self, made: Made, _worker: Actor, at: datetime) -> None:
        identity, waits = self._pile.new_id(), self._is_open()
        reason = "La persona llamó desde la frontera y su oficina estaba cerrada."
        row = {
            "id": identity,
            "person": self._analyst.person,
            "role": self._analyst.role.value,
            "application": made.case,
            "reason": self._vault.seal(REASON, identity, reason),
            "opened_at": at,
            "ends_at": at + LASTS,
            "reviewed_at": None if waits else self._since(at),
            "reviewed_by": None if waits else self._judge.person,
            "justified": None if waits else True,
            "note": None if waits else self._vault.seal(NOTE, identity, "El puesto confirmó."),
        }
        self._pile.keep("openings", row)
        told = {"opening": str(identity), "purpose": "break-glass"}
        self._pile.tell(Act.APPLICATION_BROKEN_INTO, made.case, self._analyst, at, told)

    def _recover(self, made: Made, _worker: Actor, at: datetime) -> None:
        """Begun and let go by most; some were asked for within the hour, and wait."""
        waits = self._pile.is_one_of(10, 100)
        asked = self._now - timedelta(minutes=self._pile.random.randrange(60)) if waits else at
        phone = made.answers.phone or ""
        row = {
            "id": self._pile.new_id(),
            "worker": made.worker,
            "application": made.case,
            "document_kind": made.answers.document_kind,
            "compared": ["names", "number", "photo"] if waits else [],
            "asked_by": self._facilitator.person,
            "asked_at": asked,
            "status": "waiting" if waits else "dropped",
            "old_phone": phone,
            "new_phone": phone[:-1] + "0" if waits else None,
        }
        self._pile.keep("recoveries", row)
        facts = {"document": str(made.answers.document_kind)}
        self._pile.tell(Act.RECOVERY_BEGUN, made.worker, self._facilitator, asked, facts)
