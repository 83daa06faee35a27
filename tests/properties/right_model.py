"""A small model of what becomes of a permit, written apart from the law."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.properties.small_model import Model, is_over

WEEK, MONTH, TWO_MONTHS = timedelta(days=7), timedelta(days=30), timedelta(days=60)


@dataclass
class RightModel:
    """The right of the case that the machine leads now, and what is asked after it.

    `starts` and `ends` are the days that the work has; it is there once the case is approved.
    `state` is granted, revoked or ended; `takers` took it back.
    """

    starts: date
    ends: date
    state: str = "granted"
    lost_on: date = date.min
    recourses: int = 0
    takers: set[str] = field(default_factory=set)
    ended_on: date | None = None
    asked_on: date | None = None
    answered_on: date | None = None
    closed: bool = False

    def stands(self, case: Model) -> bool:
        """Whether somebody could take it back or end it."""
        return case.status == "approved" and self.state == "granted"

    def may_renew(self, case: Model) -> bool:
        """In its last thirty days, once it has begun."""
        begun = max(self.starts, case.approved_on) <= case.today <= self.ends
        return self.stands(case) and begun and self.ends - case.today <= MONTH

    def may_contest(self, case: Model) -> bool:
        """Two steps against one revocation, within ten and fifteen working days."""
        if case.status != "approved" or self.state != "revoked" or self.recourses > 1:
            return False
        return not is_over(self.lost_on, (10, 15)[self.recourses], case.today)

    def may_answer(self) -> bool:
        """Once, from the day on which it is asked, until it is closed."""
        return self.asked_on is not None and self.answered_on is None and not self.closed

    def season(self, today: date) -> None:
        """The worker process: it asks the day after, for a month; then it closes, once."""
        ended = self.ended_on
        if ended is not None and self.asked_on is None and ended < today <= ended + MONTH:
            self.asked_on = today
        if self.asked_on is None or self.closed:
            return
        if self.answered_on is not None:
            self.closed = today >= self.answered_on + WEEK
        else:
            self.closed = today > self.asked_on + TWO_MONTHS
