"""The pure machine that the exploration walks: the law's own checks and tables, without storage.

Rounds and versions are counted without end, so a state keeps only what the law looks at: the
rounds are counted back from the present one, and what was decided in earlier rounds is kept only
where a broken law counts it (`Law.remembers`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import cast

from permits import policies
from permits.applications import Action, Application, Status, digest, move
from permits.approvals import Decision, Opinion, outcome
from permits.clearances import clear
from permits.errors import DomainError
from permits.issuing import CredentialAction, CredentialState, move_credential
from permits.people import SYSTEM, Actor, Agency, PersonId, Role
from tests.permits.cases import BOTH, CASE, NOW, WORKER, person

CONTENTS = ("one", "other")
DIGESTS = {content: digest({"content": content}) for content in CONTENTS}

TWO_HATS = person(50)


class Another(StrEnum):
    """An agency of the tests."""

    THIRD = "third"


THIRD = cast("Agency", Another.THIRD)
"""An agency that the service does not know (yet): the law counts whoever is asked."""


class ThirdOfficial(Actor):
    """An official of the third agency."""

    @property
    def agency(self) -> Agency:
        """None of a role's."""
        return THIRD


PEOPLE = (
    WORKER,
    Actor(WORKER.person, Role.SETRASS_OFFICER),  # the worker as an official of the own case
    Actor(person(20), Role.SETRASS_OFFICER),
    Actor(person(21), Role.SETRASS_OFFICER),
    Actor(TWO_HATS, Role.SETRASS_OFFICER),  # moved from one agency to the other meanwhile
    Actor(TWO_HATS, Role.INM_OFFICER),
    Actor(person(30), Role.INM_OFFICER),
    Actor(person(11), Role.WORKER),
    ThirdOfficial(person(70), Role.INM_OFFICER),
    Actor(person(60), Role.BORDER_AGENT),
    SYSTEM,
)


@dataclass(frozen=True)
class State:
    """One case and what came of it; `earlier` are decisions of a round that is over."""

    status: Status = Status.DRAFT
    round: int = 0
    content: str = CONTENTS[0]
    digest: str | None = None
    held_by: PersonId | None = None
    taken: frozenset[Decision] = frozenset()
    earlier: frozenset[Decision] = frozenset()
    granted: tuple[int, str] | None = None
    carrier: CredentialState | None = None

    @property
    def application(self) -> Application:
        """The application as the law sees it."""
        return Application(
            CASE,
            WORKER.person,
            "coffee-hn-gt",
            self.status,
            self.round,
            1,
            self.digest,
            held_by=self.held_by,
        )

    @property
    def canonical(self) -> "State":
        """The same state with its rounds counted from the present one."""
        shift = max(self.round - 2, 0)
        if not shift:
            return self
        return replace(
            self,
            round=self.round - shift,
            taken=frozenset(replace(d, round=d.round - shift) for d in self.taken),
            earlier=frozenset(replace(d, round=d.round - shift) for d in self.earlier),
            granted=(self.granted[0] - shift, self.granted[1]) if self.granted else None,
        )


@dataclass(frozen=True)
class Law:
    """The rules in force; a test puts a broken one in place of one of them."""

    sequential: bool = True
    required: tuple[Agency, ...] = BOTH
    check_decide: Callable[..., Agency] = policies.check_decide
    check_edit: Callable[..., None] = policies.check_edit
    outcome: Callable[..., Action | None] = outcome
    clear: Callable[..., object] = clear
    remembers: bool = False

    def counting(self, state: State) -> frozenset[Decision]:
        """The decisions that count: those of the present round, unless the law is broken."""
        return state.taken | {d for d in state.earlier if d.opinion is Opinion.APPROVE}


Command = Callable[[State, Law], State]


def submit(actor: Actor) -> Command:
    def command(state: State, law: Law) -> State:
        policies.check_own(actor, state.application)
        return replace(
            state,
            status=move(state.status, Action.SUBMIT),
            round=state.round + 1,
            digest=DIGESTS[state.content],
            taken=frozenset(),
            earlier=state.taken if law.remembers else frozenset(),
        )

    return command


def edit(actor: Actor, content: str) -> Command:
    def command(state: State, law: Law) -> State:
        law.check_edit(actor, state.application)
        return replace(state, content=content)

    return command


def withdraw(actor: Actor) -> Command:
    def command(state: State, law: Law) -> State:
        policies.check_own(actor, state.application)
        return replace(state, status=move(state.status, Action.WITHDRAW))

    return command


def hold(actor: Actor, *, holder: PersonId | None) -> Command:
    def command(state: State, law: Law) -> State:
        policies.check_hold(actor, state.application)
        return replace(state, held_by=holder)

    return command


def decide(actor: Actor, opinion: Opinion) -> Command:
    """As the service does it: check, record, settle, and grant where it is approved."""

    def command(state: State, law: Law) -> State:
        counting = law.counting(state)
        turn = policies.Turn(state.application, counting, law.required, law.sequential)
        agency = law.check_decide(actor, turn)
        decision = Decision(
            CASE, state.round, state.digest or "", agency, actor.person, opinion, NOW
        )
        decisions = [*counting, decision]
        action = law.outcome(decisions, law.required)
        status = move(state.status, action) if action else state.status
        after = replace(state, status=status, held_by=None, taken=state.taken | {decision})
        return _grant(after, decisions, law) if action is Action.APPROVE else after

    return command


def _grant(state: State, decisions: list[Decision], law: Law) -> State:
    law.clear(state.application, decisions, law.required)
    return replace(
        state, granted=(state.round, state.digest or ""), carrier=CredentialState.PENDING
    )


def ask(actor: Actor) -> Command:
    """Asked within the round: it stands, and nobody holds it."""

    def command(state: State, law: Law) -> State:
        turn = policies.Turn(state.application, law.counting(state), law.required, law.sequential)
        policies.check_ask(actor, turn)
        return replace(state, status=move(state.status, Action.ASK), held_by=None)

    return command


def answer(actor: Actor) -> Command:
    def command(state: State, law: Law) -> State:
        policies.check_own(actor, state.application)
        return replace(state, status=move(state.status, Action.ANSWER))

    return command


def lapse(state: State, law: Law) -> State:
    return replace(state, status=move(state.status, Action.LAPSE))


def on_carrier(action: CredentialAction) -> Command:
    """Sign, replace by a new one, or revoke; a replacement is prepared under the same right."""

    def command(state: State, law: Law) -> State:
        if state.carrier is None:
            return state
        after = move_credential(state.carrier, action)
        again = CredentialState.PENDING if action is CredentialAction.REPLACE else after
        return replace(state, carrier=again)

    return command


def commands() -> Iterator[tuple[str, Command]]:
    """Every act by everybody."""
    for actor in PEOPLE:
        name = f"{actor.role.value} {actor.person.int}"
        yield f"{name} submits", submit(actor)
        yield f"{name} withdraws", withdraw(actor)
        yield f"{name} asks", ask(actor)
        yield f"{name} answers", answer(actor)
        yield f"{name} takes", hold(actor, holder=actor.person)
        yield f"{name} gives back", hold(actor, holder=None)
        for content in CONTENTS:
            yield f"{name} writes {content}", edit(actor, content)
        for opinion in Opinion:
            yield f"{name} decides {opinion.value}", decide(actor, opinion)
    yield "time lapses it", lapse
    for action in CredentialAction:
        yield f"{action.value} the carrier", on_carrier(action)


def step(state: State, command: Command, law: Law) -> State | None:
    """The state after a command, canonical; None where the law refuses it."""
    try:
        return command(state, law).canonical
    except DomainError:
        return None
