"""Break-glass: opened with a reason, told at once, read for an hour, judged by another person."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.services import approvals, break_glass, dossiers
from app.services.accounts import add as add_account
from app.services.approvals import Ruling
from app.services.ports import Ports
from app.storage import openings
from app.storage.accounts import Account
from app.storage.audit import audit_events
from app.storage.database import Session
from permits.approvals import Opinion
from permits.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from permits.notices import NoticeKind
from permits.people import Actor, PersonId, Role
from tests.builders import ANSWERS, Story, add_official
from tests.services.keepers import Office

REASON = "La señora Juana Pérez llamó desde la frontera."


class Desk(Office):
    """An office with an official, a data-protection officer and a file that was handed in."""

    def __init__(self, session: Session, ports: Ports) -> None:
        super().__init__(session, ports)
        self.official = self.add(Role.INM_ANALYST)
        self.judge = add_official(session, ports, Role.DATA_PROTECTION_OFFICER)
        self.story = Story(session, ports).start().submit()
        self.receipt = self.story.application.receipt or ""

    def add(self, role: Role) -> Actor:
        """An official of a department where the file is not."""
        actor = Actor(PersonId(uuid4()), role, "Oficial de Ocotepeque", department="HN-OC")
        add_account(self.shell, Account.of(actor, f"{actor.person.hex}@demo.example", ""))
        return actor

    def open(self, actor: Actor | None = None) -> openings.Opening:
        return break_glass.open_file(self.work(actor or self.official), self.receipt, REASON)


@pytest.fixture
def desk(session: Session, ports: Ports) -> Desk:
    return Desk(session, ports)


@pytest.mark.feature("D1", "D8")
def test_a_file_is_opened_for_a_reason_and_the_officer_hears_of_it_at_once(desk: Desk) -> None:
    opening = desk.open()
    file = break_glass.read_opened(desk.work(desk.official), opening.id)
    assert file.case.answers.given_names == ANSWERS["given_names"]
    assert (file.reason, file.opening.ends_at - desk.now) == (REASON, timedelta(hours=1))
    (notice,) = desk.told(NoticeKind.BREAK_GLASS_OPENED)
    assert notice.facts == {
        "receipt": desk.receipt,
        "link": f"{desk.ports.public_url}/proteccion-de-datos/aperturas/{opening.id}",
    }
    about = select(audit_events.c.act, audit_events.c.facts).where(
        audit_events.c.subject == desk.story.id, audit_events.c.person == desk.official.person
    )
    about = about.order_by(audit_events.c.id)
    logged = [(act, facts["purpose"]) for act, facts in desk.session.execute(about)]
    assert logged == [
        ("application:break-glass", "break-glass"),
        ("application:read", "break-glass"),
    ]


@pytest.mark.promise("P15")
@pytest.mark.feature("D1")
def test_an_opened_file_is_read_and_nothing_else(desk: Desk) -> None:
    officer = desk.add(Role.INM_OFFICER)
    desk.open(officer)
    version = desk.story.application.version
    ruling = Ruling(Opinion.APPROVE, (), "")
    work = desk.work(officer)
    with pytest.raises(NotFound, match="no-such-application"):
        approvals.decide_application(work, desk.story.id, ruling, seen_version=version)
    opened = work.reading_opened(desk.story.id)
    with pytest.raises(NotFound, match="no-such-application"):
        approvals.decide_application(opened, desk.story.id, ruling, seen_version=version)
    with pytest.raises(NotFound, match="no-such-application"):
        dossiers.read_dossier(work, desk.story.id)


def test_a_file_within_reach_has_no_glass(desk: Desk) -> None:
    with pytest.raises(Conflict, match="file-within-reach"):
        desk.open(desk.story.inm)


def test_the_reason_stands_sealed(desk: Desk) -> None:
    desk.open()
    row = str(desk.session.execute(select(openings.openings)).all())
    assert "Juana" not in row


def test_a_receipt_is_read_as_people_write_it_and_opened_once(desk: Desk) -> None:
    first = desk.open()
    written = desk.receipt.replace("-", " ")
    again = break_glass.open_file(desk.work(desk.official), f" {written} ", REASON)
    assert again.id == first.id
    assert len(desk.told(NoticeKind.BREAK_GLASS_OPENED)) == 1
    desk.now += timedelta(hours=1)
    assert desk.open().id != first.id


def test_an_opening_ends_and_is_nobody_elses(desk: Desk) -> None:
    opening = desk.open()
    colleague = desk.add(Role.INM_OFFICER)
    with pytest.raises(Forbidden, match="opened-by-another"):
        break_glass.read_opened(desk.work(colleague), opening.id)
    desk.now = opening.ends_at
    with pytest.raises(Forbidden, match="opening-is-over"):
        break_glass.read_opened(desk.work(desk.official), opening.id)
    with pytest.raises(Forbidden, match="opening-is-over"):
        break_glass.read_opened_document(desk.work(desk.official), opening.id, uuid4())
    with pytest.raises(NotFound, match="no-such-opening"):
        break_glass.read_opened(desk.work(desk.official), uuid4())


@pytest.mark.promise("P19")
def test_guessing_receipts_is_slowed_down(desk: Desk) -> None:
    codes = []
    for number in range(11):
        try:
            break_glass.open_file(desk.work(desk.official), f"2026-0000-{number:04d}", REASON)
        except DomainError as error:
            codes.append(error.code)
    assert codes == ["no-such-application"] * 10 + ["too-many-tries"]


def test_nobody_without_a_reason_or_a_right_opens_a_file(desk: Desk) -> None:
    with pytest.raises(Invalid):
        break_glass.open_file(desk.work(desk.official), desk.receipt, "porque sí")
    for actor in (desk.first, desk.judge, desk.story.worker):
        with pytest.raises(Forbidden, match="not-permitted"):
            desk.open(actor)
    assert desk.told(NoticeKind.BREAK_GLASS_OPENED) == []


@pytest.mark.feature("D8")
def test_the_officer_reads_why_and_judges_once(desk: Desk) -> None:
    opening = desk.open()
    work = desk.work(desk.judge)
    page = break_glass.list_openings(work, reviewed=False)
    assert ([one.id for one in page.openings], page.waiting, page.next) == ([opening.id], 1, None)
    told = break_glass.read_opening(work, opening.id)
    assert (told.reason, told.note) == (REASON, "")
    with pytest.raises(Invalid):
        break_glass.review_opening(work, opening.id, justified=True, note="")

    break_glass.review_opening(work, opening.id, justified=False, note="No había prisa.")

    told = break_glass.read_opening(work, opening.id)
    assert (told.opening.justified, told.note) == (False, "No había prisa.")
    with pytest.raises(Conflict, match="already-reviewed"):
        break_glass.review_opening(work, opening.id, justified=True, note="Sí había.")
    assert break_glass.list_openings(work, reviewed=False).waiting == 0
    for actor in (desk.official, desk.first):
        with pytest.raises(Forbidden, match="not-permitted"):
            break_glass.read_opening(desk.work(actor), opening.id)


def test_openings_are_paged(desk: Desk) -> None:
    for _ in range(break_glass.PAGE + 1):
        desk.open()
        desk.now += timedelta(hours=1)
    work = desk.work(desk.judge)
    first = break_glass.list_openings(work)
    assert first.next is not None
    second = break_glass.list_openings(work, before=first.next)
    assert (len(first.openings), len(second.openings), second.next) == (break_glass.PAGE, 1, None)
