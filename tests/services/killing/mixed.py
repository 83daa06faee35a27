"""One life of mixed acts: workers apply, agencies decide, posts record, until it is told to end."""

import random
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

from permits.audit import Act
from tests.services.killing.cases import Case, agreed, case_of, cuis, letters, started
from tests.services.killing.cast import Cast, Official
from tests.services.killing.courses import FIRST, Course, draw
from tests.services.killing.desk import Desk
from tests.services.killing.ledger import Effect, Ledger, session_opened
from tests.services.killing.lines import Ended, Gate, Line, Reply
from tests.services.killing.office import Office
from tests.web.api.operations import answers, crossing, picture

PER_ADDRESS = 100
"""So many cases come from one address, below what it may try in a quarter of an hour."""


@dataclass
class Life:
    """Cases one after the other; `number` parts the lives that run at the same time."""

    port: int
    number: int
    cast: Cast
    gate: Gate
    ledger: Ledger
    approved: deque[tuple[Case, Course]] = field(default_factory=deque)
    cases: int = 0
    twice: float = 0.1

    def __post_init__(self) -> None:
        self.chance = random.Random(self.number)
        self.desk = Desk(self.gate, self.ledger, self.chance, self.twice)
        self._serials = cuis(self.number)
        self.office = Office(self.port, f"127.2.{self.number}.1", self.desk)

    def run(self) -> None:
        """Live until the gate is closed for good."""
        courses = chain(FIRST, iter(lambda: draw(self.chance), None))
        try:
            for course in courses:
                self.one_case(course)
                if self.cases == 1 or self.chance.random() < 0.1:
                    self.office.enter(self.chance.choice([self.cast.setrass, self.cast.inm]))
                if self.approved:
                    self.carry(*self.approved.popleft())
        except Ended:
            return

    def one_case(self, course: Course) -> None:
        """From the first question to the last decision, or to one of the ends before."""
        case = self.begin()
        if course.comes_back:
            self.come_back(case)
        self.answer(case)
        if course.attaches:
            self.attach(case)
        if course.withdrawn == "draft":
            return self.withdraw(case)
        self.submit(case)
        if course.taken:
            self.take(case, put_back=course.put_back)
        if course.returned:
            self.decide(case, self.cast.setrass, "return", grounds=["D1"], note="¿Su apellido?")
            self.answer(case)
            self.submit(case)
        if course.refused_by == "setrass":
            return self.decide(case, self.cast.setrass, "refuse", grounds=["L7"])
        self.agree(case)
        self.decide(case, self.cast.setrass, "approve")
        if course.withdrawn:
            return self.withdraw(case)
        if course.refused_by:
            return self.decide(case, self.cast.inm, "refuse", grounds=["M1"])
        self.decide(case, self.cast.inm, "approve")
        self.approved.append((case, course))
        return None

    def begin(self) -> Case:
        """A new worker on a new phone, from an address that others use too."""
        self.cases += 1
        phone = f"+5025{self.number % 10}{self.cases:06d}"
        line = Line(self.port, f"127.1.{self.number}.{1 + self.cases // PER_ADDRESS}")
        reply = self.desk.until_known(
            partial(
                self.desk.once,
                line,
                [Effect(Act.APPLICATION_STARTED), Effect(Act.SIGNED_IN)],
                "POST",
                "/solicitud/nueva/coffee-hn-gt",
                form={"phone": phone},
                told=started,
            )
        )
        return Case(line, case_of(reply), phone, reply.cookies["codigo"])

    def come_back(self, case: Case) -> None:
        """The worker on another phone, by number and code."""
        case.line.cookies.clear()
        form = {"phone": case.phone, "code": case.code}
        self.desk.until_known(
            partial(
                self.desk.once,
                case.line,
                [Effect(Act.SIGNED_IN)],
                "POST",
                "/retomar/papel",
                form=form,
                told=lambda reply: [session_opened(None, reply.cookies["vereda"])],
            )
        )

    def read(self, case: Case) -> Any:  # noqa: ANN401
        """What the worker sees: the answers that were told to be saved, always."""
        effects = [Effect(Act.APPLICATION_READ, case.id)]
        reply = self.desk.until_known(lambda: self.desk.once(case.line, effects, "GET", case.path))
        if case.name:
            assert reply.told["answers"]["given_names"] == case.name, case
        case.version = reply.version
        return reply.told

    def answer(self, case: Case) -> None:
        """Every answer, under a name that nobody else has; a lost reply leaves it open."""
        name = f"María {letters(self.number, self.cases, case.round)}"
        sent = {**answers(), "given_names": name, "document_number": next(self._serials)}
        sent["vacancy"] = str(self.cast.vacancy)

        def save() -> Reply | None:
            return self._seen(case, Act.APPLICATION_ANSWERED, "PATCH", "", json={"answers": sent})

        case.name = ""
        case.version = self.desk.until_known(save).version
        case.name = name

    def attach(self, case: Case) -> None:
        """A photo, which is an answer too."""
        answered = Effect(Act.APPLICATION_ANSWERED, case.id)

        def send() -> Reply | None:
            return self.desk.once(
                case.line,
                [Effect(Act.DOCUMENT_ATTACHED), answered],
                "PUT",
                f"{case.path}/documents/photo",
                content=picture(),
                headers=self._version(case),
                told=lambda reply: [
                    Effect(Act.DOCUMENT_ATTACHED, reply.told["id"], (case.id, "photo")),
                    answered,
                ],
            )

        case.version = self.desk.until_known(send).version

    def submit(self, case: Case) -> None:
        """Handed in, in the next round."""
        case.round += 1
        handed_in = Effect(Act.APPLICATION_SUBMITTED, case.id, (case.id, str(case.round)))
        # The vacancy is open to all: its employer has agreed to the contract beforehand.
        drawn = [agreed(case, "employer")] if case.round == 1 else []
        self._act(case.line, case, [handed_in, *drawn], "submit")

    def agree(self, case: Case) -> None:
        """The worker reads the contract, which SETRASS waits for, and accepts it."""
        body = {"digest": self.read(case)["contract"]["sha256"], "heard": True}
        path, effects = f"{case.path}/contract/accept", [agreed(case, "worker")]
        self.desk.keyed(case.line, effects, "POST", path, json=body)

    def withdraw(self, case: Case) -> None:
        """Taken back by the worker."""
        effect = Effect(Act.APPLICATION_WITHDRAWN, case.id, (case.id,))
        self._act(case.line, case, [effect], "withdraw")

    def take(self, case: Case, *, put_back: bool) -> None:
        """Held by an official of the first agency, who may give it back."""
        line = self.office.program(self.cast.setrass)
        self._act(line, case, [Effect(Act.APPLICATION_HELD, case.id)], "hold")

        def release() -> Reply | None:
            effects = [Effect(Act.APPLICATION_RELEASED, case.id)]
            seen = self._version(case)
            return self.desk.once(line, effects, "DELETE", f"{case.path}/hold", headers=seen)

        if put_back:
            case.version = self.desk.until_known(release).version

    def decide(self, case: Case, by: Official, opinion: str, **more: Any) -> None:  # noqa: ANN401
        """What one agency says."""
        agency = by.actor.agency
        assert agency is not None
        standing = (case.id, agency.value, str(case.round), opinion)
        effect = Effect(Act.APPLICATION_DECIDED, case.id, standing)
        body = {"opinion": opinion, **more}
        self._act(self.office.program(by), case, [effect], "decisions", json=body)

    def carry(self, case: Case, course: Course) -> None:
        """The permit once it is signed: shown, checked, carried over the border, perhaps lost."""
        credential = self.read(case)["credential"]
        shown = self.show(case, credential)
        if shown["state"] == "pending":
            self.approved.append((case, course))
            return
        agent = self.office.program(self.cast.agent)
        verified = [Effect(Act.CREDENTIAL_VERIFIED, credential)]
        text = {"text": shown["text"]}
        self.desk.keyed(agent, verified, "POST", "/api/v1/credentials/verify", json=text)
        entered = [crossing(permit_number=shown["number"], direction=d) for d in ("entry", "exit")]
        recorded = [
            Effect(Act.CROSSING_RECORDED, str(c["id"]), (str(c["id"]), str(c["direction"])))
            for c in entered
        ]
        batch = {"crossings": entered}
        self.desk.keyed(agent, recorded, "POST", "/api/v1/crossings", json=batch)
        if course.revoked:
            self.revoke(case, credential)

    def show(self, case: Case, credential: str) -> Any:  # noqa: ANN401
        """The credential as its worker has it; its text is always the same."""
        where, effects = (
            f"/api/v1/credentials/{credential}",
            [Effect(Act.CREDENTIAL_READ, credential)],
        )
        reply = self.desk.until_known(lambda: self.desk.once(case.line, effects, "GET", where))
        if reply.told["text"]:
            self.ledger.hand_out(credential, reply.told["text"])
        return {**reply.told, "version": reply.version}

    def revoke(self, case: Case, credential: str) -> None:
        """The card was lost."""
        seen = {"If-Match": self.show(case, credential)["version"]}
        effect = Effect(Act.CREDENTIAL_REVOKED, credential, (credential,))
        self.desk.keyed(
            self.office.program(self.cast.setrass),
            [effect],
            "POST",
            f"/api/v1/credentials/{credential}/revoke",
            json={"reason": "lost"},
            headers=seen,
        )
        assert self.show(case, credential)["state"] == "revoked"

    def _act(
        self,
        line: Line,
        case: Case,
        effects: list[Effect],
        act: str,
        **sent: Any,  # noqa: ANN401
    ) -> None:
        """An act with a key on a case; whatever was lost, it is done once."""
        seen = self._version(case)
        reply = self.desk.keyed(line, effects, "POST", f"{case.path}/{act}", headers=seen, **sent)
        case.version = reply.version

    def _seen(self, case: Case, act: Act, method: str, tail: str, **sent: Any) -> Reply | None:  # noqa: ANN401
        effects = [Effect(act, case.id)]
        seen = self._version(case)
        return self.desk.once(
            case.line, effects, method, f"{case.path}{tail}", headers=seen, **sent
        )

    def _version(self, case: Case) -> dict[str, str]:
        """The version for If-Match, used up by whoever takes it: a lost reply leaves none."""
        if not case.version:
            self.read(case)
        seen, case.version = case.version, ""
        return {"If-Match": seen}
