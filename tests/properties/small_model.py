"""A small model of one case, written apart from the law: who may do what, and what then stands."""

from dataclasses import dataclass, field
from datetime import date, timedelta

ORDER = ("setrass", "inm")
OPEN = ("draft", "under-review", "returned")


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
        """Once an agency, once a person, in turn, and not over a colleague's shoulder."""
        waiting = [agency for agency in ORDER if agency not in self.taken]
        return (
            self.may_hold(who)
            and who.hat in (waiting[:1] if self.in_order else waiting)
            and who.name not in {name for name, _ in self.taken.values()}
            and self.holder in {None, who.name}
        )

    def may_approve(self, who: Person) -> bool:
        """As above, and the employer has said yes."""
        return self.may_decide(who) and self.accepted is True

    def acts(self, who: Person) -> str:
        """What a page should offer to somebody, in its order."""
        offered = {
            "edit": self.may_write(who),
            "submit": self.may_write(who),
            "approve": self.may_decide(who),
            "return": self.may_decide(who),
            "refuse": self.may_decide(who),
            "hold": self.may_hold(who) and self.holder != who.name,
            "release": self.may_hold(who) and self.holder == who.name,
            "withdraw": self.may_withdraw(who),
        }
        return " ".join(act for act, is_offered in offered.items() if is_offered)

    def submitted(self) -> None:
        """A new round, in which nobody has decided."""
        self.status, self.round, self.taken = "under-review", self.round + 1, {}
        if self.accepted is None and not self._link_lives():
            self.asked_on = self.today

    def decided(self, who: Person, opinion: str) -> None:
        """One more decision; a refusal or a return settles, and so do two approvals."""
        self.taken[who.hat] = (who.name, opinion)
        self.decisions_ever += 1
        self.holder = None
        if opinion == "refuse":
            self.status = "refused"
        elif opinion == "return":
            self.status, self.touched_on = "returned", self.today
        elif len(self.taken) == len(ORDER):
            self.status, self.carrier = "approved", "pending"

    def waited(self, days: int) -> None:
        """Days pass; who was asked and let ten working days go by loses the place."""
        self.today += timedelta(days=days)
        passed = (self.today - self.touched_on).days if self.status == "returned" else 0
        later = (self.touched_on + timedelta(days=n) for n in range(1, passed + 1))
        if sum(day.weekday() < 5 for day in later) > 10:
            self.status = "lapsed"

    def may_answer(self) -> bool:
        """The employer, by a link of the last 21 days, while somebody waits for it."""
        return self._link_lives() and self.status in {"under-review", "returned"}

    def _link_lives(self) -> bool:
        return self.asked_on is not None and (self.today - self.asked_on).days < 21
