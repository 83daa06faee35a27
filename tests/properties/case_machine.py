"""One case led by chance: each rule is a request, accepted where the small model says so."""

from collections import Counter
from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select, text

from app.services import (
    acceptances,
    answer_terms,
    applications,
    approvals,
    credentials,
    issuing,
    status_lists,
    submissions,
)
from app.services.approvals import Ruling
from app.services.work import Work
from app.storage.database import Session
from app.storage.outbox import outbox
from permits.approvals import GROUNDS_OF, Ground, Opinion
from permits.deadlines import legal_day
from permits.errors import DomainError
from permits.holds import TakeOver
from permits.issuing import RevocationReason
from permits.people import NOBODY, SYSTEM, Actor, Agency, Role
from permits.programmes import Hiring
from tests import outside
from tests.agreed import agree
from tests.builders import Story, add_official
from tests.properties.small_model import Model, Person
from tests.recommended import with_recommendation
from tests.services.races import side_by_side

ROLES = {"setrass": Role.SETRASS_OFFICER, "inm": Role.INM_OFFICER, "worker": Role.WORKER}
WORKER, STRANGER = Person("worker", "worker"), Person("another", "worker")
OFFICIALS = (
    Person("ana", "setrass"),
    Person("carla", "inm"),
    Person("beto", "setrass"),
    Person("moved", "setrass"),  # posted to the other agency meanwhile
    Person("moved", "inm"),
    Person("worker", "setrass"),  # an official who is the worker of this very case
    Person("worker", "inm"),
)
PEOPLE = (WORKER, STRANGER, *OFFICIALS, Person("agent", "none"))
RUNS_DAYS = 60
"""Days until which time may pass: the offer still runs then."""

EARLY = ("draft", "asked", "refused", "lapsed")
LATE = ("permit", "lost", "anew", "renewed", "home")
STARTS = (*EARLY, *LATE)
"""How far a case has come when chance takes over; a longer machine leads it there."""

anybody = st.sampled_from(PEOPLE)
mostly_worker = st.sampled_from([WORKER, WORKER, WORKER, STRANGER, OFFICIALS[0]])
mostly_in_charge = st.sampled_from([*OFFICIALS[:2] * 4, *PEOPLE])
mostly_fresh = st.sampled_from([0, 0, 0, 0, 1])


class CaseMachine(RuleBasedStateMachine):
    """The services on a real database, beside the model; everything is rolled back at the end."""

    def __init__(self, session: Session, counted: Counter[str]) -> None:
        super().__init__()
        self.session, self.counted = session, counted
        self.outer = session.begin_nested()

    def teardown(self) -> None:
        """Take the case back, and remember how far it got."""
        if hasattr(self, "model"):
            self.counted[f"ended {self.model.status}"] += 1
        self.outer.rollback()

    @initialize(
        in_order=st.booleans(),
        advised=st.booleans(),
        start=st.sampled_from(STARTS),
        hiring=st.sampled_from([Hiring.OPEN, Hiring.ON_ACCEPTANCE]),
    )
    def begin(self, in_order: bool, advised: bool, start: str, hiring: Hiring) -> None:
        ports = outside.ports() if in_order else side_by_side()
        ports = with_recommendation(ports) if advised else ports
        self.story = Story(self.session, ports).start(hiring)
        self.model = Model(
            in_order, legal_day(self.story.now), True if hiring is Hiring.OPEN else None
        )
        self.model.wants_advice = advised
        self.first_day = self.model.today
        self.names = {
            "worker": self.story.worker.person,
            "ana": self.story.setrass.person,
            "carla": self.story.inm.person,
            "beto": add_official(self.session, ports, Role.SETRASS_OFFICER).person,
            "moved": add_official(self.session, ports, Role.SETRASS_OFFICER).person,
            "agent": add_official(self.session, ports, Role.BORDER_AGENT).person,
            "another": Story(self.session, ports).start().worker.person,
        }
        posting = text("INSERT INTO postings VALUES (:person, 'inm', now())")
        self.session.execute(posting, {"person": self.names["moved"]})
        if start != "draft":
            self.lead_to(start)

    def lead_to(self, start: str) -> None:
        """Nowhere; a longer machine begins further on."""

    def actor(self, who: Person) -> Actor:
        """The person as the services know them."""
        return Actor(self.names[who.name], ROLES.get(who.hat, Role.BORDER_AGENT), who.name)

    def ask(self, actor: Actor, act: Callable[[Work], object], *, expected: bool) -> bool:
        """One request: accepted where it is expected, and refused with its code elsewhere."""
        refused = ""
        try:
            with self.session.begin_nested():
                act(self.story.work(actor))
        except DomainError as error:
            refused = error.code
        self.counted["refused" if refused else "accepted"] += 1
        assert (not refused) is expected, (refused, self.model)
        return expected

    @rule(who=anybody, name=st.sampled_from(["Ana", "Berta"]))
    def write(self, who: Person, name: str) -> None:
        def act(work: Work) -> object:
            return applications.save_answers(work, self.story.id, {"given_names": name})

        if self.ask(self.actor(who), act, expected=self.model.may_write(who)):
            self.model.touched_on = self.model.today

    @rule(who=mostly_worker)
    def submit(self, who: Person) -> None:
        def act(work: Work) -> object:
            return submissions.submit_application(work, self.story.id)

        if self.ask(self.actor(who), act, expected=self.model.may_write(who)):
            self.model.submitted()
            agree(self.story)

    @rule(
        who=mostly_in_charge,
        opinion=st.sampled_from([*[Opinion.APPROVE] * 4, *Opinion]),
        behind=mostly_fresh,
    )
    def decide(self, who: Person, opinion: Opinion, behind: int) -> None:
        grounds: tuple[Ground, ...] = ()
        if opinion is Opinion.REFUSE and who.hat in {"setrass", "inm"}:
            grounds = tuple(sorted(GROUNDS_OF[Agency(who.hat)])[:1])
        if opinion is Opinion.RETURN:
            grounds = (Ground.OTHER_QUESTION,)
        ruling = Ruling(opinion, grounds, "¿Qué?" if opinion is Opinion.RETURN else "")
        seen = self.story.application.version - behind

        def act(work: Work) -> object:
            return approvals.decide_application(work, self.story.id, ruling, seen_version=seen)

        is_approval = opinion is Opinion.APPROVE
        may = self.model.may_approve(who) if is_approval else self.model.may_settle(who)
        may = self.model.may_return(who) if opinion is Opinion.RETURN else may
        if self.ask(self.actor(who), act, expected=may and not behind):
            self.model.decided(who, opinion.value)

    @rule(who=anybody, give_back=st.booleans(), behind=mostly_fresh)
    def hold(self, who: Person, give_back: bool, behind: int) -> None:
        seen = self.story.application.version - behind
        is_taken = self.model.holder not in {None, who.name}
        reason = TakeOver.AGREED if is_taken else None  # a colleague's, of either agency

        def act(work: Work) -> object:
            if give_back:
                return approvals.release_application(work, self.story.id, seen_version=seen)
            return approvals.hold_application(work, self.story.id, seen_version=seen, reason=reason)

        if self.ask(self.actor(who), act, expected=self.model.may_hold(who) and not behind):
            if not give_back:
                self.model.holder = who.name
            elif self.model.holder == who.name:
                self.model.holder = None

    @rule(who=mostly_worker, in_earnest=st.sampled_from([False, False, False, True]))
    def withdraw(self, who: Person, in_earnest: bool) -> None:
        if who == WORKER and not in_earnest:
            return  # else most cases would end here

        def act(work: Work) -> object:
            return applications.withdraw_application(work, self.story.id)

        if self.ask(self.actor(who), act, expected=self.model.may_withdraw(who)):
            self.model.status = "withdrawn"

    @rule(days=st.sampled_from([1, 3, 11, 15]))
    def wait(self, days: int) -> None:
        if (self.model.today - self.first_day).days > RUNS_DAYS:
            return
        self.story.later(days=days)
        self.model.waited(days)
        self.ask(SYSTEM, answer_terms.lapse_returned, expected=True)

    @rule(accepted=st.sampled_from([True, True, False]))
    def employer_answers(self, accepted: bool) -> None:
        links = select(outbox.c.payload).where(outbox.c.key.startswith("employer-asked"))
        sent = self.session.execute(links.order_by(outbox.c.id)).all()
        if not sent or self.model.accepted is not None:
            return
        token = sent[-1].payload["facts"]["link"].rsplit("/", 1)[1]

        def act(work: Work) -> None:
            acceptances.answer_question(work, token, accepted)

        if self.ask(NOBODY, act, expected=self.model.may_answer()):
            self.model.accepted = accepted
            agree(self.story)

    @rule()
    def sign(self) -> None:
        self.ask(SYSTEM, issuing.sign_pending, expected=True)
        if self.model.carrier == "pending":
            self.model.carrier = "issued"
            self.counted["permits"] += 1

    @rule(who=anybody, behind=mostly_fresh)
    def revoke(self, who: Person, behind: int) -> None:
        if self.model.status != "approved":
            return  # there is no permit, and of a draft the officials may not even know
        permit = credentials.find_permit_of(self.story.work(self.story.inm), self.story.id)
        assert permit is not None
        identity, seen = permit.credential.id, permit.credential.version - behind

        def act(work: Work) -> object:
            return credentials.revoke_credential(
                work, identity, RevocationReason.LOST, seen_version=seen
            )

        may = who.hat in {"setrass", "inm"} and not behind
        standing = self.model.carrier in {"pending", "issued"}
        if self.ask(self.actor(who), act, expected=may and standing):
            self.model.carrier = "revoked"
            self.ask(SYSTEM, status_lists.republish_due, expected=True)
