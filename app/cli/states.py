"""`vereda states`: the life of a case, its permit and what is asked, by the law's tables."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

import app
from app.adapters.reference import read_programmes
from app.cli.surroundings import refuse, say, show
from permits import act_letters
from permits.appeals import Ruling
from permits.applications import EDITABLE, MOVES, OPEN, Action, Status
from permits.authorisations import MOVES as RIGHT_MOVES
from permits.authorisations import STANDING as STANDING_RIGHTS
from permits.authorisations import AuthorisationAction, AuthorisationStatus
from permits.card_batches import KEPT, BatchAction
from permits.card_batches import MOVES as BATCH_MOVES
from permits.employer_changes import ChangeOutcome
from permits.identity_changes import IdentityOutcome
from permits.issuing import CREDENTIAL_MOVES, STANDING, CredentialAction, CredentialState
from permits.revocations import LAPSES_AFTER, Outcome
from permits.watch import ANSWERED, CheckState

STATES = Path("docs/states.md")
PROGRAMMES = Path(app.__file__).parent / "reference" / "programmes"

BY: Mapping[type[StrEnum], Mapping[str, str]] = {
    Action: {
        Action.SUBMIT: "the worker",
        Action.WITHDRAW: "the worker",
        Action.ASK: "an official of the agency whose turn it is",
        Action.ANSWER: "the worker, with an answer to each question",
        Action.RETURN: "one agency's decision",
        Action.REFUSE: "one agency's decision",
        Action.APPROVE: "the decisions of all required agencies",
        Action.LAPSE: "the clock, when nobody answers in time",
        Action.REINSTATE: "the worker, once and within the programme's {reinstate_days} days",
        Action.BAR: "the service: the employer is barred, or a rule has long blocked the work",
        Action.REOPEN: "a supervisor who is new to the case, on a recourse of the worker",
    },
    AuthorisationAction: {
        AuthorisationAction.BEGIN: "its first day",
        AuthorisationAction.SUSPEND: "a supervisor of either agency, for {suspension_days} days at "
        "most",
        AuthorisationAction.REINSTATE: "another official of the agency that suspended it",
        AuthorisationAction.RESUME: "the clock, after the last day of the suspension",
        AuthorisationAction.REVOKE: "two officials of one agency: one proposes, another confirms",
        AuthorisationAction.END: "its worker, without a reason",
        AuthorisationAction.LAPSE: "the clock, when nobody takes it up in time",
        AuthorisationAction.EXPIRE: "its last day",
    },
    CredentialAction: {
        CredentialAction.SIGN: "the service, over the bytes that were recorded",
        CredentialAction.REPLACE: "the worker, the first time; else an official",
        CredentialAction.REVOKE: "an official of either agency, or the end of the right",
    },
    Ruling: {
        Ruling.UPHELD: "a supervisor of that agency who had no part in the case before",
        Ruling.OVERTURNED: "the same supervisor; every agency then decides anew",
    },
    Outcome: {
        Outcome.CONFIRMED: "another official of the agency that proposed it",
        Outcome.REJECTED: "another official of the agency that proposed it",
        Outcome.WITHDRAWN: "who proposed it",
        Outcome.LAPSED: "the service, {lapses_after} working days after it was proposed",
    },
    ChangeOutcome: {
        ChangeOutcome.GRANTED: "an official of SETRASS, who is not the worker",
        ChangeOutcome.REFUSED: "an official of SETRASS, who is not the worker",
        ChangeOutcome.WITHDRAWN: "the worker",
        ChangeOutcome.LAPSED: "the service, where nobody can grant a yes of the pool any more",
    },
    IdentityOutcome: {
        IdentityOutcome.GRANTED: "the last of the agencies that approved the case",
        IdentityOutcome.REFUSED: "one of these agencies, or INM's second look",
        IdentityOutcome.WITHDRAWN: "the worker",
    },
    CheckState: {
        CheckState.CLEAR: "the list, which names nobody",
        CheckState.HIT: "the list, which names somebody anew",
        CheckState.CLEARED: "INM's second look, by somebody who did not decide",
        CheckState.UPHELD: "INM's second look, by somebody who did not decide",
    },
    BatchAction: {
        BatchAction.FINISH: "the service, once all cards are drawn",
        BatchAction.CONFIRM: "another official than who ordered it",
        BatchAction.DISCARD: "an official of the office, or the service after {batch_days} days",
    },
}
"""Who or what makes each move; a word may name a move of two things. In braces are the numbers
that `numbers` reads."""

Move = tuple[StrEnum, StrEnum, StrEnum]
"""From, move, to."""

OF_APPLICATION: tuple[Move, ...] = tuple((f, action, to) for (f, action), to in MOVES.items())
OF_AUTHORISATION: tuple[Move, ...] = tuple(
    (f, action, to) for (f, action), to in RIGHT_MOVES.items()
)
OF_BATCH: tuple[Move, ...] = tuple((f, action, to) for (f, action), to in BATCH_MOVES.items())
OF_CHECK: tuple[Move, ...] = (
    *((CheckState.PENDING, to, to) for to in (CheckState.CLEAR, CheckState.HIT)),
    *((before, CheckState.HIT, CheckState.HIT) for before in sorted(ANSWERED)),
    *((CheckState.HIT, to, to) for to in (CheckState.CLEARED, CheckState.UPHELD)),
)


def _settled(first: StrEnum) -> tuple[Move, ...]:
    """What begins in one state and is settled once, in any other."""
    return tuple((first, to, to) for to in type(first) if to is not first)


OF_RECOURSE = _settled(Ruling.OPEN)
OF_PROPOSAL = _settled(Outcome.PROPOSED)
OF_EMPLOYER = _settled(ChangeOutcome.ASKED)
OF_IDENTITY = _settled(IdentityOutcome.ASKED)
ENDED = set(AuthorisationStatus) - STANDING_RIGHTS
OF_CREDENTIAL: tuple[Move, ...] = tuple(
    (f, action, to) for (f, action), to in CREDENTIAL_MOVES.items()
)
EVERY: Mapping[str, tuple[Move, ...]] = {
    "application": OF_APPLICATION,
    "authorisation": OF_AUTHORISATION,
    "credential": OF_CREDENTIAL,
    "recourse": OF_RECOURSE,
    "revocation": OF_PROPOSAL,
    "employer-change": OF_EMPLOYER,
    "identity-change": OF_IDENTITY,
    "watch-check": OF_CHECK,
    "card-batch": OF_BATCH,
}
"""The moves of each thing, in the order of the page."""


def states(
    write: Annotated[bool, typer.Option(help=f"Write {STATES} instead of printing.")] = False,
    check: Annotated[bool, typer.Option(help=f"Exit 1 if {STATES} is out of date.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the moves as JSON.")] = False,
) -> None:
    """Draw the statuses and moves of applications, rights and credentials, with Mermaid."""
    drawn = draw()
    if check:
        if not STATES.exists() or STATES.read_text(encoding="utf-8") != drawn:
            raise refuse(f"{STATES} is out of date; run: vereda states --write")
        say(f"{STATES} is up to date.")
    elif write:
        STATES.write_text(drawn, encoding="utf-8")
    elif as_json:
        show(
            [row for of, moves in EVERY.items() for row in _rows(of, moves)],
            as_json=True,
        )
    else:
        print(drawn, end="")


@cache
def numbers() -> Mapping[str, str]:
    """The numbers of the page: what the programmes of the house say, and the law's own."""
    clocks = [one.clocks for one in read_programmes(PROGRAMMES).values()]
    named = {
        name: sorted({getattr(one, name).value for one in clocks})
        for name in ("reinstate_days", "suspension_days", "unused_notice_days")
    }
    told = {name: " or ".join(str(one) for one in values) for name, values in named.items()}
    return told | {"batch_days": str(KEPT.days), "lapses_after": str(LAPSES_AFTER)}


def told_by(action: StrEnum) -> str:
    """Who or what makes a move, with its numbers."""
    return BY[type(action)][action].format_map(numbers())


OF_THE_RIGHT = """\
The right. Stored are granted, suspended and revoked; its days make the rest. A right that is given
back is granted again, and at once active where its first day has come. All suspensions of a right
together take {suspension_days} days at most. What is revoked never comes back, and all its
credentials end: where a recourse against a revocation is given right, both agencies decide in a
new application about a new right for the days that are left. A right that nobody took up ends by
time, its worker told {unused_notice_days} days before; a column tells that from the end by its
worker (decision 87). A right that expired, or that its worker ended, is closed by a day, once its
worker told how it went, or the programme's days for that are over; it has no status for that."""


def draw() -> str:
    """The whole page, the same text on every machine."""
    return f"""# Statuses and moves

Drawn by `vereda states --write` from the tables of moves in `permits/`; `make check` compares it.

## Application

Whose turn it is follows from the decisions of the round and the programme's order; there is no
stored "half approved". Every submission begins a new round, and decisions of earlier rounds count
no more.

{_diagram(OF_APPLICATION, Status.DRAFT, set(Status) - OPEN)}

{_table(OF_APPLICATION)}

The worker changes answers in: {_list(EDITABLE)}.
Nothing leads on from: {_list(set(Status) - {before for before, _ in MOVES})}.

## Authorisation

{OF_THE_RIGHT.format_map(numbers())}

{_diagram(OF_AUTHORISATION, AuthorisationStatus.GRANTED, ENDED)}

{_table(OF_AUTHORISATION)}

## Credential

The carrier of a right. At most one of a right stands at a time: {_list(STANDING)}.
A replaced one is followed by another of the same right, with a number and a place in the status
list of its own.

{_diagram(OF_CREDENTIAL, CredentialState.PENDING, set(CredentialState) - STANDING)}

{_table(OF_CREDENTIAL)}
{BESIDE}{_beside()}{LETTERS}
{_letters()}
"""


BESIDE = """
## What is asked beside the case

Each of these is a record of its own. Most begin in one state and are settled once, by somebody who
had no part in what it is about; the word of the move is that of the state it leads to.
"""

LETTERS = """
## Letters

What somebody else, or time, decides about a worker has a letter; what has none says why.
"""

HEADS: Mapping[str, str] = {
    "recourse": "Recourse, against a refusal or a revocation",
    "revocation": "Proposal to revoke a right",
    "employer-change": "Change of employer",
    "identity-change": "Change of identity data",
    "watch-check": "Check of the watch list",
    "card-batch": "Batch of cards",
}


def _beside() -> str:
    parts = []
    for of, head in HEADS.items():
        moves = EVERY[of]
        last = {to for _, _, to in moves} - {before for before, _, _ in moves}
        diagram = _diagram(moves, moves[0][0], last)
        parts.append(f"\n### {head}\n\n{diagram}\n\n{_table(moves)}\n")
    return "".join(parts)


def _letters() -> str:
    lines = ["| Of | Move | Letter, or why none |", "|---|---|---|"]
    for of, moves in EVERY.items():
        acts = dict.fromkeys(act for _, act, _ in moves)
        lines += [f"| {of} | {act} | {act_letters.told_by(act)} |" for act in acts]
    return "\n".join(lines)


def _rows(of: str, moves: Iterable[Move]) -> list[Mapping[str, object]]:
    return [
        {"of": of, "from": f, "move": action, "to": to, "by": told_by(action)}
        for f, action, to in moves
    ]


def _diagram(moves: Iterable[Move], first: StrEnum, last: Iterable[StrEnum]) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state}" as {_node(state)}' for state in type(first)]
    lines += [f"    [*] --> {_node(first)}"]
    lines += [f"    {_node(f)} --> {_node(to)}: {action}" for f, action, to in moves]
    lines += [f"    {_node(state)} --> [*]" for state in sorted(last)]
    return "\n".join([*lines, "```"])


def _node(state: StrEnum) -> str:
    return state.replace("-", "_")  # a hyphen ends a name in Mermaid


def _table(moves: Iterable[Move]) -> str:
    lines = ["| From | Move | To | By |", "|---|---|---|---|"]
    lines += [f"| {f} | {action} | {to} | {told_by(action)} |" for f, action, to in moves]
    return "\n".join(lines)


def _list(members: Iterable[StrEnum]) -> str:
    return ", ".join(sorted(members))
