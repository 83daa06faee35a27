"""Wishes of a load that something about a right be another: its employer, or who one is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from app.demo.load_made import Made, Pile
from app.demo.officials import demo_cast
from app.demo.stage import Stage
from app.storage.identity_changes import IDENTITY_CONTENT
from app.storage.vacancies import ListedVacancy
from permits import offers
from permits.applications import canonical, digest
from permits.audit import Act, Fact
from permits.authorisations import Authorisation
from permits.identity_changes import IdentityReason, content_of, identity_of
from permits.people import Actor, Role

ASKED_OF_THOUSAND, GRANTED_OF_THOUSAND, REFUSED_OF_THOUSAND = 30, 30, 10
"""Of the rights that stand, for a change of each kind."""

LATELY = timedelta(days=40)


class Changes:
    """Lays the wishes about some rights aside, and what the agencies said."""

    def __init__(self, stage: Stage, pile: Pile, market: Sequence[ListedVacancy]) -> None:
        self._pile, self._vault, self._now = pile, stage.ports.vault, stage.now
        self._market, self._cast = market, demo_cast()
        self._written = cache(self._write)

    def add(self, made: Made, right: Authorisation) -> None:
        """What the worker of a right asked to be changed; most ask for nothing."""
        drawn = self._pile.random.randrange(1000)
        asked = ASKED_OF_THOUSAND
        settled = asked + GRANTED_OF_THOUSAND + REFUSED_OF_THOUSAND
        if drawn < settled:
            self._ask_employer(right, self._outcome(drawn))
        elif drawn < settled + asked + GRANTED_OF_THOUSAND:
            self._ask_identity(made, right, granted=drawn >= settled + asked)

    def _outcome(self, drawn: int) -> str:
        if drawn < ASKED_OF_THOUSAND:
            return "asked"
        return "granted" if drawn < ASKED_OF_THOUSAND + GRANTED_OF_THOUSAND else "refused"

    def _at(self, right: Authorisation) -> datetime:
        first = max(right.granted_at, self._now - LATELY)
        return first + (self._now - first) * self._pile.random.random()

    def _write(self, vacancy: UUID) -> tuple[str, str]:
        one = next(found for found in self._market if found.id == vacancy)
        told = offers.to_mapping(one.offer)
        return canonical(told), digest(told)

    def _ask_employer(self, right: Authorisation, outcome: str) -> None:
        here = [one for one in self._market if one.programme == right.programme]
        vacancy, at = self._pile.random.choice(here), self._at(right)
        offer, sealed = self._written(vacancy.id)
        decided = at + (self._now - at) / 2 if outcome != "asked" else None
        official = self._pile.random.choice(self._cast.setrass)
        row = {
            "id": self._pile.new_id(),
            "authorisation": right.id,
            "worker": right.worker,
            "vacancy": vacancy.id,
            "offer": offer,
            "digest": sealed,
            "asked_at": at,
            "outcome": outcome,
            "official": official.person if decided else None,
            "decided_at": decided,
            "note": "La otra finca no ofrece más." if outcome == "refused" else "",
        }
        self._pile.keep("employer_changes", row)
        worker = Actor(right.worker, Role.WORKER)
        told = {"vacancy": str(vacancy.id)}
        self._pile.tell(Act.EMPLOYER_CHANGE_ASKED, right.id, worker, at, told)
        if decided:
            facts = {"digest": sealed, "outcome": outcome}
            self._pile.tell(Act.EMPLOYER_CHANGE_SETTLED, right.id, official, decided, facts)

    def _ask_identity(self, made: Made, right: Authorisation, *, granted: bool) -> None:
        """Granted ones wait as they are copied: their approvals refer to them (`copying`)."""
        before, at, identity = identity_of(made.answers), self._at(right), self._pile.new_id()
        first = (made.answers.surnames or "").split(" ")[0]
        after = replace(before, surnames=f"{first} de {first}")
        content = content_of(before, after, self._pile.random.randbytes(16).hex())
        sealed = digest(content)
        row = {
            "id": identity,
            "authorisation": right.id,
            "worker": right.worker,
            "content": self._vault.seal(IDENTITY_CONTENT, identity, canonical(content)),
            "digest": sealed,
            "reason": IdentityReason.CIVIL_STATUS.value,
            "evidence": right.id,
            "asked_at": at,
            "agency_set": made.agency_set,
        }
        self._pile.keep("identity_changes", row)
        told: dict[str, Fact] = {"fields": ["surnames"], "reason": "civil-status"}
        told["document"] = str(right.id)
        worker = Actor(right.worker, Role.WORKER)
        self._pile.tell(Act.IDENTITY_CHANGE_ASKED, right.id, worker, at, told)
        if granted:
            self._approve(right, row, at + (self._now - at) / 2)

    def _approve(self, right: Authorisation, row: Mapping[str, Any], at: datetime) -> None:
        agencies = (("setrass", self._cast.setrass[0]), ("inm", self._cast.inm[0]))
        for nth, (agency, official) in enumerate(agencies, start=1):
            approval = {
                "change": row["id"],
                "nth": nth,
                "before": nth - 1 or None,
                "worker": row["worker"],
                "digest": row["digest"],
                "agency_set": row["agency_set"],
                "agency": agency,
                "official": official.person,
            }
            self._pile.keep("identity_approvals", approval)
            outcome = "granted" if nth == len(agencies) else "asked"
            facts = {"agency": agency, "opinion": "approve", "outcome": outcome}
            facts["digest"] = row["digest"]
            self._pile.tell(Act.IDENTITY_CHANGE_DECIDED, right.id, official, at, facts)
