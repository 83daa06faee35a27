"""A complaint on the desk: taken, judged, protected, found, made good, closed, and opened again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.services import (
    complaint_acts,
    complaint_alarms,
    complaint_desk,
    complaint_nights,
    complaint_notes,
    complaint_numbers,
    complaint_referrals,
    complaint_remedies,
    complaint_talk,
    complaint_terms,
)
from app.services.complaint_acts import Judgement
from app.services.complaint_desk import OpenedCase
from app.services.complaint_notes import NoteKind
from app.services.complaint_referrals import HandOver
from app.services.work import Work
from app.storage import complaint_clocks
from permits.deadlines import ClockState
from permits.errors import Conflict, DomainError, Forbidden, Hidden, Invalid, NotFound, Stale
from permits.people import SYSTEM, Actor, Role
from permits.permit_numbers import show
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.handling import CoercionCheck
from recruitment.complaints.moves import Action
from recruitment.complaints.referrals import Channel, ReferralAction, ReferralState
from recruitment.complaints.remedies import RemedyAction, RemedyPlan, RemedyState, Verifier
from recruitment.complaints.words import (
    Category,
    Flag,
    Outcome,
    ReferralTarget,
    RemedyKind,
    Request,
    Severity,
    Status,
)
from tests.builders import NOW, Story, add_official
from tests.complained import Office, complain, token_of
from tests.rights import signed

SECRET = "Dijo que el capataz se llama Fulano. CANARIO-F"


@dataclass
class Desk:
    """The office with two handlers, and one complaint that somebody filed."""

    office: Office
    now: datetime = NOW
    complaint: ComplaintId = field(default_factory=lambda: ComplaintId(uuid4()))
    digits: str = ""

    def begin(self) -> "Desk":
        self.office.ready().join()
        filed = complain(self.office.work(now=self.now))
        self.complaint, self.digits = filed.id, filed.digits
        complaint_terms.begin_clocks(self.system)
        return self

    @property
    def system(self) -> Work:
        return self.office.work(SYSTEM, self.now)

    def by(self, number: int = 0) -> Work:
        return self.office.work(self.office.handlers[number], self.now)

    def token(self, number: int = 0) -> str:
        return token_of(self.office.handlers[number])

    def later(self, **passed: int) -> "Desk":
        self.now += timedelta(**passed)
        for one in self.office.handlers:
            from_phrase(self, one)
        return self

    def opened(self, number: int = 0) -> OpenedCase:
        return complaint_desk.open_on_desk(self.by(number), self.token(number), self.complaint)

    @property
    def seen(self) -> int:
        return self.opened().handled.filed.version

    @property
    def status(self) -> Status:
        return self.opened().handled.filed.status

    def act(self, action: Action, words: str = "", number: int = 0, **more: object) -> None:
        complaint_acts.act(
            self.by(number),
            self.token(number),
            self.complaint,
            action,
            words,
            seen=self.seen,
            **more,  # type: ignore[arg-type]
        )

    def take(self, number: int = 0) -> "Desk":
        complaint_acts.take(self.by(number), self.complaint, seen=self.seen)
        return self

    def accept(self, severity: Severity = Severity.S2, **more: object) -> "Desk":
        said = Judgement(severity, (Category.WAGE_UNPAID,), **more)  # type: ignore[arg-type]
        complaint_acts.accept(self.by(), self.token(), self.complaint, said, seen=self.seen)
        return self

    def find(self, outcome: Outcome = Outcome.SUBSTANTIATED) -> "Desk":
        self.act(Action.INVESTIGATE)
        complaint_acts.find(
            self.by(), self.token(), self.complaint, outcome, SECRET, seen=self.seen
        )
        self.act(Action.APPROVE_FINDING, number=1)
        return self

    def says(self, words: str, asks: Request | None = None) -> None:
        work = self.office.work(now=self.now)
        found = complaint_numbers.open_by_number(work, self.digits)
        assert found is not None
        complaint_talk.tell(work, found.seal, words, asks)


def from_phrase(desk: Desk, handler: Actor) -> None:
    from app.services import complaint_keys  # noqa: PLC0415
    from tests.complained import PHRASE  # noqa: PLC0415

    work = desk.office.work(handler, desk.now)
    assert complaint_keys.unlock(work, token_of(handler), PHRASE)


@pytest.fixture
def desk(story: Story) -> Desk:
    return Desk(Office(story.session, story.ports)).begin()


def code_of(refused: pytest.ExceptionInfo[DomainError]) -> str:
    return refused.value.code


def kinds(desk: Desk) -> Sequence[tuple[str, str]]:
    return [(one.kind.value, one.state.value) for one in desk.opened().clocks]


@pytest.mark.feature("H1", "H3", "H4", "H9", "C3")
def test_a_complaint_is_led_to_a_remedy_that_the_worker_confirms(desk: Desk, story: Story) -> None:
    employer = _employer(story)
    desk.take()
    desk.act(Action.SCREEN)
    with pytest.raises(Conflict, match="severity-missing"):
        desk.act(Action.ACCEPT)
    desk.accept(employer=employer, departs_on=date(2026, 12, 20))
    filed = desk.opened().handled.filed
    assert (filed.status, filed.severity) == (Status.OPEN, Severity.S2)
    assert Flag.DEPARTURE_SOON in filed.flags
    assert {kind for kind, _ in kinds(desk)} == {"first-contact", "decision", "before-departure"}
    complaint_acts.answer(desk.by(), desk.token(), desk.complaint, "Le oímos.", seen=desk.seen)
    assert "first-contact" not in {kind for kind, _ in kinds(desk)}
    desk.act(Action.INVESTIGATE)
    complaint_acts.find(
        desk.by(), desk.token(), desk.complaint, Outcome.PARTLY, SECRET, seen=desk.seen
    )
    for number, code in ((0, "own-finding"), (1, "")):
        if code:
            with pytest.raises(Forbidden, match=code):
                desk.act(Action.APPROVE_FINDING, number=number)
        else:
            desk.act(Action.APPROVE_FINDING, number=number)
    assert kinds(desk) == []  # decided in time, and before the departure
    assert _standing(story, employer) == ("serious-complaint", False)
    desk.act(Action.PLAN_REMEDY)
    _make_good(desk)
    desk.act(Action.CLOSE_RESOLVED, "Recibió todo.")
    assert _standing(story, employer) == ("serious-complaint", True)
    handled = desk.opened().handled
    assert [one.due_on - date(2026, 11, 23) for one in handled.follow_ups] == [
        timedelta(days=one) for one in (7, 30, 90)
    ]
    _retaliated(desk)


def _make_good(desk: Desk) -> None:
    plan = RemedyPlan(
        RemedyKind.WAGES_PAID, date(2026, 12, 1), "Paga la finca", Decimal(4200), "HNL"
    )
    identity = uuid4()
    for _ in range(2):
        complaint_remedies.plan_remedy(
            desk.by(), desk.token(), desk.complaint, identity, plan, seen=desk.seen
        )
    (shown,) = desk.opened().content.remedies  # type: ignore[union-attr]
    assert (shown.remedy.plan, shown.remedy.state) == (plan, RemedyState.PLANNED)
    with pytest.raises(Conflict, match="remedy-unverified"):
        desk.act(Action.CLOSE_RESOLVED, "Ya.")
    move = complaint_remedies.move
    move(desk.by(), desk.token(), desk.complaint, identity, RemedyAction.REPORT_DONE, seen=1)
    with pytest.raises(Conflict, match="verified-by-worker"):
        move(
            desk.by(),
            desk.token(),
            desk.complaint,
            identity,
            RemedyAction.VERIFY,
            Verifier.INSPECTION,
            seen=2,
        )
    with pytest.raises(Stale):
        move(desk.by(), desk.token(), desk.complaint, identity, RemedyAction.VERIFY, seen=1)
    move(
        desk.by(),
        desk.token(),
        desk.complaint,
        identity,
        RemedyAction.VERIFY,
        Verifier.COMPLAINANT,
        seen=2,
    )


def _retaliated(desk: Desk) -> None:
    """Seven days later somebody asks, and the case is open again."""
    desk.later(days=7)
    first = desk.opened().handled.follow_ups[0].due_on
    complaint_remedies.follow_up(desk.by(), desk.complaint, first, retaliation=True)
    with pytest.raises(Conflict, match="follow-up-done"):
        complaint_remedies.follow_up(desk.by(), desk.complaint, first, retaliation=False)
    desk.act(Action.REOPEN, "Le quitaron la cama.")
    filed = desk.opened().handled.filed
    assert (filed.status, filed.closed_on, filed.outcome) == (Status.OPEN, None, None)
    assert Flag.RETALIATION_RISK in filed.flags
    assert {kind for kind, _ in kinds(desk)} == {"first-contact", "decision"}
    assert len(desk.opened().handled.follow_ups) == 1


def _employer(story: Story) -> UUID:
    from app.storage import vacancies  # noqa: PLC0415
    from tests.builders import add_vacancy  # noqa: PLC0415

    found = vacancies.find_vacancy(story.session, add_vacancy(story.session, story.ports))
    assert found is not None
    return UUID(found.offer.employer)


def _standing(story: Story, employer: UUID) -> tuple[str, bool]:
    row = story.session.execute(
        text("SELECT kind, settled_on FROM measures WHERE employer = :employer"),
        {"employer": employer},
    ).one()
    return row.kind, row.settled_on is not None


@pytest.mark.feature("H4", "N1")
def test_danger_is_told_until_somebody_reads_it_and_reminders_stop_with_the_case(
    desk: Desk, story: Story
) -> None:
    work = desk.office.work(now=desk.now)
    _ = complain(work, told=None, categories=(Category.VIOLENCE,))
    complaint_terms.begin_clocks(desk.system)
    assert complaint_alarms.raise_alarms(desk.system) == 1
    assert complaint_alarms.raise_alarms(desk.system) == 0
    desk.later(minutes=16)
    assert complaint_alarms.raise_alarms(desk.system) == 1  # again, for nobody has read it
    rows = complaint_desk.list_desk(desk.by())
    danger = next(one for one in rows if one.filed.gravity is Severity.S1)
    desk.complaint = danger.filed.id
    desk.take().act(Action.SCREEN)
    desk.later(hours=1)
    assert complaint_alarms.raise_alarms(desk.system) == 0
    kept = complaint_clocks.list_clocks(story.session, [desk.complaint])[desk.complaint]
    met = next(one.clock for one in kept if one.clock.kind.value == "acknowledge")
    assert met.in_time
    assert met.started_at.minute == met.started_at.hour - 6 == 0  # its hour is told no longer
    desk.later(hours=4)
    assert complaint_alarms.raise_alarms(desk.system) == 1  # nobody protected in time
    assert complaint_alarms.raise_alarms(desk.system) == 0
    desk.later(days=1)
    assert complaint_alarms.tell_digest(desk.system) == 2
    assert complaint_alarms.tell_digest(desk.system) == 0
    _nothing_left_of_the_hour(desk, story)


def _nothing_left_of_the_hour(desk: Desk, story: Story) -> None:
    letters = [row.key for row in story.session.execute(text("SELECT key FROM outbox ORDER BY id"))]
    about = [key for key in letters if key.startswith("complaint")]
    assert about
    assert not [key for key in about if str(desk.complaint) in key]


@pytest.mark.feature("H4", "H3")
def test_who_is_asked_has_ten_working_days_and_silence_closes_nothing(desk: Desk) -> None:
    desk.take().act(Action.SCREEN)
    desk.act(Action.ASK, "¿En qué finca fue?")
    assert ("decision", "paused") in kinds(desk)
    desk.says("En la del río.")
    assert next(iter(complaint_desk.list_desk(desk.by()))).new_message
    desk.later(days=1)
    assert complaint_alarms.take_replies(desk.system) == 1
    assert desk.status is Status.TRIAGE
    desk.act(Action.ASK, "¿Cuándo?")
    desk.later(days=20)
    assert complaint_alarms.take_replies(desk.system) == 1
    assert desk.status is Status.TRIAGE
    assert ClockState.PAUSED.value not in {state for _, state in kinds(desk)}
    with pytest.raises(Invalid) as refused:
        desk.act(Action.WITHDRAW, "Ya no quiere.", checked=[CoercionCheck.SPOKE_ALONE])
    assert [one.code for one in refused.value.faults] == ["coercion-check-missing"]
    desk.act(Action.WITHDRAW, "Ya no quiere.", checked=list(CoercionCheck))
    withdrawn = desk.opened().handled.filed.status
    assert withdrawn is Status.WITHDRAWN
    assert desk.opened().clocks == ()


@pytest.mark.feature("H5")
def test_an_accused_official_goes_outside_and_stays_open_until_the_target_confirms(
    desk: Desk, story: Story
) -> None:
    desk.take().act(Action.SCREEN)
    desk.accept(flags=frozenset({Flag.OFFICIAL_ACCUSED}))
    assert desk.opened().targets == (ReferralTarget.CONADEH, ReferralTarget.PUBLIC_PROSECUTOR)
    with pytest.raises(Conflict, match="goes-outside"):
        desk.act(Action.INVESTIGATE)
    said = HandOver(ReferralTarget.CONADEH, Channel.EMAIL, SECRET, "quejas@conadeh.example")
    code = complaint_referrals.hand_over(desk.by(), desk.complaint, said, seen=desk.seen)
    (referral,) = desk.opened().handled.referrals
    with pytest.raises(Conflict, match="goes-outside"):
        desk.act(Action.INVESTIGATE)
    visitor = desk.office.work(now=desk.now)
    with pytest.raises(NotFound):
        complaint_referrals.open_package(visitor, referral.id, "0000 0000 0000 0000")
    opened = complaint_referrals.open_package(visitor, referral.id, code)
    assert (opened.summary, opened.facts["severity"]) == (SECRET, "s2")
    complaint_referrals.answer_by_code(visitor, referral.id, code, ReferralAction.CONFIRM, "C-77")
    with pytest.raises(Conflict, match="no-such-referral-move"):
        complaint_referrals.answer_by_code(visitor, referral.id, code, ReferralAction.CONFIRM)
    (referral,) = desk.opened().handled.referrals
    assert (referral.state, referral.number) == (ReferralState.CONFIRMED, "C-77")
    desk.act(Action.INVESTIGATE)
    told = story.session.execute(
        text("SELECT payload::text AS said FROM outbox WHERE key LIKE 'complaint-referred%'")
    ).scalar_one()
    assert "CANARIO" not in told
    assert code.replace(" ", "") not in told.replace(" ", "")


@pytest.mark.feature("H5", "D1")
def test_a_partner_authority_confirms_its_own_and_reads_no_content(
    desk: Desk, story: Story
) -> None:
    desk.take().act(Action.SCREEN)
    for target in (ReferralTarget.MINTRAB_GT, ReferralTarget.CONADEH):
        said = HandOver(target, Channel.LETTER, SECRET)
        complaint_referrals.hand_over(desk.by(), desk.complaint, said, seen=desk.seen)
    mintrab, conadeh = sorted(
        desk.opened().handled.referrals, key=lambda one: one.target.value, reverse=True
    )
    partner = add_official(story.session, story.ports, Role.COMPLAINT_HANDLER)
    authority = desk.office.work(
        Actor(partner.person, Role.PARTNER_AUTHORITY, country="GTM"), desk.now
    )
    ((listed, reference),) = complaint_referrals.list_own(authority)
    assert listed.id == mintrab.id
    assert reference == desk.opened().reference
    complaint_referrals.answer_by_account(authority, mintrab.id, ReferralAction.CONFIRM, "GT-1")
    with pytest.raises(Hidden):
        complaint_referrals.answer_by_account(authority, conadeh.id, ReferralAction.CONFIRM)
    with pytest.raises(Forbidden):
        complaint_desk.open_on_desk(authority, "", desk.complaint)
    desk.act(Action.REFER_OUT, "Lo atiende MINTRAB.")
    assert desk.status is Status.REFERRED_OUT


@pytest.mark.feature("N12", "H2", "H6")
def test_protection_shields_the_permit_and_no_row_leads_from_it_to_the_case(
    desk: Desk, story: Story
) -> None:
    lived = signed(story)
    number = show(lived.permit.credential.number)
    desk.take().act(Action.SCREEN)
    desk.accept()
    complaint_acts.protect(desk.by(), desk.token(), desk.complaint, SECRET, number, seen=desk.seen)
    assert Flag.PROTECTION in desk.opened().handled.filed.flags
    complaint_notes.add_note(
        desk.by(), desk.token(), desk.complaint, NoteKind.PERSONAL, "Sólo para mí."
    )
    complaint_notes.add_note(
        desk.by(), desk.token(), desk.complaint, NoteKind.INTERNAL, "Para la oficina."
    )
    read = [
        [one.words for one in opened.content.notes]  # type: ignore[union-attr]
        for opened in (desk.opened(), desk.opened(1))
    ]
    assert sorted(read[0]) == ["Para la oficina.", "Sólo para mí."]
    assert read[1] == ["Para la oficina."]
    shield = story.session.execute(text("SELECT * FROM permit_shields ORDER BY id")).one()
    dump = _dump_of_complaints(story)
    assert "CANARIO" not in dump
    assert str(shield.id) not in dump
    assert str(shield.worker) not in dump
    desk.find(Outcome.UNSUBSTANTIATED)
    desk.act(Action.CLOSE_NO_ACTION, "No se pudo comprobar.")
    ends_on = story.session.execute(text("SELECT ends_on FROM permit_shields")).scalar_one()
    assert ends_on == date(2026, 11, 23) + timedelta(days=90)
    desk.says("Apelo.", Request.APPEAL)
    desk.act(Action.APPEAL, "Pidió apelar.")
    with pytest.raises(Forbidden, match="reviewed-by-another"):
        desk.act(Action.UPHOLD, "Queda así.")
    third = desk.office.join()
    desk.act(Action.UPHOLD, "Queda así.", number=desk.office.handlers.index(third))
    assert desk.status is Status.CLOSED_UPHELD
    _shredded(desk, story)


def _dump_of_complaints(story: Story) -> str:
    tables = story.session.scalars(
        text(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_name LIKE 'complaint%' ORDER BY 1"
        )
    ).all()
    rows = (story.session.execute(text(f"SELECT t::text FROM {one} t")).scalars() for one in tables)
    return "\n".join(line for found in rows for line in found)


def _shredded(desk: Desk, story: Story) -> None:
    desk.now += timedelta(days=800)
    assert complaint_nights.shred_due(desk.system) == 1
    left = {"complaint_steps", "complaint_notes", "complaint_remedies", "complaint_referrals"}
    for table in sorted(left):
        assert story.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0


@pytest.mark.feature("H1", "D1")
def test_who_has_a_part_in_it_opens_it_no_more_and_nobody_else_knows_of_it(
    desk: Desk, story: Story
) -> None:
    complaint_acts.take(desk.by(1), desk.complaint, seen=desk.seen)
    complaint_acts.recuse(desk.by(1), desk.complaint, seen=desk.seen)
    assert desk.opened().handled.filed.handler is None
    with pytest.raises(Forbidden, match="has-a-part"):
        desk.opened(1)
    with pytest.raises(Forbidden, match="has-a-part"):
        complaint_acts.take(desk.by(1), desk.complaint, seen=desk.seen)
    with pytest.raises(Conflict, match="not-your-case"):
        complaint_acts.answer(desk.by(), desk.token(), desk.complaint, "Hola", seen=desk.seen)
    with pytest.raises(Stale):
        complaint_acts.take(desk.by(), desk.complaint, seen=desk.seen + 1)
    for role in (Role.ADMINISTRATOR, Role.SETRASS_SUPERVISOR, Role.AUDITOR):
        work = desk.office.work(add_official(story.session, story.ports, role), desk.now)
        with pytest.raises(Forbidden):
            complaint_desk.open_on_desk(work, "x", desk.complaint)
        with pytest.raises(Forbidden):
            complaint_desk.list_desk(work)
    locked = complaint_desk.open_on_desk(desk.by(), "another session", desk.complaint)
    assert (locked.content, locked.locked_because) == (None, "complaints-locked")
