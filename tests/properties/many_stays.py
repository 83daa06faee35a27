"""The same cases through whole stays: renewed, moved, measured, asked for anew, helped with."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import text

from app.services import (
    applications,
    assisting,
    authorisations,
    employer_changes,
    issuing,
    standings,
)
from app.services.work import Work
from app.storage import vacancies, vacancy_terms
from app.storage.applications import get_application
from app.storage.authorisations import find_of_application
from app.storage.measures import Against
from permits.answer_checks import CONSENT_VERSION
from permits.applications import ApplicationId, Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.people import SUPERVISOR_OF, SYSTEM, Actor, Agency, Role
from permits.reach import EVERYTHING
from recruitment.standings import Measure, MeasureKind
from tests.agreed import agree_to
from tests.builders import ANSWERS, PHONE, add_official, add_vacancy
from tests.properties.many_machine import ManyMachine, anybody
from tests.properties.many_rights import ManyRights
from tests.vacancies import FAIR

HELPED = 2
"""Which draft is filled in by the helper, who saw the worker's mark."""

ALONG = text("SELECT count(*) FROM revocations WHERE follows IS NOT NULL")
PAUSED = text("SELECT count(*) FROM suspensions WHERE follows IS NOT NULL")
FULL = {"vacancy-full", "quota-full"}
NO_YES = {"contract-not-accepted", "contract-not-understood"}


OPEN = {Status.DRAFT, Status.UNDER_REVIEW, Status.RETURNED}


class ManyStays(ManyRights):
    """What reaches beyond one right: the places of a stay, its measures, its people."""

    def seat_more(self) -> None:
        """Work for one, work by a contract that a rule blocks, and an employer under an order.

        One person helped a worker and sits at the desks of INM by now; so do others at that of
        second looks who decide.
        """
        super().seat_more()
        session, ports, today = self.session, self.story.ports, legal_day(self.story.now)
        last = today + timedelta(days=150)
        self.single = add_vacancy(session, ports, farm="Finca Una", places=1, ends_on=last)
        self.unfair = add_vacancy(session, ports, farm="Finca Multa", ends_on=last)
        self.stopped = add_vacancy(session, ports, farm="Finca Parada", ends_on=last)
        work = self.story.work(SYSTEM)
        terms = replace(FAIR, tasks_es="Cortar café. Quien se va paga multa.")
        event = work.event(Act.VACANCY_CHANGED, self.unfair)
        vacancy_terms.save_terms(session, self.unfair, terms, event=event)
        found = vacancies.find_vacancy(session, self.stopped)
        assert found is not None
        order = Measure(uuid4(), MeasureKind.SUSPENSION, "RES-1", today)
        against = Against(UUID(found.offer.employer))
        standings.record_measure(self.story.work(self.seats["head"]), against, order)
        helper = add_official(session, ports, SUPERVISOR_OF[Agency.INM])
        self.seats["helper"] = helper
        self.seats["helper-officer"] = Actor(helper.person, Role.INM_OFFICER, helper.name)
        for before in ("carla", "chief", "helper"):
            person = self.seats[before]
            again = Actor(person.person, Role.INM_SECOND_LOOK, person.name)
            self.seats[f"{before}-again"] = again

    def fill_in(self, answers: dict[str, object], number: int) -> ApplicationId:
        """One worker is helped by somebody who decides elsewhere."""
        if number != HELPED:
            return super().fill_in(answers, number)
        person = self.seats["helper"]
        helper = Actor(person.person, Role.FACILITATOR, person.name)
        begun = applications.start_application(
            self.story.work(helper), "coffee-hn-gt", PHONE, "es", assisted=True
        )
        case = begun.application.id
        self.workers[case], self.helped = begun.actor, case
        told = {name: value for name, value in answers.items() if name != "consent"}
        applications.save_answers(self.story.work(helper), case, told)
        assisting.witness_consent(self.story.work(helper), case)
        return case

    @rule(target=ManyMachine.cases, case=ManyMachine.cases)
    def stay_on(self, case: ApplicationId) -> ApplicationId:
        """A permit, and its renewal granted in its last days."""
        return self.stay(case)

    def stay(self, case: ApplicationId) -> ApplicationId:
        """The like, for a step of several acts."""
        self.go_on(case)
        renewal = self.begin_renewal(case, in_time=True)
        if renewal != case:
            self.submit(renewal, "worker")
            self.go_on(renewal)
            if find_of_application(self.session, renewal) is not None:
                self.counted["renewals granted"] += 1
        return renewal

    @rule(target=ManyMachine.cases, case=ManyMachine.cases)
    def lose_stay(self, case: ApplicationId) -> ApplicationId:
        """A right is taken back whose renewal was granted; by two new to both."""
        renewal, before = self.stay(case), self.session.scalar(ALONG)
        self.take_back(case, "dora", "justice")
        if self.session.scalar(ALONG) != before:
            self.counted["lost along"] += 1
        return renewal

    @rule(case=ManyMachine.cases, again=anybody)
    def pause_stay(self, case: ApplicationId, again: str) -> None:
        """A right is suspended in its last days, over the first ones of its renewal."""
        self.stay(case)
        right = find_of_application(self.session, case)
        if right is not None:
            early = right.valid_until - timedelta(days=3) - legal_day(self.story.now)
            self.story.later(days=max(early.days, 0))
        before = self.session.scalar(PAUSED)
        self.suspend(case, "head")
        if self.session.scalar(PAUSED) != before:
            self.counted["suspended along"] += 1
        self.reinstate(case, again)

    @rule(case=ManyMachine.cases)
    def end_renewal(self, case: ApplicationId) -> None:
        """Whoever renewed ends the renewal before it begins, and keeps the right of now."""
        renewal = self.stay(case)
        right = find_of_application(self.session, renewal)
        self.leave(renewal, "worker", earnest=True)
        if renewal != case and right is not None and not self.told:
            self.counted["renewals ended"] += 1

    @rule(case=ManyMachine.cases, agrees=st.sampled_from([True, True, False]))
    def crowd(self, case: ApplicationId, agrees: bool) -> None:
        """A worker wants the one place of a farm, which another may have."""
        self.go_on(case)
        self._move(case, self.single, agrees=agrees)

    @rule(case=ManyMachine.cases, stopped=st.booleans())
    def move_where_nobody_may(self, case: ApplicationId, stopped: bool) -> None:
        """To an employer under an order, or to a contract that a rule blocks."""
        self.go_on(case)
        wanted = self.stopped if stopped else self.unfair
        if self._move(case, wanted, agrees=True):
            raise AssertionError(wanted)

    def _move(self, case: ApplicationId, vacancy: UUID, *, agrees: bool) -> bool:
        """Asked for, perhaps agreed to, and granted if it may be; else the worker stays."""
        self.ask(SYSTEM, issuing.sign_pending, legal=True)
        if not self._wish(case, vacancy):
            return False
        if agrees:
            self.about(case, "worker", lambda work, right: agree_to(work, right.application))

        def decide(work: Work, right: Authorisation) -> object:
            return employer_changes.decide_change(work, right.application, "", granted=True)

        if self.about(case, "ana", decide, legal=None if agrees else False):
            self.counted["changes of employer"] += 1
            return True
        self._count_refusal()
        self.about(
            case, "worker", lambda work, right: employer_changes.withdraw_change(work, right.id)
        )
        return False

    def _wish(self, case: ApplicationId, vacancy: UUID) -> bool:
        """Whether the wish for this work waits now; another one is taken back for it."""

        def ask(work: Work, right: Authorisation) -> object:
            return employer_changes.ask_change(work, right.id, vacancy)

        if self.about(case, "worker", ask):
            return True
        self.about(
            case, "worker", lambda work, right: employer_changes.withdraw_change(work, right.id)
        )
        return False

    def _count_refusal(self) -> None:
        names = {
            "changes to full work": FULL,
            "changes without a yes": NO_YES,
            "changes to who is stopped": {"employer-stopped"},
            "changes by a blocked contract": {"contract-blocked"},
        }
        for name, codes in names.items():
            self.counted[name] += bool(self.told & codes)

    @rule(target=ManyMachine.cases, case=ManyMachine.cases, first=st.booleans())
    def ask_anew(self, case: ApplicationId, first: bool) -> ApplicationId:
        """Who was refused, or holds a right, applies anew; then the first case is contested."""
        if first:
            self.go_on(case)
        else:
            self.submit(case, "worker")
            self.decide(case, "ana", Opinion.REFUSE)
        begun = list[ApplicationId]()
        worker = self.actor("worker", case)
        self.ask(
            worker,
            lambda work: begun.append(applications.create_application(work, "coffee-hn-gt").id),
        )
        if not begun:
            return case
        (other,) = begun
        self.workers[other] = worker
        answers = {**ANSWERS, "vacancy": str(self.longer), "consent": CONSENT_VERSION}
        self.ask(worker, lambda work: applications.save_answers(work, other, answers))
        self._both(case, other)
        return other

    def _both(self, case: ApplicationId, other: ApplicationId) -> None:
        """Each is led on as far as the other's right lets it."""
        self.submit(other, "worker")
        self.agree(other, "worker")
        if self.advised:
            self.recommend(other, "beto")
        self.decide(other, "ana", Opinion.APPROVE)
        self.counted["second rights refused"] += "right-stands" in self.told
        self.go_on(other)
        self.contest(case, "judge", overturned=True)
        self.decide(case, "beto", Opinion.APPROVE)
        self.counted["second rights refused"] += "right-stands" in self.told

    @rule(target=ManyMachine.cases, seat=st.sampled_from(["helper", "justice"]))
    def contest_what_was_helped(self, seat: str) -> ApplicationId:
        """The case of who was helped is lost, and the helper among others is asked to judge."""
        self.go_on(self.helped)
        self.take_back(self.helped, "carla", "chief")
        self.contest(self.helped, "helper", overturned=True)
        self.counted["helpers kept from judging"] += "involved-before" in self.told
        anew = self.contest(self.helped, seat, overturned=True)
        if anew != self.helped:
            self.decide(anew, "beto", Opinion.APPROVE)
            self.find_and_look(anew, "helper-again", upheld=True)
            self.decide(anew, "helper-officer", Opinion.REFUSE)
            self.counted["helpers kept from deciding"] += "prepared-case" in self.told
        return anew

    @rule(
        case=ManyMachine.cases,
        seat=st.sampled_from(["carla-again", "chief-again", "helper-again"]),
    )
    def look_after_deciding(self, case: ApplicationId, seat: str) -> None:
        """INM sends a case back; the list finds the next round, and the same people look at it."""
        if self.listed is None:
            return
        case = self.still_open(case)
        self.to_labour(case)
        self.work_off(names=False)
        self.decide(case, "carla", Opinion.RETURN)
        self.find_and_look(case, seat, upheld=False)
        self.look_again(case, "second", upheld=False)

    def still_open(self, case: ApplicationId) -> ApplicationId:
        """The case, or another on which nobody has decided for good, if there is one."""
        for one in (case, *self.workers):
            if get_application(self.session, one, reach=EVERYTHING).status in OPEN:
                return one
        return case

    @rule()
    def suspensions_end(self) -> None:
        """Days pass, fewer than a season has, and what is over ends."""
        self.story.later(days=4)
        self.ask(SYSTEM, authorisations.end_suspensions, legal=True)
