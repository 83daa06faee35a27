"""A code by SMS: for the phone that is known, for the browser that asked, once, in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.services import effects, housekeeping, own_access, returning, sign_in
from app.services.ports import Ports
from app.services.sign_in import Refusal
from app.services.work import Work
from app.storage import audit, outbox, people
from app.storage.database import Session
from permits.audit import Act
from permits.errors import Fault, Invalid, Unauthenticated
from permits.people import NOBODY, SYSTEM, Actor
from tests.builders import NOW, PHONE, Story, work_of
from tests.outside import Letterbox

NEW_PHONE = "+50255598765"
ADDRESS = "192.0.2.7"


@pytest.fixture
def at(session: Session, ports: Ports) -> Callable[..., Work]:
    """Work of a visitor, or of somebody, some minutes after the beginning."""

    def work(minutes: float = 0, actor: Actor = NOBODY) -> Work:
        return work_of(session, actor, ports, NOW + timedelta(minutes=minutes))

    return work


@pytest.fixture
def sent(ports: Ports) -> Callable[[str], list[str]]:
    """The digits of every code that a phone was sent, in order."""

    def codes(phone: str) -> list[str]:
        assert isinstance(ports.messenger, Letterbox)
        letters = ports.messenger.letters.values()
        bodies = [
            one.body for one in letters if one.recipient == phone and "phone-code" in one.body
        ]
        return [body.split("'code': '")[1][:6] for body in bodies]

    return codes


At = Callable[..., Work]
Sent = Callable[[str], list[str]]


def ask(work: Work, token: str = "browser", phone: str = PHONE, address: str = ADDRESS) -> bool:
    """Ask for a code, and let the worker process send what is due."""
    asked = returning.ask_to_return(work, phone, token, "es", address)
    send(work)
    return asked


def send(work: Work) -> None:
    while effects.run_next_effect(work.as_actor(SYSTEM)):
        pass


def test_the_code_signs_in_once_and_only_the_browser_that_asked(
    story: Story, at: At, sent: Sent
) -> None:
    story.start()
    assert ask(at())
    (code,) = sent(PHONE)
    other = returning.return_by_code(at(1), "another browser", code, ADDRESS)
    assert other.signed_in.refusal is Refusal.WRONG
    proved = returning.return_by_code(at(1), "browser", f"{code[:3]} {code[3:]}", ADDRESS)
    assert proved.signed_in.actor == story.worker
    assert sign_in.authenticate(at().session, proved.signed_in.token, at(2).now) == story.worker
    again = returning.return_by_code(at(2), "browser", code, ADDRESS)
    assert again.signed_in.refusal is Refusal.WRONG


@pytest.mark.parametrize(("minutes", "lets_in"), [(9.9, True), (10, False)])
def test_a_code_holds_ten_minutes(
    story: Story, at: At, sent: Sent, minutes: float, lets_in: bool
) -> None:
    story.start()
    ask(at())
    proved = returning.return_by_code(at(minutes), "browser", sent(PHONE)[0], ADDRESS)
    assert (proved.signed_in.refusal is None) is lets_in


def test_after_five_wrong_guesses_the_right_code_is_wrong_too(
    story: Story, at: At, sent: Sent
) -> None:
    story.start()
    ask(at())
    (code,) = sent(PHONE)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(5):
        tried = returning.return_by_code(at(), "browser", wrong, ADDRESS)
        assert tried.signed_in.refusal is Refusal.WRONG
    assert returning.return_by_code(at(), "browser", code, ADDRESS).signed_in.refusal


def test_the_newest_code_is_the_only_one(story: Story, at: At, sent: Sent) -> None:
    story.start()
    ask(at(), "first")
    ask(at(1), "second")
    first, second = sent(PHONE)
    assert returning.return_by_code(at(2), "first", first, ADDRESS).signed_in.refusal
    assert returning.return_by_code(at(2), "second", first, ADDRESS).signed_in.refusal or (
        first == second
    )
    assert not returning.return_by_code(at(2), "second", second, ADDRESS).signed_in.refusal


@pytest.mark.promise("P18")
@pytest.mark.asvs("6.3.8")
def test_an_unknown_phone_is_answered_alike_and_is_sent_nothing(
    story: Story, at: At, sent: Sent
) -> None:
    story.start()
    assert ask(at(), "known") == ask(at(), "unknown", NEW_PHONE) is True
    assert (len(sent(PHONE)), sent(NEW_PHONE)) == (1, [])
    assert returning.find_phone(at(), "unknown") == NEW_PHONE
    for guess in ("", "000000", sent(PHONE)[0]):
        tried = returning.return_by_code(at(), "unknown", guess, ADDRESS)
        assert (tried.signed_in.refusal, tried.household) == (Refusal.WRONG, ())


@pytest.mark.promise("P19")
@pytest.mark.asvs("6.3.1")
def test_a_phone_gets_five_codes_an_hour_and_a_village_may_ask_for_more(
    story: Story, at: At, sent: Sent
) -> None:
    story.start()
    assert [ask(at()) for _ in range(6)] == [True] * 5 + [False]
    assert len(sent(PHONE)) == 5
    others = [ask(at(), f"b{n}", f"+5025551{n:04d}") for n in range(100)]
    assert all(others)
    assert ask(at(61))


@pytest.mark.asvs("6.5.5")
def test_the_code_stands_in_no_table_once_it_is_worth_nothing(
    story: Story, at: At, sent: Sent
) -> None:
    story.start()
    ask(at())
    (code,) = sent(PHONE)
    session = at().session
    rows = session.scalars(
        select(outbox.outbox.c.payload).where(outbox.outbox.c.kind == "phone-code")
    )
    assert all(code not in str(row) for row in rows)
    assert code in str(outbox.list_messages(session, 10, PHONE))
    housekeeping.forget_old_rows(at(10.1, SYSTEM))
    assert code not in str(outbox.list_messages(session, 10, PHONE))
    assert outbox.list_messages(session, 10, PHONE)  # what else was told stays


def test_who_shares_a_phone_chooses_by_given_name_after_the_code(
    session: Session, ports: Ports, at: At, sent: Sent
) -> None:
    mother = Story(session, ports).start(given_names="Marta")
    son = Story(session, ports).start(given_names="Luis")
    ask(at())
    assert returning.list_household(at(), "browser") == []
    assert returning.choose_person(at(), "browser", son.worker.person).refusal is Refusal.WRONG
    proved = returning.return_by_code(at(), "browser", sent(PHONE)[0], ADDRESS)
    assert proved.signed_in.token == ""
    assert {one.given_names for one in proved.household} == {"Marta", "Luis"}
    stranger = Story(session, ports).worker.person
    assert returning.choose_person(at(), "browser", stranger).refusal is Refusal.WRONG
    assert returning.list_household(at(), "other browser") == []
    assert returning.choose_person(at(), "browser", mother.worker.person).actor == mother.worker
    assert returning.choose_person(at(), "browser", son.worker.person).refusal is Refusal.WRONG


def fresh(actor: Actor) -> Actor:
    return replace(actor, proven_until=NOW + timedelta(minutes=15))


@pytest.mark.asvs("7.5.1")
@pytest.mark.feature("W10")
def test_a_new_number_is_proved_and_the_old_one_is_told(
    story: Story, at: At, sent: Sent, ports: Ports
) -> None:
    story.start()
    worker = fresh(story.worker)
    assert own_access.ask_new_phone(at(0, worker), NEW_PHONE, "es", ADDRESS)
    send(at())
    (code,) = sent(NEW_PHONE)
    assert not own_access.change_phone(at(1, worker), "0" * 5)
    assert own_access.change_phone(at(1, worker), code)
    send(at(1))
    found = people.find_worker(at().session, story.worker.person)
    assert found is not None
    assert found.phone == NEW_PHONE
    assert isinstance(ports.messenger, Letterbox)
    told = [one.recipient for one in ports.messenger.letters.values() if "changed" in one.body]
    assert told == [PHONE]
    ask(at(2), "old phone")
    assert returning.return_by_code(at(2), "old phone", "000000", ADDRESS).signed_in.refusal
    assert len(sent(PHONE)) == 0
    assert not own_access.change_phone(at(3, worker), code)


def test_a_new_number_changes_on_the_file_too(story: Story, at: At, sent: Sent) -> None:
    story.start().submit()
    worker = fresh(story.worker)
    own_access.ask_new_phone(at(0, worker), NEW_PHONE, "es", ADDRESS)
    send(at())
    own_access.change_phone(at(0, worker), sent(NEW_PHONE)[0])
    version = story.application.version
    story.approve()  # what is decided on did not change
    assert story.application.version > version


@pytest.mark.asvs("7.5.1")
def test_own_access_asks_for_a_fresh_proof_and_another_number(story: Story, at: At) -> None:
    story.start()
    with pytest.raises(Unauthenticated, match="proof-needed"):
        own_access.ask_new_phone(at(16, fresh(story.worker)), NEW_PHONE, "es", ADDRESS)
    with pytest.raises(Unauthenticated, match="proof-needed"):
        own_access.renew_resume_code(at(0, story.worker))
    with pytest.raises(Invalid) as same:
        own_access.ask_new_phone(at(0, fresh(story.worker)), PHONE, "es", ADDRESS)
    assert same.value.faults == (Fault("phone-is-yours-already", "phone"),)


def test_a_new_resume_code_kills_the_old_one(story: Story, at: At, ports: Ports) -> None:
    story.start()
    code = own_access.renew_resume_code(at(0, fresh(story.worker)))
    assert sign_in.resume(at(), PHONE, code, ADDRESS).actor == story.worker
    send(at())
    assert isinstance(ports.messenger, Letterbox)
    started = next(o.body for o in ports.messenger.letters.values() if "draft-started" in o.body)
    old = started.split("'code': '")[1][:8]
    assert sign_in.resume(at(), PHONE, old, ADDRESS).refusal is Refusal.WRONG
    about = audit.list_events(at().session, story.worker.person)
    assert [event.act for event in about if event.act is Act.RESUME_CODE_RENEWED]
    assert code not in str(about)
