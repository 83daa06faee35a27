"""The code on paper: every try costs one slow hash, and no stranger's draft stands in the way."""

from dataclasses import dataclass, field, replace

import pytest

from app.adapters.vault import DataKeys, MemoryVault
from app.services import applications, own_access, resume_codes, sign_in
from app.services.ports import Passwords, Ports
from app.services.session_limits import PROOF
from app.services.sign_in import Refusal
from app.storage import people
from app.storage.database import Session
from app.storage.people import HOUSEHOLD
from permits.audit import Act
from permits.people import NOBODY, Actor
from tests.builders import NOW, PHONE, Story, work_of

NOBODYS_PHONE, OTHER_PHONE = "+50255500099", "+50255500098"
ADDRESS = "192.0.2.7"


@dataclass
class Counted:
    """Passwords as they are, with a list of how often one was checked against what."""

    real: Passwords
    checked: list[bool] = field(default_factory=list)

    def hash(self, secret: str) -> str:
        return self.real.hash(secret)

    def verify(self, secret: str, hashed: str | None) -> bool:
        self.checked.append(hashed is not None)
        return self.real.verify(secret, hashed)


@pytest.fixture
def passwords(ports: Ports) -> Counted:
    return Counted(ports.passwords)


@pytest.fixture
def counted(ports: Ports, passwords: Counted) -> Ports:
    return replace(ports, passwords=passwords)


def begin(session: Session, ports: Ports, count: int, phone: str = PHONE) -> dict[str, Actor]:
    """So many begin on one phone; each code and whose it is."""
    work = work_of(session, NOBODY, ports)
    begun = [
        applications.start_application(work, "coffee-hn-gt", phone, "es") for _ in range(count)
    ]
    return {one.resume_code: one.actor for one in begun}


@pytest.mark.promise("P18")
@pytest.mark.asvs("6.3.8")
@pytest.mark.parametrize("household", [0, 1, 4, 12])
def test_a_wrong_code_costs_one_slow_hash_whoever_has_the_phone(
    session: Session, counted: Ports, passwords: Counted, household: int
) -> None:
    begin(session, counted, household)
    work = work_of(session, NOBODY, counted)
    for code in ("00000000", "0000 0000", "", "1" * 200, "٣"):
        passwords.checked.clear()
        assert sign_in.resume(work, PHONE, code, ADDRESS).refusal is Refusal.WRONG
        assert passwords.checked == [False]


@pytest.mark.promise("P18")
@pytest.mark.feature("W11")
def test_each_of_a_brigade_comes_in_by_their_own_code_for_one_slow_hash(
    session: Session, counted: Ports, passwords: Counted
) -> None:
    work = work_of(session, NOBODY, counted)
    for code, actor in begin(session, counted, 12).items():
        passwords.checked.clear()
        assert sign_in.resume(work, PHONE, f"{code[:4]} {code[4:]}", ADDRESS).actor == actor
        assert passwords.checked == [True]


def test_a_code_opens_nothing_on_another_phone(session: Session, ports: Ports) -> None:
    (code,) = begin(session, ports, 1)
    begin(session, ports, 1, OTHER_PHONE)
    work = work_of(session, NOBODY, ports)
    for phone in (OTHER_PHONE, NOBODYS_PHONE):
        assert sign_in.resume(work, phone, code, ADDRESS).refusal is Refusal.WRONG


def test_the_code_goes_along_to_another_phone(session: Session, ports: Ports, story: Story) -> None:
    worker = replace(story.start().worker, proven_until=NOW + PROOF)
    code = own_access.renew_resume_code(work_of(session, worker, ports))
    before = people.find_worker(session, worker.person)
    assert before is not None
    event = work_of(session, worker, ports).event(Act.PHONE_CHANGED, worker.person)
    people.set_phone(session, before, OTHER_PHONE, event=event)
    work = work_of(session, NOBODY, ports)
    assert sign_in.resume(work, PHONE, code, ADDRESS).refusal is Refusal.WRONG
    assert sign_in.resume(work, OTHER_PHONE, code, ADDRESS).actor == story.worker


def test_what_is_kept_of_a_code_is_no_hash_of_it_without_the_key(
    session: Session, ports: Ports
) -> None:
    """The same digits have the same index; with another key they have another."""
    (code,) = begin(session, ports, 1)
    one, same = resume_codes.keep(ports, code), resume_codes.keep(ports, code)
    other = resume_codes.keep(replace(ports, vault=MemoryVault(DataKeys.fresh())), code)
    assert (one.index == same.index, one.index == other.index) == (True, False)
    assert one.slow_hash != same.slow_hash
    assert code not in one.slow_hash
    assert code.encode() not in one.index


@pytest.mark.promise("P19")
def test_drafts_of_strangers_push_nobody_out(session: Session, ports: Ports, story: Story) -> None:
    """Whoever began and handed in before stays on the list, and their code on paper works."""
    worker = replace(story.start().submit().worker, proven_until=NOW + PROOF)
    code = own_access.renew_resume_code(work_of(session, worker, ports))
    begin(session, ports, HOUSEHOLD)
    work = work_of(session, NOBODY, ports)
    assert sign_in.resume(work, PHONE, code, ADDRESS).actor == story.worker
    named = people.list_household(session, PHONE)
    assert (len(named), named[0].person) == (HOUSEHOLD, story.worker.person)
