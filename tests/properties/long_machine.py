"""The same case led further: recommended, asked about, lapsed, taken up again and contested."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.services import answer_terms, appeals, info_requests
from app.services.approvals import Ruling
from app.services.recommendations import recommend_application
from app.services.work import Work
from permits.appeals import Appeal
from permits.appeals import Ruling as Answer
from permits.applications import Application
from permits.approvals import Opinion
from permits.info_requests import Question, QuestionKind
from permits.people import SUPERVISOR_OF, Actor
from tests.builders import add_official
from tests.properties.case_machine import (
    OFFICIALS,
    WORKER,
    CaseMachine,
    mostly_fresh,
    mostly_in_charge,
    mostly_worker,
)
from tests.properties.small_model import Person


class LongMachine(CaseMachine):
    """What a case may live through beside its two decisions."""

    def lead_to(self, start: str) -> None:
        """As it should go up to a status that chance alone would seldom come to."""
        self.submit(WORKER)
        self.employer_answers(accepted=True)
        if self.model.wants_advice:
            self.recommend(OFFICIALS[2], 0)
        if start == "asked":
            self.ask_worker(OFFICIALS[0], 0)
        elif start == "refused":
            self.decide(OFFICIALS[0], Opinion.REFUSE, 0)
        else:
            self.decide(OFFICIALS[0], Opinion.RETURN, 0)
            self.wait(15)

    @rule(who=mostly_in_charge, behind=mostly_fresh)
    def recommend(self, who: Person, behind: int) -> None:
        seen = self.story.application.version - behind

        def act(work: Work) -> object:
            ruling = Ruling(Opinion.APPROVE)
            return recommend_application(work, self.story.id, ruling, seen_version=seen)

        may = self.model.may_recommend(who) and self.model.accepted is True
        if self.ask(self.actor(who), act, expected=may and not behind):
            self.model.advised_by, self.model.holder = who.name, None
            self.counted["recommendations"] += 1

    @rule(who=mostly_in_charge, behind=mostly_fresh)
    def ask_worker(self, who: Person, behind: int) -> None:
        asked = [Question(QuestionKind.FACT, "¿Cuándo nació?")]
        seen = self.story.application.version - behind

        def act(work: Work) -> object:
            return info_requests.ask_questions(work, self.story.id, asked, seen_version=seen)

        if self.ask(self.actor(who), act, expected=self.model.may_decide(who) and not behind):
            self.model.asked()

    @rule(who=mostly_worker)
    def reply(self, who: Person) -> None:
        def act(work: Work) -> object:
            info_requests.answer_item(work, self.story.id, 1, "En mayo.")
            return info_requests.send_answers(work, self.story.id)

        if self.ask(self.actor(who), act, expected=self.model.may_reply(who)):
            self.model.status = "under-review"
            self.counted["answers"] += 1

    @rule(who=mostly_worker)
    def take_up_again(self, who: Person) -> None:
        def act(work: Work) -> object:
            return answer_terms.reinstate_application(work, self.story.id)

        if self.ask(self.actor(who), act, expected=self.model.may_take_up(who)):
            self.model.taken_up_again()
            self.counted["taken up again"] += 1

    @rule(overturned=st.booleans())
    def contest(self, overturned: bool) -> None:
        """The worker asks for recourse, and a supervisor who is new to the case answers."""
        filed: list[Appeal] = []

        def file(work: Work) -> object:
            filed.append(appeals.file_appeal(work, self.story.id, "Es mío."))
            return filed

        if not self.ask(self.actor(WORKER), file, expected=self.may_contest()):
            return
        (appeal,) = filed
        chief = add_official(self.session, self.story.ports, SUPERVISOR_OF[appeal.agency])
        ruling = Answer.OVERTURNED if overturned else Answer.UPHELD
        after: list[Application] = []

        def judge(work: Work) -> object:
            after.append(appeals.judge_appeal(work, appeal.id, ruling, "Se revisó."))
            return after

        for near in self.too_near():
            self.ask(near, judge, expected=False)
        self.ask(chief, judge, expected=True)
        self.judged(after[0], overturned=overturned)
        self.counted["recourses"] += 1

    def may_contest(self) -> bool:
        """Whether there is something to contest now."""
        return self.model.may_contest()

    def too_near(self) -> tuple[Actor, ...]:
        """Supervisors who may not judge it; a longer machine knows some."""
        return ()

    def judged(self, after: Application, *, overturned: bool) -> None:
        """What the answer changes."""
        self.model.contested(overturned=overturned)

    @rule()
    def go_on(self) -> None:
        """One step of the story as it should go, so that chance gets far enough to do harm."""
        if self.model.may_take_up(WORKER):
            self.take_up_again(WORKER)
        elif self.model.may_reply(WORKER):
            self.reply(WORKER)
        if self.model.may_write(WORKER):
            self.submit(WORKER)
        advising = [who for who in OFFICIALS[2:] if self.model.may_recommend(who)]
        if advising and self.model.accepted:
            self.recommend(advising[0], 0)
        ready = [who for who in OFFICIALS if self.model.may_approve(who)]
        if ready:
            self.decide(ready[0], Opinion.APPROVE, 0)
        elif self.model.carrier == "pending":
            self.sign()
        elif self.model.asked_on and self.model.accepted is None:
            self.employer_answers(accepted=True)
