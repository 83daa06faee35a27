"""The same case led on after its permit: taken back, contested, renewed, ended and closed."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.services import applications, leaving, renewals, return_surveys, revocations
from app.services.work import Work
from app.storage.authorisations import find_of_application
from app.storage.database import Session
from permits.answer_checks import CONSENT_VERSION
from permits.applications import Application
from permits.approvals import Opinion
from permits.authorisations import Authorisation
from permits.people import SYSTEM, Actor, Role
from tests.agreed import agree
from tests.builders import add_official, add_vacancy
from tests.properties.case_machine import LATE, OFFICIALS, STRANGER, WORKER, mostly_worker
from tests.properties.long_machine import LongMachine
from tests.properties.right_model import RightModel
from tests.properties.small_model import Model, Person
from tests.rights import PROPOSAL

FIRST, LAST = date(2026, 12, 1), date(2027, 2, 15)
"""The days of the work that a first application is about."""

RENEWED_UNTIL = date(2027, 3, 20)
DAY = timedelta(days=1)
CARLA, MOVED, OWN = OFFICIALS[1], OFFICIALS[4], OFFICIALS[6]


class RightsMachine(LongMachine):
    """What a permit may live through, and the cases that follow from it.

    Where a renewal is begun, or a case is given anew by a recourse, the machine goes on with that
    one; `lost` are the rights that were taken back before, which must stay so for ever.
    """

    def __init__(self, session: Session, counted: Counter[str]) -> None:
        super().__init__(session, counted)
        self.right, self.lost = RightModel(FIRST, LAST), list[UUID]()
        self.chiefs: list[Actor] = []

    def lead_to(self, start: str) -> None:
        """Up to the permit; and on to its loss, a case anew, a renewal, or the way home."""
        if start not in LATE:
            super().lead_to(start)
            return
        self.submit(WORKER)
        self.employer_answers(accepted=True)
        if self.model.wants_advice:
            self.recommend(OFFICIALS[2], 0)
        self.decide(OFFICIALS[0], Opinion.APPROVE, 0)
        self.decide(CARLA, Opinion.APPROVE, 0)
        self.sign()
        if start in {"lost", "anew"}:
            self.take_back(MOVED, by_oneself=True)
        if start == "anew":
            self.contest(overturned=True)
        if start == "renewed":
            for _ in range(4):
                self.wait(15)
            self.renew(WORKER)
        if start == "home":
            self.leave(WORKER)
            self.wait(1)
            self.season()

    def found(self) -> Authorisation:
        """The right of the case, as it is stored."""
        right = find_of_application(self.session, self.story.id)
        assert right is not None
        return right

    @rule(who=st.sampled_from([CARLA, MOVED, OWN]), by_oneself=st.booleans())
    def take_back(self, who: Person, by_oneself: bool) -> None:
        """One of INM proposes it, and a supervisor confirms; nobody does so alone."""
        if self.model.status != "approved":
            return
        right = self.found()

        def propose(work: Work) -> object:
            return revocations.propose_revocation(
                work, right.id, PROPOSAL, seen_version=right.version
            )

        may = self.right.stands(self.model) and who != OWN
        if not self.ask(self.actor(who), propose, expected=may):
            return

        def confirm(work: Work) -> object:
            return revocations.confirm_revocation(work, right.id, seen_version=self.found().version)

        if by_oneself:
            self.ask(self.actor(who), confirm, expected=False)
        self.chiefs = [add_official(self.session, self.story.ports, Role.INM_SUPERVISOR)]
        self.ask(self.chiefs[0], confirm, expected=True)
        self.right.state, self.right.lost_on = "revoked", self.model.today
        self.right.takers.add(who.name)
        self._end_card()
        self.lost.append(right.id)
        self.counted["revocations"] += 1

    @rule(who=mostly_worker)
    def leave(self, who: Person) -> None:
        """The worker ends the own right; chance seldom does, for most cases would end here."""
        if self.model.status != "approved":
            return
        right = self.found()

        def act(work: Work) -> object:
            return leaving.end_own_right(work, right.id, seen_version=right.version)

        may = self.right.stands(self.model) and who == WORKER
        if self.ask(self.actor(who), act, expected=may):
            self.right.state, self.right.ended_on = "ended", self.model.today
            self._end_card()

    @rule(who=mostly_worker)
    def renew(self, who: Person) -> None:
        """The machine goes on with the renewal, for work that is open to all."""
        if self.model.status != "approved":
            return
        right = self.found()

        def act(work: Work) -> object:
            begun.append(renewals.begin_renewal(work, right.id))
            return begun

        begun: list[Application] = []
        may = self.right.may_renew(self.model) and who == WORKER
        if not self.ask(self.actor(who), act, expected=may):
            return
        self._go_on_with(begun[0], RightModel(LAST + DAY, RENEWED_UNTIL), open_to_all=True)
        vacancy = add_vacancy(
            self.session, self.story.ports, starts_on=FIRST, ends_on=RENEWED_UNTIL
        )
        answers = {"vacancy": str(vacancy), "consent": CONSENT_VERSION}
        applications.save_answers(self.story.work(self.actor(WORKER)), self.story.id, answers)
        self.counted["renewals"] += 1

    def may_contest(self) -> bool:
        """A refusal, or a revocation."""
        return super().may_contest() or self.right.may_contest(self.model)

    def too_near(self) -> tuple[Actor, ...]:
        """Whoever confirmed that the right was taken back."""
        return tuple(self.chiefs) if self.right.state == "revoked" else ()

    def judged(self, after: Application, *, overturned: bool) -> None:
        """Against a revocation: no; or a case anew, without those who took the right back."""
        if self.right.state != "revoked":
            super().judged(after, overturned=overturned)
            return
        self.right.recourses, self.right.lost_on = self.right.recourses + 1, self.model.today
        if not overturned:
            return
        takers, open_to_all = frozenset(self.right.takers), self.model.asked_on is None
        self._go_on_with(after, RightModel(FIRST, self.right.ends), open_to_all=open_to_all)
        self.model.barred = takers
        self.model.submitted()
        agree(self.story)
        self.counted["given anew"] += 1

    def _go_on_with(self, case: Application, right: RightModel, *, open_to_all: bool) -> None:
        old = self.model
        self.story.id, self.right, self.chiefs = case.id, right, []
        self.model = Model(old.in_order, old.today, True if open_to_all else None)
        self.model.wants_advice = old.wants_advice

    def _end_card(self) -> None:
        if self.model.carrier in {"pending", "issued"}:
            self.model.carrier = "revoked"

    @rule()
    def season(self) -> None:
        """The worker process asks and closes; twice in a minute it does so once."""
        for _ in range(2):
            self.ask(SYSTEM, return_surveys.ask_returned, expected=True)
            self.ask(SYSTEM, return_surveys.close_returned, expected=True)
        self.right.season(self.model.today)
        self.counted["closed"] += self.right.closed

    @rule(who=st.sampled_from([WORKER, WORKER, STRANGER, OFFICIALS[0]]))
    def tell(self, who: Person) -> None:
        """What the worker answers after the season."""
        said = {"treated_well": "yes", "come_back": "no"}

        def act(work: Work) -> object:
            return return_surveys.answer_survey(work, self.story.id, said, call_me=False)

        may = self.right.may_answer() and who == WORKER
        if self.ask(self.actor(who), act, expected=may):
            self.right.answered_on = self.model.today
            self.counted["surveys"] += 1

    @rule()
    def go_on(self) -> None:
        """One step further as it should go, also after the permit."""
        if self.right.may_contest(self.model):
            self.contest(overturned=True)
        elif self.right.may_answer():
            self.tell(WORKER)
        elif self.right.state == "ended" and not self.right.closed:
            self.wait(11)
            self.season()
        elif self.right.may_renew(self.model):
            self.renew(WORKER)
        else:
            super().go_on()
