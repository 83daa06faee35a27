"""A small model of one case, written apart from the law: who may do what, and what then stands."""

from dataclasses import dataclass, field
from datetime import date, timedelta

ORDER = ("setrass", "inm")
HOLDS_FOR = {"ana": "setrass", "beto": "setrass", "moved": "setrass", "carla": "inm"}
"""For which agency somebody holds a case: that of their account."""

OPEN = ("draft", "under-review", "asked", "returned")


def is_over(since: date, days: int, today: date) -> bool:
    """Whether the last of so many working days has passed; the first day does not count.

    On the Saturday after a last Friday it has.
    """
    before_today = range(1, (today - since).days)
    return sum((since + timedelta(days=n)).weekday() < 5 for n in before_today) >= days


@dataclass(frozen=True)
class Person:
    """`name` says who, `hat` in what quality: worker, setrass, inm or none."""

    name: str
    hat: str


@dataclass
class Model:
    """What everybody believes about the case."""

    in_order: bool
    today: date
    accepted: bool | None
    asked_on: date | None = None
    status: str = "draft"
    round: int = 0
    taken: dict[str, tuple[str, str]] = field(default_factory=dict)
    holder: str | None = None
    carrier: str | None = None
    decisions_ever: int = 0
    touched_on: date = date.min
    # SETRASS decides on a recommendation, and of whom it has one in this round.
    wants_advice: bool = False
    advised_by: str | None = None
    lapsed_on: date | None = None
    taken_up: bool = False
    # Since when a recourse may be asked, how many were in this round, and whom it put out.
    refused_on: date = date.min
    recourses: int = 0
    deciders: set[str] = field(default_factory=set)
    barred: frozenset[str] = frozenset()
    approved_on: date = date.max

    def may_write(self, who: Person) -> bool:
        """The worker, while the case is in the worker's hands."""
        return who == Person("worker", "worker") and self.status in {"draft", "returned"}

    def may_withdraw(self, who: Person) -> bool:
        """The worker, until somebody settled it."""
        return who == Person("worker", "worker") and self.status in OPEN

    def may_hold(self, who: Person) -> bool:
        """Any official but the worker, under review."""
        return who.hat in ORDER and who.name != "worker" and self.status == "under-review"

    def may_decide(self, who: Person) -> bool:
        """Once an agency, once a person, in turn, and not over a colleague's shoulder.

        Who holds it for the other agency is no colleague. Not who decided before a recourse, nor
        who took the right back; and it is as much as may be asked or recommended.
        """
        waiting = [agency for agency in ORDER if agency not in self.taken]
        return (
            self.may_hold(who)
            and who.hat in (waiting[:1] if self.in_order else waiting)
            and who.name not in {name for name, _ in self.taken.values()}
            and not self._is_held_by_colleague(who)
            and who.name not in self.barred
        )

    def _is_held_by_colleague(self, who: Person) -> bool:
        holder = self.holder
        return holder is not None and holder != who.name and HOLDS_FOR[holder] == who.hat

    def may_return(self, who: Person) -> bool:
        """As above, but for who recommended."""
        own = who.hat == "setrass" and self.advised_by == who.name
        return self.may_decide(who) and not own

    def may_settle(self, who: Person) -> bool:
        """Refuse, or approve as far as the employer allows: upon a recommendation, if wanted."""
        missing = self.wants_advice and who.hat == "setrass" and self.advised_by is None
        return self.may_return(who) and not missing

    def may_approve(self, who: Person) -> bool:
        """As above, and the employer has said yes."""
        return self.may_settle(who) and self.accepted is True

    def may_recommend(self, who: Person) -> bool:
        """To SETRASS alone, once a round."""
        wanted = self.wants_advice and who.hat == "setrass" and self.advised_by is None
        return wanted and self.may_decide(who)

    def may_reply(self, who: Person) -> bool:
        """The worker, while there are questions."""
        return who == Person("worker", "worker") and self.status == "asked"

    def may_take_up(self, who: Person) -> bool:
        """The worker, once, within thirty days of the lapse."""
        if who != Person("worker", "worker") or self.status != "lapsed" or self.taken_up:
            return False
        return self.lapsed_on is not None and (self.today - self.lapsed_on).days <= 30

    def may_contest(self) -> bool:
        """Two steps against one refusal, within ten and fifteen working days."""
        if self.status != "refused" or self.recourses > 1:
            return False
        return not is_over(self.refused_on, (10, 15)[self.recourses], self.today)

    def acts(self, who: Person) -> str:
        """What a page should offer to somebody, in its order."""
        offered = {
            "edit": self.may_write(who),
            "submit": self.may_write(who),
            "answer": self.may_reply(who),
            "ask": self.may_decide(who),
            "recommend": self.may_recommend(who),
            "approve": self.may_settle(who),
            "return": self.may_return(who),
            "refuse": self.may_settle(who),
            "hold": self.may_hold(who) and self.holder != who.name,
            "release": self.may_hold(who) and self.holder == who.name,
            "withdraw": self.may_withdraw(who),
            "reinstate": self.may_take_up(who),
        }
        return " ".join(act for act, is_offered in offered.items() if is_offered)

    def submitted(self) -> None:
        """A new round, in which nobody has decided."""
        self._begin_round()
        if self.accepted is None and not self._link_lives():
            self.asked_on = self.today

    def decided(self, who: Person, opinion: str) -> None:
        """One more decision; a refusal or a return settles, and so do two approvals."""
        self.taken[who.hat] = (who.name, opinion)
        self.deciders.add(who.name)
        self.decisions_ever += 1
        self.holder = None
        if opinion == "refuse":
            self.status, self.refused_on, self.recourses = "refused", self.today, 0
        elif opinion == "return":
            self.status, self.touched_on = "returned", self.today
        elif len(self.taken) == len(ORDER):
            self.status, self.carrier, self.approved_on = "approved", "pending", self.today

    def waited(self, days: int) -> None:
        """Days pass; who was asked and let ten working days go by loses the place."""
        self.today += timedelta(days=days)
        waits = self.status in {"asked", "returned"}
        if waits and is_over(self.touched_on, 10, self.today):
            self.status, self.lapsed_on = "lapsed", self.today

    def asked(self) -> None:
        """The worker has questions, and nobody holds the case."""
        self.status, self.holder, self.touched_on = "asked", None, self.today

    def taken_up_again(self) -> None:
        """What lapsed is with its worker."""
        self.status, self.taken_up, self.touched_on = "returned", True, self.today

    def contested(self, *, overturned: bool) -> None:
        """Answered: no, and a second step begins; or yes, and others decide anew."""
        self.recourses, self.refused_on = self.recourses + 1, self.today
        if overturned:
            self.barred = frozenset(self.deciders)
            self._begin_round()

    def _begin_round(self) -> None:
        self.status, self.round, self.taken = "under-review", self.round + 1, {}
        self.advised_by = None

    def may_answer(self) -> bool:
        """The employer, by a link of the last 21 days, while somebody waits for it."""
        return self._link_lives() and self.status in {"under-review", "asked", "returned"}

    def _link_lives(self) -> bool:
        return self.asked_on is not None and (self.today - self.asked_on).days < 21
