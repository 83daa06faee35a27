"""What is due to a worker beside wages (W26): what they tell, and how far it has come.

An accident or an illness of the work, a death, the way home, what is owed at the end of the work,
and savings or social security abroad. The employer reads none of it. No law read for this gives
the office days of its own for moving a claim, so none are counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault
from permits.people import PersonId
from recruitment.costs import CURRENCIES, MOST_AMOUNT

SOURCE = "Código del Trabajo (riesgos profesionales; prestaciones); IRIS 1; domain.md W26"

MOST_CLAIMS = 30
"""Of one application."""

MOST_STEPS = 40
NAME_LIMIT, WORDS_LIMIT = 120, 1500
EARLIEST = timedelta(days=3660)


class WelfareKind(StrEnum):
    """For what it is due."""

    ACCIDENT = "accident"
    ILLNESS = "illness"
    DEATH = "death"
    REPATRIATION = "repatriation"
    END_OF_WORK = "end-of-work"
    SOCIAL_SECURITY = "social-security"


class Ower(StrEnum):
    """Who has to answer."""

    INSURER = "insurer"
    EMPLOYER = "employer"
    INSTITUTION = "institution"


class WelfareStatus(StrEnum):
    """How far a claim has come."""

    RECEIVED = "received"
    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    PAID = "paid"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"
    WITHDRAWN = "withdrawn"


class WelfareAction(StrEnum):
    """What is done about it: the office's four, and the worker's three."""

    SEND = "send"
    ACCEPT = "accept"
    REFUSE = "refuse"
    PAY = "pay"
    CONFIRM = "confirm"
    CONTEST = "contest"
    WITHDRAW = "withdraw"


MOVES: Mapping[tuple[WelfareStatus, WelfareAction], WelfareStatus] = {
    (WelfareStatus.RECEIVED, WelfareAction.SEND): WelfareStatus.SENT,
    (WelfareStatus.RECEIVED, WelfareAction.WITHDRAW): WelfareStatus.WITHDRAWN,
    (WelfareStatus.SENT, WelfareAction.ACCEPT): WelfareStatus.ACCEPTED,
    (WelfareStatus.SENT, WelfareAction.REFUSE): WelfareStatus.REFUSED,
    (WelfareStatus.SENT, WelfareAction.WITHDRAW): WelfareStatus.WITHDRAWN,
    # Whoever is refused may be right: the office sends it on to another, or again.
    (WelfareStatus.REFUSED, WelfareAction.SEND): WelfareStatus.SENT,
    (WelfareStatus.ACCEPTED, WelfareAction.PAY): WelfareStatus.PAID,
    (WelfareStatus.PAID, WelfareAction.CONFIRM): WelfareStatus.CONFIRMED,
    (WelfareStatus.PAID, WelfareAction.CONTEST): WelfareStatus.CONTESTED,
    (WelfareStatus.CONTESTED, WelfareAction.PAY): WelfareStatus.PAID,
}

OFFICES = (WelfareAction.SEND, WelfareAction.ACCEPT, WelfareAction.REFUSE, WelfareAction.PAY)
RECEIVERS = (WelfareAction.CONFIRM, WelfareAction.CONTEST)
"""Who is to have the money says whether it came: the worker, or for a death the family."""

OPEN = frozenset(WelfareStatus) - {WelfareStatus.CONFIRMED, WelfareStatus.WITHDRAWN}
"""What the office lists; a refusal stays there, since it may be sent on."""

RESTING = frozenset({WelfareStatus.REFUSED, WelfareStatus.PAID})
"""Listed behind what the office has to move: it may send one on, and waits for the other."""


@dataclass(frozen=True)
class WelfareTold:
    """What happened, as it was told: the day, the words, and what is known of insurance and sum.

    `teller` is who told it in the worker's place, with how to reach them; "" where the worker did.
    """

    kind: WelfareKind
    happened_on: date
    words: str
    insurance: str = ""
    amount: Decimal | None = None
    currency: str = ""
    teller: str = ""


@dataclass(frozen=True)
class WelfareStep:
    """One thing that was done, on which day, by whom it was answered, and in which words.

    SEND names who owes it; ACCEPT the sum; REFUSE the reason (`words`) and what may be done
    (`next_words`); `at` is when it was written down.
    """

    action: WelfareAction
    on: date
    at: datetime
    ower: Ower | None = None
    name: str = ""
    amount: Decimal | None = None
    currency: str = ""
    words: str = ""
    next_words: str = ""


@dataclass(frozen=True)
class WelfareClaim:
    """A claim with its steps, the first one first; `version` grows with each."""

    id: UUID
    application: UUID
    worker: PersonId
    told: WelfareTold
    told_at: datetime
    told_by: PersonId
    status: WelfareStatus = WelfareStatus.RECEIVED
    steps: tuple[WelfareStep, ...] = ()
    version: int = 1

    def may(self, action: WelfareAction) -> bool:
        """Whether this can be done now."""
        return (self.status, action) in MOVES

    def is_done(self, step: WelfareStep, seen: int) -> bool:
        """Whether a form that showed version `seen` did this already: it is sent again."""
        last = self.steps[-1] if self.steps else None
        same = last is not None and replace(step, on=last.on, at=last.at) == last
        return same and self.version == seen + 1

    @property
    def is_heard_at_the_office(self) -> bool:
        """Whether the office notes what the family says of the money: who died cannot."""
        return self.told.kind is WelfareKind.DEATH


def move(claim: WelfareClaim, action: WelfareAction) -> WelfareStatus:
    """The status after it; Conflict("no-such-welfare-move") where the table has none."""
    if not claim.may(action) or len(claim.steps) >= MOST_STEPS:
        raise Conflict("no-such-welfare-move", status=claim.status.value, action=action.value)
    return MOVES[claim.status, action]


def find_faults(told: WelfareTold, today: date, *, by_worker: bool) -> list[Fault]:
    """What is wrong with a telling, all at once, by field.

    A death is told by somebody else; who tells in another's place is named.
    """
    faults = _day_faults("happened_on", told.happened_on, today)
    faults += _text_faults("words", told.words, WORDS_LIMIT, needed=True)
    faults += _text_faults("insurance", told.insurance, NAME_LIMIT)
    faults += _text_faults("teller", told.teller, NAME_LIMIT, needed=not by_worker)
    if told.amount is not None:
        faults += _sum_faults(told.amount, told.currency)
    if by_worker and told.kind is WelfareKind.DEATH:
        faults.append(Fault("not-an-option", "kind"))
    return faults


def find_step_faults(step: WelfareStep, claim: WelfareClaim, today: date) -> list[Fault]:
    """What is wrong with what the office writes, all at once, by field.

    A day before what happened, or after today, is a slip of the pen.
    """
    faults = _day_faults("on", step.on, today)
    if not faults and step.on < claim.told.happened_on:
        faults.append(Fault("before-it-happened", "on"))
    if step.action is WelfareAction.SEND:
        faults += [] if step.ower else [Fault("missing", "ower")]
        faults += _text_faults("name", step.name, NAME_LIMIT, needed=True)
    if step.action is WelfareAction.ACCEPT:
        if step.amount is None:
            faults.append(Fault("missing", "amount"))
        else:
            faults += _sum_faults(step.amount, step.currency)
    if step.action is WelfareAction.REFUSE:
        faults += _text_faults("words", step.words, WORDS_LIMIT, needed=True)
        faults += _text_faults("next_words", step.next_words, WORDS_LIMIT, needed=True)
    return faults


def _day_faults(field: str, day: date, today: date) -> list[Fault]:
    if day > today:
        return [Fault("date-in-future", field)]
    return [Fault("date-too-old", field)] if day < today - EARLIEST else []


def _text_faults(field: str, text: str, limit: int, *, needed: bool = False) -> list[Fault]:
    if needed and not text.strip():
        return [Fault("missing", field)]
    return [Fault("too-long", field, {"limit": limit})] if len(text) > limit else []


def _sum_faults(amount: Decimal, currency: str) -> list[Fault]:
    faults = []
    if not amount.is_finite() or amount <= 0:
        faults.append(Fault("amount-not-positive", "amount"))
    elif amount > MOST_AMOUNT:
        faults.append(Fault("too-large", "amount", {"limit": int(MOST_AMOUNT)}))
    elif amount != amount.quantize(Decimal("0.01")):
        faults.append(Fault("too-many-decimals", "amount"))
    if currency not in CURRENCIES:
        faults.append(Fault("not-an-option", "currency"))
    return faults
