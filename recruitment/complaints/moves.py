"""The life of a complaint: the only moves between its statuses, and what holds each of them back.

Who may do it is asked in `handling`; here it is asked whether the state has room for it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from permits.errors import Conflict
from recruitment.complaints.words import Flag, Outcome, Severity, Status


class Action(StrEnum):
    """What can be done to a complaint, in the order in which pages show it."""

    SCREEN = "screen"
    ACCEPT = "accept"
    ASK = "ask"
    REPLY = "reply"
    STOP_WAITING = "stop-waiting"
    REFER_OUT = "refer-out"
    TAKE_BACK = "take-back"
    INVESTIGATE = "investigate"
    REQUEST_INSPECTION = "request-inspection"
    RECEIVE_RESULT = "receive-result"
    FIND = "find"
    APPROVE_FINDING = "approve-finding"
    RETURN_FINDING = "return-finding"
    PLAN_REMEDY = "plan-remedy"
    CLOSE_RESOLVED = "close-resolved"
    CLOSE_NO_ACTION = "close-no-action"
    WITHDRAW = "withdraw"
    APPEAL = "appeal"
    GRANT_APPEAL = "grant-appeal"
    UPHOLD = "uphold"
    REOPEN = "reopen"
    ANONYMISE = "anonymise"


_CLOSED = (Status.CLOSED_RESOLVED, Status.CLOSED_NO_ACTION, Status.CLOSED_UPHELD)
_OVER = (*_CLOSED, Status.WITHDRAWN, Status.REFERRED_OUT)
_MAY_BE_WITHDRAWN = (
    Status.TRIAGE,
    Status.AWAITING_COMPLAINANT,
    Status.OPEN,
    Status.INVESTIGATION,
)

MOVES: Mapping[tuple[Status, Action], Status] = {
    (Status.RECEIVED, Action.SCREEN): Status.TRIAGE,
    (Status.TRIAGE, Action.ACCEPT): Status.OPEN,
    (Status.TRIAGE, Action.ASK): Status.AWAITING_COMPLAINANT,
    (Status.TRIAGE, Action.REFER_OUT): Status.REFERRED_OUT,
    (Status.AWAITING_COMPLAINANT, Action.REPLY): Status.TRIAGE,
    (Status.AWAITING_COMPLAINANT, Action.STOP_WAITING): Status.TRIAGE,
    (Status.REFERRED_OUT, Action.TAKE_BACK): Status.TRIAGE,
    (Status.OPEN, Action.INVESTIGATE): Status.INVESTIGATION,
    (Status.INVESTIGATION, Action.REQUEST_INSPECTION): Status.AWAITING_AGENCY,
    (Status.AWAITING_AGENCY, Action.RECEIVE_RESULT): Status.INVESTIGATION,
    (Status.INVESTIGATION, Action.FIND): Status.FINDING,
    (Status.FINDING, Action.APPROVE_FINDING): Status.FINDING,
    (Status.FINDING, Action.RETURN_FINDING): Status.INVESTIGATION,
    (Status.FINDING, Action.PLAN_REMEDY): Status.REMEDY,
    (Status.FINDING, Action.CLOSE_NO_ACTION): Status.CLOSED_NO_ACTION,
    (Status.REMEDY, Action.CLOSE_RESOLVED): Status.CLOSED_RESOLVED,
    **dict.fromkeys(((one, Action.WITHDRAW) for one in _MAY_BE_WITHDRAWN), Status.WITHDRAWN),
    (Status.CLOSED_RESOLVED, Action.APPEAL): Status.REVIEW,
    (Status.CLOSED_NO_ACTION, Action.APPEAL): Status.REVIEW,
    (Status.REVIEW, Action.GRANT_APPEAL): Status.REMEDY,
    (Status.REVIEW, Action.UPHOLD): Status.CLOSED_UPHELD,
    **dict.fromkeys(((one, Action.REOPEN) for one in _OVER), Status.OPEN),
    **dict.fromkeys(((one, Action.ANONYMISE) for one in _OVER), Status.ANONYMISED),
}
"""Domain.md 3.5. A finding waits for a second person, so approving it moves nothing by itself."""

CLOSED = frozenset(_CLOSED)
"""Decided to the end."""

OVER = frozenset({*_OVER, Status.ANONYMISED})
"""No clock runs any more and no reminder goes out; all others are under way."""

UNDER_WAY = frozenset(Status) - OVER

KEPT = frozenset(Status) - {Status.ANONYMISED}
"""Its content is there: somebody may ask for something in it, so somebody has to hold it."""

OF_TIME = frozenset({Action.ANONYMISE})
"""What nobody does by hand."""

OF_COMPLAINANT = frozenset({Action.REPLY})
"""What the complainant's own message does."""

APPEAL_WITHIN = timedelta(days=30)
"""After the day of closing (domain.md 3.5, proposed; to be confirmed by counsel)."""

DECIDED = frozenset({*_CLOSED, Status.REMEDY, Status.REVIEW})
"""The finding was approved: the complainant may read what came of it."""

RETENTION = timedelta(days=730)
"""Content is kept two years after the closing (protection.md, proposed), then shredded."""

GRAVE = frozenset({Severity.S1, Severity.S2})


@dataclass(frozen=True)
class State:
    """All that decides whether a move has room: no word of the complaint.

    `outcome` is that of the finding, `approved` whether a second person agreed to it. `planned`
    counts the remedies, `verified` those that the worker or an inspection confirmed.
    `handed_outside` is a referral outside the office that its target confirmed; `waiting` one
    that nobody confirmed yet. `appealed_on`: the complainant asked for an appeal on that day, and
    the term counts to it, whenever somebody reads it.
    """

    status: Status
    severity: Severity | None = None
    flags: frozenset[Flag] = frozenset()
    outcome: Outcome | None = None
    approved: bool = False
    planned: int = 0
    verified: int = 0
    handed_outside: bool = False
    waiting: bool = False
    closed_on: date | None = None
    appealed_on: date | None = None


UPHELD = frozenset({Outcome.SUBSTANTIATED, Outcome.PARTLY})
"""Findings that something was wrong: only these have a remedy, and weigh on a standing."""


def move(status: Status, action: Action) -> Status:
    """The status after `action`; Conflict("no-such-complaint-move") where the table has none."""
    try:
        return MOVES[status, action]
    except KeyError:
        raise Conflict("no-such-complaint-move", status=status.value, action=action.value) from None


def check_move(state: State, action: Action, on: date) -> Status:
    """The status after `action` on a day; Conflict tells what holds it back.

    `finding-not-approved`, `finding-approved`: a second person agrees to each finding once.
    `nothing-upheld`, `upheld-needs-remedy`: a remedy and a finding go together.
    `remedy-unverified`: nothing is closed as resolved on the word of who had to pay.
    `continues-ex-officio`: danger does not end because somebody withdrew (S1).
    `appeal-too-late`; `goes-outside`: an accused official is not judged by the own office.
    `referral-unconfirmed`: what nobody has taken over is not handed over, and no decision closes a
    case whose referral is silent (domain.md 3.5): the handler asks, and notes what they say.
    `severity-missing`: a person decides it before the case is opened.
    """
    after = move(state.status, action)
    code = _obstacle(state, action, on)
    if code:
        raise Conflict(code)
    return after


def last_day_to_appeal(status: Status, closed_on: date | None) -> date | None:
    """Until when a closing may be appealed against; None where it may not."""
    if closed_on is None or (status, Action.APPEAL) not in MOVES:
        return None
    return closed_on + APPEAL_WITHIN


def list_moves(state: State, on: date) -> tuple[Action, ...]:
    """Every action that the state has room for on a day, in the order of `Action`."""
    return tuple(
        one for one in Action if (state.status, one) in MOVES and _obstacle(state, one, on) is None
    )


def _obstacle(state: State, action: Action, on: date) -> str | None:
    tests: Mapping[Action, Collection[tuple[bool, str]]] = {
        Action.ACCEPT: [(state.severity is None, "severity-missing")],
        Action.INVESTIGATE: [
            (Flag.OFFICIAL_ACCUSED in state.flags and not state.handed_outside, "goes-outside")
        ],
        Action.FIND: [
            (Flag.OFFICIAL_ACCUSED in state.flags and not state.handed_outside, "goes-outside")
        ],
        Action.APPROVE_FINDING: [(state.approved, "finding-approved")],
        Action.RETURN_FINDING: [(state.approved, "finding-approved")],
        Action.PLAN_REMEDY: [
            (not state.approved, "finding-not-approved"),
            (state.outcome not in UPHELD, "nothing-upheld"),
        ],
        Action.CLOSE_NO_ACTION: [
            (not state.approved, "finding-not-approved"),
            (state.outcome in UPHELD, "upheld-needs-remedy"),
            (state.waiting, "referral-unconfirmed"),
        ],
        Action.CLOSE_RESOLVED: [
            (state.planned == 0 or state.verified < state.planned, "remedy-unverified"),
            (state.waiting, "referral-unconfirmed"),
        ],
        # Whoever withdraws is not held in a case by an authority that does not answer.
        Action.WITHDRAW: [(state.severity is Severity.S1, "continues-ex-officio")],
        Action.UPHOLD: [(state.waiting, "referral-unconfirmed")],
        Action.REFER_OUT: [(not state.handed_outside, "referral-unconfirmed")],
        Action.APPEAL: [
            (
                state.closed_on is None
                or (state.appealed_on or on) > state.closed_on + APPEAL_WITHIN,
                "appeal-too-late",
            )
        ],
        Action.ANONYMISE: [
            (state.closed_on is None or on <= state.closed_on + RETENTION, "kept-still"),
        ],
    }
    return next((code for holds, code in tests.get(action, ()) if holds), None)


def severity_on_reopening(severity: Severity | None) -> Severity:
    """A case reopened for retaliation is S2 at least."""
    return severity if severity in GRAVE and severity is not None else Severity.S2
