"""Two people and a document bring a worker back in; the phone of before may undo it for a day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.services import effects, housekeeping, recoveries, returning, sign_in
from app.services.accounts import IDENTITY
from app.services.ports import Ports
from app.services.recoveries import SEARCHES
from app.services.work import Work
from app.storage import audit, factors, people
from app.storage.database import Session
from app.storage.factors import Factor, FactorKind
from permits.audit import Act
from permits.errors import Conflict, Fault, Forbidden, Invalid, NotFound, Unauthenticated
from permits.identity_documents import IdentityKind
from permits.people import NOBODY, SYSTEM, Actor, Role
from permits.recoveries import Compared, RecoveryId, RecoveryRefusal, RecoveryStatus
from tests.builders import CUI, NOW, PHONE, Story, add_official, work_of
from tests.outside import Letterbox

BORN = date(1994, 3, 27)
NEW_PHONE = "+50255598765"
ADDRESS = "192.0.2.7"
DPI = IdentityKind.GT_DPI


@dataclass
class Office:
    """The people of one recovery, at some instant."""

    story: Story
    facilitator: Actor
    supervisor: Actor

    def work(self, actor: Actor = NOBODY, **later: float) -> Work:
        work = work_of(self.story.session, actor, self.story.ports, NOW + timedelta(**later))
        fresh = replace(actor, proven_until=work.now + timedelta(minutes=1))
        return work.as_actor(fresh if actor is not NOBODY else actor)

    def begin(self) -> RecoveryId:
        found = recoveries.look_up(self.work(self.facilitator), DPI, "1234 56789 2004", BORN)
        assert found.recovery is not None
        return found.recovery.id

    def ask(self, recovery: RecoveryId, phone: str = NEW_PHONE) -> str:
        work = self.work(self.facilitator)
        assert recoveries.ask(work, recovery, set(Compared), phone, ("es", ADDRESS))
        return self.sent(phone, "'code': '")[:6]

    def sent(self, phone: str, after: str) -> str:
        """What follows these words in the newest message to a phone."""
        while effects.run_next_effect(self.work(SYSTEM)):
            pass
        box = self.story.ports.messenger
        assert isinstance(box, Letterbox)
        bodies = [one.body for one in box.letters.values() if one.recipient == phone]
        return [body for body in bodies if after in body][-1].split(after)[1]

    def waiting(self) -> RecoveryId:
        recovery = self.begin()
        code = self.ask(recovery)
        assert recoveries.prove_phone(self.work(self.facilitator), recovery, code)
        return recovery

    def phone(self) -> str:
        worker = people.find_worker(self.story.session, self.story.worker.person)
        assert worker is not None
        return worker.phone


@pytest.fixture
def office(session: Session, ports: Ports) -> Office:
    facilitator = add_official(session, ports, Role.FACILITATOR)
    supervisor = add_official(session, ports, Role.INM_SUPERVISOR)
    return Office(Story(session, ports).start().submit(), facilitator, supervisor)


@pytest.mark.asvs("2.3.5", "6.4.3")
def test_two_people_change_the_phone_and_end_what_was_open(office: Office) -> None:
    before = sign_in.open_session(office.work(), office.story.worker, "test").token
    old_code = office.sent(PHONE, "draft-started {'code': '")[:8]
    person = office.story.worker.person
    passkey = Factor(uuid4(), person, FactorKind.PASSKEY, "Mi teléfono", NOW)
    passkey = replace(passkey, credential=b"c", public_key=b"k", sign_count=0)
    event = office.work().event(Act.FACTOR_ADDED, person, {"kind": "passkey"})
    factors.add_factor(office.story.session, passkey, event=event)
    recovery = office.waiting()
    assert office.phone() == PHONE
    recoveries.approve(office.work(office.supervisor), recovery)
    assert office.phone() == NEW_PHONE
    assert sign_in.authenticate(office.story.session, before, NOW) == NOBODY
    assert sign_in.resume(office.work(), NEW_PHONE, old_code, ADDRESS).refusal
    assert factors.list_factors(office.story.session, person) == []

    code = recoveries.show_code(office.work(office.facilitator), recovery)
    back = sign_in.resume(office.work(), NEW_PHONE, code, ADDRESS)
    assert back.actor == office.story.worker
    with pytest.raises(Conflict):
        recoveries.show_code(office.work(office.facilitator), recovery)


def test_the_log_tells_every_step_and_nobodys_number(office: Office) -> None:
    recovery = office.waiting()
    recoveries.approve(office.work(office.supervisor), recovery)
    recoveries.show_code(office.work(office.facilitator), recovery)
    about = audit.list_events(office.story.session, office.story.worker.person)
    acts = [event.act for event in about if event.act.value.startswith("recovery:")]
    assert acts == [
        Act.RECOVERY_SEARCHED,
        Act.RECOVERY_BEGUN,
        Act.RECOVERY_ASKED,
        Act.RECOVERY_PROVED,
        Act.RECOVERY_APPROVED,
        Act.RECOVERY_CODE_SHOWN,
    ]
    for secret in (CUI, PHONE, NEW_PHONE, "1994"):
        assert secret not in str([event.facts for event in about])


@pytest.mark.parametrize(
    ("kind", "number", "born"),
    [
        (DPI, "1234567892005", BORN),
        (DPI, CUI, date(1994, 3, 28)),
        (IdentityKind.PASSPORT, CUI, BORN),
        (DPI, "", BORN),
    ],
)
def test_only_what_fits_exactly_is_found(
    office: Office, kind: IdentityKind, number: str, born: date
) -> None:
    found = recoveries.look_up(office.work(office.facilitator), kind, number, born)
    assert found == recoveries.LookUp()


@pytest.mark.promise("P19")
def test_a_facilitator_may_not_fish(office: Office) -> None:
    work = office.work(office.facilitator)
    looked = [recoveries.look_up(work, DPI, f"{n:013d}", BORN) for n in range(SEARCHES.tries + 1)]
    assert [one.too_many for one in looked] == [False] * SEARCHES.tries + [True]
    other = add_official(office.story.session, office.story.ports, Role.FACILITATOR)
    assert not recoveries.look_up(office.work(other), DPI, CUI, BORN).too_many


def test_what_is_compared_and_proved_comes_before_the_decision(office: Office) -> None:
    recovery = office.begin()
    work = office.work(office.facilitator)
    with pytest.raises(Invalid) as refused:
        recoveries.ask(work, recovery, {Compared.PHOTO}, NEW_PHONE, ("es", ADDRESS))
    assert refused.value.faults == (Fault("compare-everything", "compared"),)
    assert not recoveries.prove_phone(work, recovery, "000000")
    office.ask(recovery)
    assert not recoveries.prove_phone(work, recovery, "x")
    with pytest.raises(Conflict, match="recovery-moved-on"):
        recoveries.approve(office.work(office.supervisor), recovery)
    assert recoveries.list_waiting(office.work(office.supervisor)) == []


def test_a_code_for_another_phone_proves_nothing(office: Office) -> None:
    recovery = office.begin()
    first = office.ask(recovery)
    second = office.ask(recovery, "+50255511111")
    work = office.work(office.facilitator)
    assert first == second or not recoveries.prove_phone(work, recovery, first)
    assert recoveries.prove_phone(work, recovery, second)


@pytest.mark.promise("P3")
@pytest.mark.asvs("15.4.2")
def test_a_decision_counts_once_and_in_time(office: Office) -> None:
    recovery = office.waiting()
    with pytest.raises(Conflict, match="recovery-is-over"):
        recoveries.approve(office.work(office.supervisor, hours=2), recovery)
    recoveries.approve(office.work(office.supervisor, minutes=119), recovery)
    with pytest.raises(Conflict, match="recovery-moved-on"):
        recoveries.approve(office.work(office.supervisor), recovery)
    work = office.work(office.supervisor)
    with pytest.raises(Conflict, match="recovery-moved-on"):
        recoveries.refuse(work, recovery, RecoveryRefusal.NOT_THE_PERSON)


def test_a_refusal_changes_nothing(office: Office) -> None:
    recovery = office.waiting()
    token = sign_in.open_session(office.work(), office.story.worker, "test").token
    recoveries.refuse(office.work(office.supervisor), recovery, RecoveryRefusal.NOT_THE_PERSON)
    assert office.phone() == PHONE
    assert sign_in.authenticate(office.story.session, token, NOW) == office.story.worker
    with pytest.raises(Conflict):
        recoveries.show_code(office.work(office.facilitator), recovery)


@pytest.mark.promise("P3")
def test_nobody_does_both_halves_or_their_own(office: Office) -> None:
    session, ports = office.story.session, office.story.ports
    recovery = office.waiting()
    both = replace(office.facilitator, role=Role.SETRASS_SUPERVISOR)
    with pytest.raises(Forbidden, match="own-recovery"):
        recoveries.approve(office.work(both), recovery)
    for role in (Role.FACILITATOR, Role.SETRASS_OFFICER, Role.ADMINISTRATOR):
        with pytest.raises(Forbidden, match="not-permitted"):
            recoveries.approve(office.work(add_official(session, ports, role)), recovery)
    other = add_official(session, ports, Role.FACILITATOR)
    with pytest.raises(NotFound):
        recoveries.read_own(office.work(other), recovery)
    stale = office.work(office.supervisor)
    stale = stale.as_actor(replace(stale.actor, proven_until=NOW))
    with pytest.raises(Unauthenticated, match="proof-needed"):
        recoveries.approve(stale, recovery)


@pytest.mark.parametrize("own", ["document", "phone"])
def test_a_facilitator_does_not_recover_themselves(office: Office, own: str) -> None:
    session, ports = office.story.session, office.story.ports
    index = ports.vault.index(IDENTITY, CUI) if own == "document" else None
    session.execute(
        text("UPDATE accounts SET identity_index = :i, phone = :p WHERE person = :person"),
        {
            "i": index,
            "p": PHONE if own == "phone" else None,
            "person": office.facilitator.person,
        },
    )
    with pytest.raises(Forbidden, match="own-recovery"):
        office.begin()


def test_an_officials_phone_is_not_taken(office: Office) -> None:
    office.story.session.execute(
        text("UPDATE accounts SET phone = :p WHERE person = :person"),
        {"p": NEW_PHONE, "person": office.facilitator.person},
    )
    with pytest.raises(Invalid) as refused:
        office.ask(office.begin())
    assert [fault.code for fault in refused.value.faults] == ["phone-of-an-official"]


@pytest.mark.promise("P3")
@pytest.mark.parametrize(
    "attack",
    [
        "decided_by = asked_by, decided_at = now(), status = 'approved'",
        "decided_by = worker, decided_at = now(), status = 'approved'",
        "status = 'approved'",
        "status = 'waiting', new_phone = NULL",
        "code_shown_at = now()",
    ],
)
def test_the_database_refuses_what_the_service_would(office: Office, attack: str) -> None:
    recovery = office.waiting()
    with pytest.raises(IntegrityError):
        office.story.session.execute(
            text(f"UPDATE recoveries SET {attack} WHERE id = :id"),
            {"id": recovery},
        )


def test_another_recovery_drops_the_one_before(office: Office) -> None:
    first = office.waiting()
    second = office.begin()
    with pytest.raises(Conflict, match="recovery-moved-on"):
        recoveries.approve(office.work(office.supervisor), first)
    own = recoveries.read_own(office.work(office.facilitator), second)
    assert own.status is RecoveryStatus.BEGUN


def test_the_phones_are_forgotten_after_a_month_and_who_decided_is_not(office: Office) -> None:
    recovery = office.waiting()
    recoveries.approve(office.work(office.supervisor), recovery)
    for days, kept in ((29, (PHONE, NEW_PHONE)), (31, ("", ""))):
        housekeeping.forget_old_rows(office.work(SYSTEM, days=days))
        found = recoveries.read_own(office.work(office.facilitator), recovery)
        assert (found.old_phone, found.new_phone) == kept
        assert found.decided_by == office.supervisor.person


def test_the_phone_of_before_undoes_it_within_a_day(office: Office) -> None:
    recovery = office.waiting()
    recoveries.approve(office.work(office.supervisor), recovery)
    code = recoveries.show_code(office.work(office.facilitator), recovery)
    token = sign_in.resume(office.work(), NEW_PHONE, code, ADDRESS).token
    link = office.sent(PHONE, "/no-fui-yo/")[:22]
    open_at = [recoveries.find_objection(office.work(hours=hours), link) for hours in (23, 24)]
    assert open_at == [True, False]
    recoveries.object_to(office.work(hours=23), link)
    assert office.phone() == PHONE
    assert sign_in.authenticate(office.story.session, token, NOW) == NOBODY
    assert sign_in.resume(office.work(), PHONE, code, ADDRESS).refusal
    assert len(recoveries.list_objected(office.work(office.supervisor))) == 1
    with pytest.raises(NotFound):
        recoveries.object_to(office.work(hours=23), link)
    returning.ask_to_return(office.work(), PHONE, "browser", "es", ADDRESS)
    back = office.sent(PHONE, "phone-code {'code': '")[:6]
    entered = returning.return_by_code(office.work(), "browser", back, ADDRESS)
    assert entered.signed_in.actor == office.story.worker
