"""`vereda states`: the life of a case and of its permit, drawn from the tables of the law."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.surroundings import refuse, say, show
from permits.applications import EDITABLE, MOVES, OPEN, Action, Status
from permits.authorisations import MOVES as RIGHT_MOVES
from permits.authorisations import STANDING as STANDING_RIGHTS
from permits.authorisations import AuthorisationAction, AuthorisationStatus
from permits.issuing import CREDENTIAL_MOVES, STANDING, CredentialAction, CredentialState

STATES = Path("docs/states.md")

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
        Action.REINSTATE: "the worker, once and within the programme's days (30)",
        Action.BAR: "the service, once SETRASS bars the employer",
        Action.REOPEN: "a supervisor who is new to the case, on a recourse of the worker",
    },
    AuthorisationAction: {
        AuthorisationAction.BEGIN: "its first day",
        AuthorisationAction.SUSPEND: "a supervisor of either agency, for 15 days at most",
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
}
"""Who or what makes each move; a word may name a move of two things."""

Move = tuple[StrEnum, StrEnum, StrEnum]
"""From, move, to."""

OF_APPLICATION: tuple[Move, ...] = tuple((f, action, to) for (f, action), to in MOVES.items())
OF_AUTHORISATION: tuple[Move, ...] = tuple(
    (f, action, to) for (f, action), to in RIGHT_MOVES.items()
)
ENDED = set(AuthorisationStatus) - STANDING_RIGHTS
OF_CREDENTIAL: tuple[Move, ...] = tuple(
    (f, action, to) for (f, action), to in CREDENTIAL_MOVES.items()
)


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
            [
                *_rows("application", OF_APPLICATION),
                *_rows("authorisation", OF_AUTHORISATION),
                *_rows("credential", OF_CREDENTIAL),
            ],
            as_json=True,
        )
    else:
        print(drawn, end="")


OF_THE_RIGHT = """\
The right. Stored are granted, suspended and revoked; its days make the rest. A right that is given
back is granted again, and at once active where its first day has come. All suspensions of a right
together take 15 days at most. What is revoked never comes back, and all its credentials end: where
a recourse against a revocation is given right, both agencies decide in a new application about a
new right for the days that are left. A right that nobody took up ends by time, its worker told a
week before; a column tells that from the end by its worker (decision 87). A right that expired, or
that its worker ended, is closed by a day, once its worker told how it went, or the programme's days
for that are over; there is no status for it."""


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

{OF_THE_RIGHT}

{_diagram(OF_AUTHORISATION, AuthorisationStatus.GRANTED, ENDED)}

{_table(OF_AUTHORISATION)}

## Credential

The carrier of a right. At most one of a right stands at a time: {_list(STANDING)}.
A replaced one is followed by another of the same right, with a number and a place in the status
list of its own.

{_diagram(OF_CREDENTIAL, CredentialState.PENDING, set(CredentialState) - STANDING)}

{_table(OF_CREDENTIAL)}
"""


def _rows(of: str, moves: Iterable[Move]) -> list[Mapping[str, object]]:
    return [
        {"of": of, "from": f, "move": action, "to": to, "by": BY[type(action)][action]}
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
    lines += [f"| {f} | {action} | {to} | {BY[type(action)][action]} |" for f, action, to in moves]
    return "\n".join(lines)


def _list(members: Iterable[StrEnum]) -> str:
    return ", ".join(sorted(members))
