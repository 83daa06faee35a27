"""Filing, the number, the conversation and the evidence: both sides read it, and nobody else."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.services import (
    complaint_evidence,
    complaint_filing,
    complaint_numbers,
    complaint_talk,
)
from app.services.complaint_evidence import Received
from app.services.complaint_filing import Sent
from app.services.complaint_numbers import Ticket
from app.services.ports import Ports
from app.services.work import Work
from app.storage import complaints
from app.storage.database import Session
from permits.errors import Conflict, Invalid
from recruitment.complaints.custody import Reason
from recruitment.complaints.filed import MOST_FILES, ComplaintId, Filed, Side, Told
from recruitment.complaints.words import Category, DangerSign, Filing, Flag, Request, Severity
from tests.builders import NOW
from tests.complained import WORDS, Office, complain
from tests.memory_files import MemoryObjects

OLDER = (Filing.ANONYMOUS, (Category.HOURS,), Severity.S3, None, NOW.date())
PLACE = b"Finca El Secreto, 14.84 N 89.15 O"


@pytest.fixture
def office(session: Session, ports: Ports) -> Office:
    return Office(session, ports).ready()


def photo() -> bytes:
    """A JPEG that says where it was taken."""
    packed, exif = BytesIO(), Image.Exif()
    exif[0x010E] = PLACE.decode()
    Image.new("RGB", (200, 200), "green").save(packed, "JPEG", exif=exif)
    return packed.getvalue()


def sent_again(work: Work, ticket: Ticket, sent: Sent) -> None:
    """From the other language it is the same; written anew it is refused, or it would get lost."""
    english = replace(sent, told=replace(sent.told, language="en"))
    complaint_filing.file_complaint(work, ticket, english)
    paper = Received("files", partial(bytes, b"%PDF-1.7 recibo"))
    for other in (
        replace(sent, told=Told(WORDS, frozenset({DangerSign.THREATENED}))),
        replace(sent, categories=(Category.VIOLENCE,)),
        replace(sent, files=[paper]),
    ):
        with pytest.raises(Conflict, match="form-used"):
            complaint_filing.file_complaint(work, ticket, other)


@pytest.mark.feature("C2")
def test_a_form_sent_twice_keeps_one_complaint_and_gives_one_number(office: Office) -> None:
    work = office.work()
    text = complaint_numbers.make_ticket(work)
    ticket = complaint_numbers.read_ticket(work, text)
    assert ticket is not None
    sent = Sent(Filing.ANONYMOUS, (Category.WAGE_UNPAID,), Told(WORDS))
    for _ in range(2):
        complaint_filing.file_complaint(work, ticket, sent)
    sent_again(work, ticket, sent)
    assert work.session.scalar(select(func.count()).select_from(complaints.complaints)) == 1
    found = complaint_numbers.open_by_number(work, ticket.digits)
    again = complaint_numbers.open_by_number(work, ticket.digits)
    assert found is not None
    assert again is not None
    assert (found.first_return, again.first_return) == (True, False)
    assert found.seal == again.seal == office.open(ticket.complaint)
    assert complaint_numbers.open_by_number(work, f"{int(ticket.digits) ^ 1:016d}") is None
    # A number that was hashed at an older cost opens as well.
    filed, digits = Filed(ComplaintId(work.new_id()), *OLDER), "0" * 16
    complaints.add_complaint(work.session, filed)
    older = complaint_numbers.keys_of(work, digits, complaint_numbers.OLDER_COSTS[0])
    seal = complaint_filing.seal_case(work, filed, Told(WORDS), older)
    opened = complaint_numbers.open_by_number(work, digits)
    assert opened is not None
    assert opened.seal == seal
    # What rides in forms opens for its time, and only as what it is.
    carried = complaint_numbers.make_pass(work, found.seal)
    assert complaint_numbers.read_pass(work, carried) == found.seal
    late = replace(work, now=NOW + timedelta(minutes=30))
    assert complaint_numbers.read_pass(late, carried) is None
    for wrong in ("", "é", carried[:-4], text):
        assert complaint_numbers.read_pass(work, wrong) is None
    assert complaint_numbers.read_ticket(replace(work, now=NOW + timedelta(days=3)), text) is None


@pytest.mark.feature("C1")
@pytest.mark.feature("C5")
@pytest.mark.feature("C6")
def test_everything_that_is_wrong_is_told_at_once(office: Office) -> None:
    work = office.work()
    ticket = complaint_numbers.read_ticket(work, complaint_numbers.make_ticket(work))
    assert ticket is not None
    files = [Received("files", partial(bytes, data)) for data in (b"hola", b"")]
    nameless = Sent(Filing.NAMED, (), Told(""), files=files)
    nobody_says = Sent(Filing.ANONYMOUS, (Category.HOURS,), Told(WORDS, name="Ana"))
    expected = {
        "complaint-about-missing",
        "complaint-name-missing",
        "evidence-unknown-kind",
        "file-empty",
    }
    for sent, codes in ((nameless, expected), (nobody_says, {"complaint-names-anonymous"})):
        with pytest.raises(Invalid) as refused:
            complaint_filing.file_complaint(work, ticket, sent)
        assert {fault.code for fault in refused.value.faults} == codes
    for filing in (Filing.NAMED, Filing.THIRD_PARTY, Filing.OFFICIAL):
        told = Told(WORDS, name="Ana Ficticia", reach="9988-0000", about="mi hermano")
        one = complain(work, told=told, filing=filing)
        read = complaint_talk.read_conversation(work, office.open(one.id))
        assert (read.told, read.filed.filing) == (told, filing)


@pytest.mark.feature("C3")
def test_both_sides_talk_under_the_number_and_the_phrase(office: Office) -> None:
    signs = frozenset({DangerSign.DOCUMENT_HELD, DangerSign.THREATENED})
    one, [handler] = complain(office.work(), told=Told(WORDS, signs)), office.handlers
    found = complaint_numbers.open_by_number(office.work(), one.digits)
    assert found is not None
    mine, theirs = found.seal, office.open(one.id)
    complaint_talk.answer(office.work(handler), theirs, "¿Dónde están ahora?")
    for _ in range(2):  # a double click
        complaint_talk.tell(office.work(), mine, "En una bodega", after=2)
    complaint_talk.tell(office.work(), mine, "", Request.WITHDRAW, after=3)
    talk = complaint_talk.read_conversation(office.work(), mine)
    assert [(m.place, m.side, m.words, m.asks) for m in talk.messages] == [
        (1, Side.COMPLAINANT, WORDS, None),
        (2, Side.HANDLERS, "¿Dónde están ahora?", None),
        (3, Side.COMPLAINANT, "En una bodega", None),
        (4, Side.COMPLAINANT, "", Request.WITHDRAW),
    ]
    assert (talk.filed.gravity, talk.filed.hour) == (Severity.S1, NOW.replace(minute=0))
    assert Flag.RETALIATION_RISK in talk.filed.flags
    assert talk == complaint_talk.read_conversation(office.work(handler), theirs)
    asked = complaint_talk.list_requests(office.work(), talk.filed)
    assert asked == (Request.WITHDRAW, Request.REPORT_RETALIATION)
    for words, asks in (("  ", None), ("x" * 8001, None), ("no", Request.APPEAL)):
        with pytest.raises(Invalid):
            complaint_talk.tell(office.work(), mine, words, asks)


@pytest.mark.feature("C4")
def test_another_photo_of_an_old_form_is_kept_and_the_same_one_once(office: Office) -> None:
    one = complain(office.work())
    seal = office.open(one.id)
    for data in (photo(), photo(), b"%PDF-1.7 recibo"):  # a double click, then a paper
        files = [Received("files", partial(bytes, data))]
        complaint_talk.tell(office.work(), seal, "", None, files, after=1)
    pieces = complaint_evidence.list_pieces(office.work(), seal)
    assert [(piece.place, piece.media_type) for piece in pieces] == [
        (2, "image/jpeg"),
        (3, "application/pdf"),
    ]
    rest = [partial(bytes, b"%PDF-1.7 " + bytes([65 + at])) for at in range(MOST_FILES - 2)]
    for at in (0, 5, 10, 15, 20, 25, 25):  # what filled the case is sent again: it is there
        some = [Received("files", read) for read in rest[at : at + 5]]
        complaint_talk.tell(office.work(), seal, "", None, some, after=3)
    assert len(complaint_evidence.list_pieces(office.work(), seal)) == MOST_FILES


@pytest.mark.feature("C4")
def test_a_photo_that_broke_and_a_strip_of_a_screen_are_evidence_too(office: Office) -> None:
    work = office.work(office.handlers[0])
    broken, strip = b"\xff\xd8\xff" + PLACE, BytesIO()
    Image.new("RGB", (600, 40), "green").save(strip, "PNG")
    seen = [office.open(complain(office.work(), [one]).id) for one in (broken, strip.getvalue())]
    copies = [
        complaint_evidence.read_copy(work, seal, piece.id, Reason.SCREENING)[1]
        for seal in seen
        for piece in complaint_evidence.list_pieces(work, seal)
    ]
    assert [one.clean for one in copies] == [False, True]
    assert copies[0].data == broken


@pytest.mark.feature("C4")
def test_evidence_stays_as_it_came_and_is_read_without_what_tells_on_people(
    office: Office,
) -> None:
    original, pdf = photo(), b"%PDF-1.4 /Author (Ana Ficticia) /Title <c1c2> end"
    one, [handler] = complain(office.work(), [original, pdf]), office.handlers
    work, theirs = office.work(handler), office.open(one.id)
    pieces = {p.media_type: p for p in complaint_evidence.list_pieces(work, theirs)}
    picture, paper = pieces["image/jpeg"], pieces["application/pdf"]
    assert complaint_evidence.read_own(work, theirs, picture.id)[1] == original
    copy = complaint_evidence.read_copy(work, theirs, picture.id, Reason.SCREENING)[1]
    assert PLACE in original
    assert PLACE not in copy.data
    plain = complaint_evidence.read_copy(work, theirs, paper.id, Reason.SCREENING)[1]
    # No program can read this one: what stands in clear is blank, and the copy is marked.
    assert (len(plain.data), plain.clean) == (len(pdf), False)
    assert b"Ana" not in plain.data
    assert b"c1c2" not in plain.data
    complaint_evidence.read_original(work, theirs, picture.id, Reason.INVESTIGATION)
    held = {one.kind.value: one for one in complaint_evidence.list_held(work, theirs)}
    assert held["photo"].sha256 == sha256(original).hexdigest()
    assert [(one.step, one.who, one.at, one.why) for one in held["photo"].chain] == [
        ("taken-in", "", None, ""),
        ("copied", handler.name, work.now, "screening"),
        ("opened", handler.name, work.now, "investigation"),
    ]
    assert [one.step for one in held["paper"].chain] == ["taken-in", "copied"]
    objects = office.ports.objects
    assert isinstance(objects, MemoryObjects)
    assert not any(PLACE in data or b"Ana" in data for data in objects.files.values())
    for key, data in list(objects.files.items()):
        objects.put(key, data[:-1] + bytes([data[-1] ^ 1]), "")
    with pytest.raises(Conflict, match="complaint-damaged"):
        complaint_evidence.read_own(work, theirs, picture.id)
    with pytest.raises(Invalid) as refused:
        complain(office.work(), [original] * 6)
    assert [fault.code for fault in refused.value.faults] == ["too-many-files"]
