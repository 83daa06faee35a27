"""The same cases on more ways to their decisions: advised, amended, held, contested, barred."""

from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.services import (
    answer_terms,
    appeals,
    applications,
    approvals,
    effects,
    employer_bars,
    second_looks,
    watch,
)
from app.services.approvals import Ruling
from app.services.case import load_case
from app.services.employer_bars import BarReason
from app.services.recommendations import recommend_application
from app.services.work import Work
from app.storage.applications import get_application
from permits.appeals import Ruling as Answer
from permits.applications import Application, ApplicationId
from permits.approvals import Opinion
from permits.errors import DomainError
from permits.holds import TakeOver
from permits.next_actions import NextAction
from permits.people import SUPERVISOR_OF, SYSTEM, Agency, Role
from permits.reach import EVERYTHING
from permits.watch import SecondLook
from tests.builders import add_official
from tests.properties.many_machine import ManyMachine, anybody, mostly_own, officers

JUDGES = ("head", "chief", "judge", "justice", "ana", "worker")
"""The supervisors, two of them new to every case at first, and who never may."""


class ManyWays(ManyMachine):
    """What may become of a case before its permit, beside the two decisions."""

    def seat_more(self) -> None:
        """A second supervisor of each agency, and the desk that looks again."""
        roles = {"judge": SUPERVISOR_OF[Agency.SETRASS], "justice": SUPERVISOR_OF[Agency.INM]}
        for seat, role in {**roles, "second": Role.INM_SECOND_LOOK}.items():
            self.seats[seat] = add_official(self.session, self.story.ports, role)

    def seen(self, case: ApplicationId) -> int:
        """The version of a case as it stands."""
        return get_application(self.session, case, reach=EVERYTHING).version

    @rule(case=ManyMachine.cases, seat=mostly_own, name=st.sampled_from(["Ana", "Berta"]))
    def amend(self, case: ApplicationId, seat: str, name: str) -> None:
        actor = self.actor(seat, case)
        legal = self.is_offered(actor, case, NextAction.EDIT)
        changes = {"given_names": name}
        self.ask(actor, lambda work: applications.save_answers(work, case, changes), legal=legal)

    @rule(case=ManyMachine.cases, seat=mostly_own, name=st.sampled_from(["Ana", "Berta"]))
    def return_and_amend(self, case: ApplicationId, seat: str, name: str) -> None:
        """An officer asks, the worker answers otherwise than before and hands in again."""
        self.submit(case, "worker")
        self.decide(case, "ana", Opinion.RETURN)
        self.amend(case, seat, name)
        self.submit(case, seat)

    @rule(case=ManyMachine.cases, seat=officers)
    def recommend(self, case: ApplicationId, seat: str) -> None:
        actor, ruling = self.actor(seat, case), Ruling(Opinion.APPROVE)
        legal = self.is_offered(actor, case, NextAction.RECOMMEND)
        seen = self.seen(case)
        if self.ask(
            actor,
            lambda work: recommend_application(work, case, ruling, seen_version=seen),
            legal=legal,
        ):
            self.counted["recommendations"] += 1

    @rule(case=ManyMachine.cases, seat=anybody, give_back=st.booleans())
    def hold(self, case: ApplicationId, seat: str, give_back: bool) -> None:
        """Take a case, from a colleague with a reason, or give it back."""
        actor, seen = self.actor(seat, case), self.seen(case)
        found = get_application(self.session, case, reach=EVERYTHING)
        taken = found.held_by not in {None, actor.person}

        def act(work: Work) -> object:
            if give_back:
                return approvals.release_application(work, case, seen_version=seen)
            reason = TakeOver.AGREED if taken else None
            return approvals.hold_application(work, case, seen_version=seen, reason=reason)

        self.ask(actor, act)

    @rule(
        case=ManyMachine.cases,
        seat=st.sampled_from(["second", "second", "second", "carla"]),
        upheld=st.sampled_from([False, False, True]),
    )
    def find_and_look(self, case: ApplicationId, seat: str, upheld: bool) -> None:
        """A case comes to INM while the list names everybody."""
        if self.listed is not None:
            self.to_labour(case)
            self.work_off(names=True)
            self.decide(case, "carla", Opinion.APPROVE)
            self.look_again(case, seat, upheld=upheld)

    def look_again(self, case: ApplicationId, seat: str, *, upheld: bool) -> None:
        """A hit of the watch list is cleared or upheld, by the second desk alone."""
        actor = self.actor(seat, case)
        hits = self.hits()
        if case not in hits:
            return
        says = SecondLook.REFUSE if upheld else SecondLook.CLEAR

        def act(work: Work) -> None:
            second_looks.look_again(work, hits[case], says, "Es otra persona.")

        at_the_desk = actor.role is Role.INM_SECOND_LOOK
        if self.ask(actor, act, legal=None if at_the_desk else False):
            self.counted["second looks"] += 1
        self.counted["looks refused"] += "involved-before" in self.told

    def hits(self) -> dict[ApplicationId, UUID]:
        """What waits for a second look, by its case."""
        work = self.story.work(self.seats["second"])
        listed = [check for check, _ in second_looks.list_hits(work)]
        return {check.application: check.id for check in listed}

    @rule(names=st.booleans())
    def work_off(self, names: bool) -> None:
        """The worker process does what waits; meanwhile the list may name everybody."""
        if self.listed is not None:
            self.listed.found = ("INTERPOL-77/2026",) if names else ()
            self.ask(SYSTEM, watch.ask_new, legal=True)
            self.ask(SYSTEM, watch.ask_again, legal=True)
        self.ask(SYSTEM, self._effects, legal=True)
        self.ask(SYSTEM, employer_bars.return_late, legal=True)

    @staticmethod
    def _effects(work: Work) -> None:
        while effects.run_next_effect(work) is not None:
            pass

    @rule(
        target=ManyMachine.cases,
        case=ManyMachine.cases,
        refuser=st.sampled_from(["ana", "ana", "carla"]),
        seat=st.sampled_from(JUDGES),
        overturned=st.booleans(),
    )
    def refuse_and_contest(
        self, case: ApplicationId, refuser: str, seat: str, overturned: bool
    ) -> ApplicationId:
        """What is under review is refused, and somebody is asked to judge that."""
        self.submit(case, "worker")
        if self.advised:
            self.recommend(case, "beto")
        self.decide(case, refuser, Opinion.REFUSE)
        return self.contest(case, seat, overturned)

    @rule(
        target=ManyMachine.cases,
        case=ManyMachine.cases,
        seat=st.sampled_from(["justice", "justice", "chief"]),
        overturned=st.booleans(),
    )
    def lose_and_contest(self, case: ApplicationId, seat: str, overturned: bool) -> ApplicationId:
        """A right is taken back, and whoever confirmed that may be the one asked to judge."""
        self.take_back(case, "carla", "chief")
        return self.contest(case, seat, overturned)

    def contest(self, case: ApplicationId, seat: str, overturned: bool) -> ApplicationId:
        """The worker asks for recourse; whoever is new to the case may answer, and nobody else.

        A right that was taken back is given anew by a case of its own, if at all.
        """
        worker = self.actor("worker", case)
        self.ask(worker, lambda work: appeals.file_appeal(work, case, "No es así."))
        waiting, after = self._waiting(case), list[Application]()
        if waiting is None:
            return case
        ruling = Answer.OVERTURNED if overturned else Answer.UPHELD

        def act(work: Work) -> object:
            after.append(appeals.judge_appeal(work, waiting, ruling, "Se revisó otra vez."))
            return after

        may = False if seat in {"ana", "worker"} else None
        if not self.ask(self.actor(seat, case), act, legal=may):
            return case
        self.counted["recourses"] += 1
        self.workers[after[0].id] = worker
        return after[0].id

    def _waiting(self, case: ApplicationId) -> UUID | None:
        for seat in ("judge", "justice"):
            listed = appeals.list_open(self.story.work(self.seats[seat]))
            for one in listed:
                if one.appeal.application == case:
                    return one.appeal.id
        return None

    @rule(case=ManyMachine.cases, seat=mostly_own)
    def take_up_again(self, case: ApplicationId, seat: str) -> None:
        self.ask(
            self.actor(seat, case), lambda work: answer_terms.reinstate_application(work, case)
        )

    @rule(
        case=ManyMachine.cases,
        seat=st.sampled_from(["head", "head", "ana"]),
        lifted=st.sampled_from([True, True, False]),
    )
    def bar(self, case: ApplicationId, seat: str, lifted: bool) -> None:
        """The employer of a case is barred; nobody is approved for it, unless it is lifted."""
        employer = self.employer_of(case)
        if employer is None:
            return

        def act(work: Work) -> object:
            return employer_bars.bar_employer(work, employer, BarReason.FEE_CHARGED)

        if self.ask(self.actor(seat, case), act, legal=None if seat == "head" else False):
            self.counted["bars"] += 1
        self.decide(case, "carla", Opinion.APPROVE)
        if lifted:
            self.lift_bar(case)

    @rule(case=ManyMachine.cases)
    def lift_bar(self, case: ApplicationId) -> None:
        employer = self.employer_of(case)
        if employer is not None:
            head = self.actor("head", case)
            self.ask(head, lambda work: employer_bars.lift_bar(work, employer))

    def employer_of(self, case: ApplicationId) -> UUID | None:
        """Who hires for the work that the case names."""
        try:
            offer = load_case(self.story.work(self.actor("worker", case)), case).offer
        except DomainError:
            return None
        return UUID(offer.employer) if offer and offer.employer else None

    def to_labour(self, case: ApplicationId) -> None:
        """Handed in and approved by labour."""
        self.submit(case, "worker")
        self.agree(case, "worker")
        if self.advised:
            self.recommend(case, "beto")
        self.decide(case, "ana", Opinion.APPROVE)

    @rule(case=ManyMachine.cases)
    def go_on(self, case: ApplicationId) -> None:
        """One case is led on as it should go, so that chance gets far enough to do harm."""
        self.to_labour(case)
        if self.listed is not None:
            self.work_off(names=False)
        self.decide(case, "carla", Opinion.APPROVE)
