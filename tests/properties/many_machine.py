"""Many cases at once, led by chance; what is legal is told by the law's own `next_actions`."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    multiple,
    rule,
)

from app.services import answer_terms, applications, approvals, info_requests, issuing, submissions
from app.services import revocations as taking_back
from app.services.approvals import Ruling
from app.services.case import load_case
from app.services.work import Work
from app.storage.applications import get_application
from app.storage.authorisations import find_of_application
from app.storage.database import Session
from permits.applications import ApplicationId
from permits.approvals import GROUNDS_OF, Ground, Opinion
from permits.errors import DomainError, Invalid
from permits.info_requests import Question, QuestionKind
from permits.next_actions import NextAction, next_actions
from permits.people import SUPERVISOR_OF, SYSTEM, Actor, Agency, PersonId, Role
from permits.quotas import Scope
from permits.reach import EVERYTHING
from tests.agreed import agree_to
from tests.builders import ANSWERS, PHONE, Story, add_official, add_vacancy
from tests.quotas import rule as quota
from tests.quotas import with_quotas
from tests.recommended import with_recommendation
from tests.rights import PROPOSAL
from tests.services.test_watch import List

SEATS = ("ana", "beto", "carla", "dora", "head", "chief", "worker", "own-seat")
"""Two officers and a supervisor of each agency, the worker, and the worker as an official."""

ACT_OF = {
    Opinion.APPROVE: NextAction.APPROVE,
    Opinion.RETURN: NextAction.RETURN,
    Opinion.REFUSE: NextAction.REFUSE,
}
anybody = st.sampled_from(SEATS)
officers = st.sampled_from(["ana", "ana", "carla", "carla", *SEATS])
mostly_own = st.sampled_from(["worker", "worker", "worker", "ana"])


def cui(number: int) -> str:
    """A Guatemalan number with its check digit, of the town of the answers."""
    digits = f"{number:08}"
    check = sum(int(digit) * place for place, digit in enumerate(digits, 2)) % 11
    return cui(number + 10) if check == 10 else f"{digits}{check}2004"


class ManyMachine(RuleBasedStateMachine):
    """Three to six cases that share a quota of two or three places, two farms and the officials.

    Two of the cases are of one person. What the law does not offer has to be refused; what it
    offers is refused at most for what is in the case (`Invalid`). In some, labour decides on a
    recommendation, and in some a watch list is asked before INM decides.
    """

    cases: Bundle[ApplicationId] = Bundle("cases")

    def __init__(self, session: Session, counted: Counter[str]) -> None:
        super().__init__()
        self.session, self.counted = session, counted
        self.told = set[str]()

    @initialize(
        target=cases,
        count=st.integers(3, 6),
        places=st.integers(2, 3),
        advised=st.booleans(),
        watched=st.booleans(),
        led=st.sampled_from([1, 1, 2, 0]),
    )
    def begin(
        self, count: int, places: int, advised: bool, watched: bool, led: int
    ) -> MultipleResults[ApplicationId]:
        self.advised, self.listed = advised, List() if watched else None
        ports = with_quotas(quota(Scope.SEASON, places), quota(Scope.EMPLOYER, 2))
        ports = with_recommendation(ports) if advised else ports
        ports = replace(ports, watch=self.listed)
        self.story = story = Story(self.session, ports)
        roles = (Role.SETRASS_OFFICER, Role.INM_OFFICER)
        heads = (SUPERVISOR_OF[Agency.SETRASS], SUPERVISOR_OF[Agency.INM])
        beto, dora, head, chief = (add_official(self.session, ports, r) for r in (*roles, *heads))
        self.seats = {"ana": story.setrass, "beto": beto, "carla": story.inm, "dora": dora}
        self.seats |= {"head": head, "chief": chief}
        self.workers: dict[ApplicationId, Actor] = {}
        self.seat_more()
        farms = [add_vacancy(self.session, ports, farm=f"Finca {name}") for name in ("Uno", "Dos")]
        drafts = [self._draft(str(farms[n % 2]), max(n, 1)) for n in range(count)]
        for draft in drafts[1 : 1 + led]:
            self.go_on(draft)
        return multiple(*drafts)

    def seat_more(self) -> None:
        """Nobody; a larger machine has more people."""

    def go_on(self, case: ApplicationId) -> None:
        """Nothing; a larger machine leads the case on as it should go."""

    def _draft(self, vacancy: str, number: int) -> ApplicationId:
        """A draft; the first two are of one person by their document."""
        answers = {**ANSWERS, "vacancy": vacancy, "document_number": cui(12345670 + number)}
        answers["given_names"] = "Ana" + "abcdefg"[number]
        return self.fill_in(answers, number)

    def fill_in(self, answers: dict[str, object], number: int) -> ApplicationId:
        """By the worker alone; a larger machine has somebody who helps."""
        nobody = Actor(PersonId(uuid4()), Role.ANYONE)
        work = self.story.work(nobody)
        started = applications.start_application(work, "coffee-hn-gt", PHONE, "es")
        case = started.application.id
        self.workers[case] = started.actor
        applications.save_answers(self.story.work(started.actor), case, answers)
        return case

    def actor(self, seat: str, case: ApplicationId) -> Actor:
        """Who sits there for this case."""
        worker = self.workers[case]
        if seat == "own-seat":
            return Actor(worker.person, Role.SETRASS_OFFICER, "X")
        return self.seats.get(seat, worker)

    def ask(
        self, actor: Actor, act: Callable[[Work], object], *, legal: bool | None = None
    ) -> bool:
        """One request; `legal` is what the law says of it, None where the services alone know."""
        refusal: DomainError | None = None
        try:
            with self.session.begin_nested():
                act(self.story.work(actor))
        except DomainError as error:
            refusal = error
        self.counted["refused" if refusal else "accepted"] += 1
        faults = refusal.faults if isinstance(refusal, Invalid) else ()
        self.told = {refusal.code, *(one.code for one in faults)} if refusal else set[str]()
        if legal is False:
            assert refusal is not None, act
        if legal is True:
            assert refusal is None or isinstance(refusal, Invalid), refusal.code
        return refusal is None

    def is_offered(self, actor: Actor, case: ApplicationId, act: NextAction) -> bool:
        """Whether the law offers the act to them now; nothing of a file that they may not know."""
        try:
            found = load_case(self.story.work(actor), case)
        except DomainError:
            return False
        return act in next_actions(actor, found.turn)

    @rule(case=cases, seat=mostly_own)
    def submit(self, case: ApplicationId, seat: str) -> None:
        actor = self.actor(seat, case)
        legal = self.is_offered(actor, case, NextAction.SUBMIT)
        self.ask(actor, lambda work: submissions.submit_application(work, case), legal=legal)

    @rule(case=cases, seat=mostly_own)
    def agree(self, case: ApplicationId, seat: str) -> None:
        self.ask(self.actor(seat, case), lambda work: agree_to(work, case))

    @rule(case=cases, seat=officers, opinion=st.sampled_from([*[Opinion.APPROVE] * 5, *Opinion]))
    def decide(self, case: ApplicationId, seat: str, opinion: Opinion) -> None:
        actor, grounds = self.actor(seat, case), tuple[Ground, ...]()
        if opinion is Opinion.REFUSE and actor.agency:
            grounds = tuple(sorted(GROUNDS_OF[actor.agency])[:1])
        if opinion is Opinion.RETURN:
            grounds = (Ground.OTHER_QUESTION,)
        ruling = Ruling(opinion, grounds, "¿Qué?" if opinion is Opinion.RETURN else "")
        seen = get_application(self.session, case, reach=EVERYTHING).version

        def act(work: Work) -> object:
            return approvals.decide_application(work, case, ruling, seen_version=seen)

        legal = self.is_offered(actor, case, ACT_OF[opinion])
        if self.ask(actor, act, legal=legal):
            self.counted[opinion.value] += 1

    @rule(case=cases, seat=anybody)
    def ask_worker(self, case: ApplicationId, seat: str) -> None:
        actor = self.actor(seat, case)
        asked = [Question(QuestionKind.FACT, "¿Cuándo nació?")]
        seen = get_application(self.session, case, reach=EVERYTHING).version

        def act(work: Work) -> object:
            return info_requests.ask_questions(work, case, asked, seen_version=seen)

        self.ask(actor, act, legal=self.is_offered(actor, case, NextAction.ASK))

    @rule(case=cases, seat=mostly_own)
    def reply(self, case: ApplicationId, seat: str) -> None:
        def act(work: Work) -> object:
            info_requests.answer_item(work, case, 1, "En mayo.")
            return info_requests.send_answers(work, case)

        actor = self.actor(seat, case)
        self.ask(actor, act, legal=self.is_offered(actor, case, NextAction.ANSWER))

    @rule(case=cases, seat=st.sampled_from(["ana", "beto", "worker", "worker"]))
    def withdraw(self, case: ApplicationId, seat: str) -> None:
        actor = self.actor(seat, case)
        legal = self.is_offered(actor, case, NextAction.WITHDRAW)
        self.ask(actor, lambda work: applications.withdraw_application(work, case), legal=legal)

    @rule(case=cases, proposer=anybody, confirmer=anybody)
    def take_back(self, case: ApplicationId, proposer: str, confirmer: str) -> None:
        """Proposed by somebody and confirmed by somebody, who may be the same."""
        right = find_of_application(self.session, case)
        if right is None:
            return

        def propose(work: Work) -> object:
            return taking_back.propose_revocation(work, right.id, PROPOSAL, seen_version=version())

        def confirm(work: Work) -> object:
            return taking_back.confirm_revocation(work, right.id, seen_version=version())

        def version() -> int:
            found = find_of_application(self.session, case)
            return found.version if found else 0

        self.ask(self.actor(proposer, case), propose)
        legal = False if proposer == confirmer else None
        if self.ask(self.actor(confirmer, case), confirm, legal=legal):
            self.counted["revocations"] += 1

    @rule(days=st.sampled_from([1, 5, 15]))
    def time_passes(self, days: int) -> None:
        self.story.later(days=days)
        self.ask(SYSTEM, answer_terms.lapse_returned, legal=True)
        self.ask(SYSTEM, issuing.sign_pending, legal=True)
