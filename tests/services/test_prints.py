"""Who may have a permit or a letter on paper, when, and that the log remembers it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest

from app.services import applications, credentials, documents, prints, submissions
from app.services.approvals import Ruling
from app.services.ports import Ports, Prints
from app.storage import audit
from app.storage.database import Session
from permits import permit_numbers
from permits.applications import Status
from permits.approvals import Ground, Opinion
from permits.audit import Act, Fact
from permits.errors import Conflict, DomainError, NotFound
from permits.issuing import Credential, RevocationReason
from permits.people import Actor, PersonId, Role
from permits.prints import (
    PrintedApproval,
    PrintedChildren,
    PrintedCrew,
    PrintedDay,
    PrintedDecision,
    PrintedMeasure,
    PrintedOrientation,
    PrintedOwnData,
    PrintedPermit,
)
from permits.submissions import DocumentKind
from permits.texts import Said
from recruitment.complaints.referral_papers import PrintedReferral
from recruitment.contract_papers import PrintedContract
from recruitment.payslip_papers import PrintedPayslip
from tests import papers
from tests.builders import Story
from tests.papers import figures_of, portrait, words_of

Print = Callable[..., bytes]
PAPERS: tuple[tuple[Print, str], ...] = ((prints.print_card, "card"), (prints.print_sheet, "sheet"))


@pytest.fixture
def approved(story: Story) -> Story:
    """Approved by both agencies, with a photo, not yet signed."""
    story.start(brings_photo=False)
    documents.attach_document(story.work(story.worker), story.id, DocumentKind.PHOTO, portrait())
    return story.submit().approve()


def carrier(story: Story) -> Credential:
    permit = credentials.find_permit_of(story.work(story.worker), story.id)
    assert permit is not None
    return permit.credential


def facts_of(session: Session, act: Act, subject: UUID) -> list[Mapping[str, Fact]]:
    """What the log tells of such acts on a subject, oldest first."""
    return [event.facts for event in audit.list_events(session, subject) if event.act is act]


@dataclass
class Overheard:
    """A printer that keeps what it was given."""

    permits: list[PrintedPermit] = field(default_factory=list)

    def saying(self, said: Said, *, draft: bool = False) -> Prints:
        return self

    def cards(self, permits: Sequence[PrintedPermit], language: str) -> bytes:
        self.permits += permits
        return b""

    def draw_cards(
        self, permits: Sequence[PrintedPermit], language: str
    ) -> Sequence[Mapping[str, object]]:
        return []

    def set_cards(
        self, drawn: Sequence[Mapping[str, object]], language: str, at: datetime
    ) -> bytes:
        return b""

    def sheet(self, permit: PrintedPermit, language: str) -> bytes:
        self.permits.append(permit)
        return b""

    def letter(self, decision: PrintedDecision, language: str) -> bytes:
        return b""

    def approval(self, approval: PrintedApproval, language: str) -> bytes:
        return b""

    def contract(self, contract: PrintedContract, language: str) -> bytes:
        return b""

    def payslip(self, payslip: PrintedPayslip, language: str) -> bytes:
        return b""

    def referral(self, referral: PrintedReferral, language: str) -> bytes:
        return b""

    def crew(self, crew: PrintedCrew, language: str) -> bytes:
        return b""

    def reception(self, day: PrintedDay, language: str) -> bytes:
        return b""

    def children(self, printed: PrintedChildren, language: str) -> bytes:
        return b""

    def orientation(self, printed: PrintedOrientation, language: str) -> bytes:
        return b""

    def measure(self, measure: PrintedMeasure, language: str) -> bytes:
        return b""

    def own_data(self, printed: PrintedOwnData, language: str) -> bytes:
        return b""


@pytest.mark.feature("W14", "O18")
@pytest.mark.parametrize(("paper", "form"), PAPERS)
def test_worker_and_officials_print_a_permit_and_the_log_says_so(
    approved: Story, session: Session, paper: Print, form: str
) -> None:
    approved.sign()
    credential = carrier(approved)
    for actor in (approved.worker, approved.setrass, approved.inm):
        pdf = paper(approved.work(actor), credential.id, "es")
        said = words_of(pdf)

        assert "María Ángela Gutiérrez Ñamendí" in said
        assert permit_numbers.show(credential.number) in said
        assert "1 de diciembre de 2026" in said
        assert "Finca El Cedral" in said
        assert "Foto de María Ángela Gutiérrez Ñamendí" in figures_of(pdf)
    assert facts_of(session, Act.CREDENTIAL_READ, credential.id) == [{"form": form}] * 3


@pytest.mark.feature("W14")
def test_the_sheet_carries_the_terms_of_the_approved_offer(approved: Story) -> None:
    approved.sign()
    said = words_of(prints.print_sheet(approved.work(approved.worker), carrier(approved).id, "en"))

    assert "Copán Ruinas, Copán" in said
    assert "350.00 Honduran lempiras (HNL) a day" in said
    assert f"Application {approved.application.receipt}" in said


@pytest.mark.parametrize(("paper", "form"), PAPERS)
def test_nobody_else_learns_that_there_is_a_permit(
    approved: Story, paper: Print, form: str
) -> None:
    approved.sign()
    credential = carrier(approved)
    strangers = (Role.WORKER, Role.BORDER_AGENT, Role.ADMINISTRATOR, Role.ANYONE)
    for role in strangers:
        with pytest.raises(NotFound):
            paper(approved.work(Actor(PersonId(uuid4()), role)), credential.id, "es")


@pytest.mark.parametrize(("paper", "form"), PAPERS)
def test_a_permit_is_not_printed_before_it_is_signed_nor_after_it_is_revoked(
    approved: Story, paper: Print, form: str
) -> None:
    work = approved.work(approved.worker)
    with pytest.raises(Conflict) as refused:
        paper(work, carrier(approved).id, "es")
    assert refused.value.code == "permit-not-ready"

    approved.sign()
    credential = carrier(approved)
    credentials.revoke_credential(
        approved.work(approved.setrass),
        credential.id,
        RevocationReason.LOST,
        seen_version=credential.version,
    )
    with pytest.raises(Conflict) as refused:
        paper(work, credential.id, "es")
    assert refused.value.code == "permit-not-standing"


@pytest.mark.feature("O9", "O18")
def test_a_refusal_becomes_a_letter_with_its_grounds(story: Story) -> None:
    story.reach(Status.REFUSED)
    for actor in (story.worker, story.inm):
        said = words_of(prints.print_letter(story.work(actor), story.id, "es"))

        assert "La solicitud está repetida (código L7)" in said
        assert "Cómo reclamar" in said
        assert story.setrass.name not in said


@pytest.mark.feature("O9", "O18", "D6")
@pytest.mark.parametrize("opinion", [Opinion.REFUSE, Opinion.RETURN])
def test_a_preview_is_the_letter_itself_and_says_that_it_is_a_draft(
    story: Story, opinion: Opinion
) -> None:
    story.start().submit()
    grounds = (Ground.DUPLICATE if opinion is Opinion.REFUSE else Ground.DATA_MISSING,)
    ruling = Ruling(opinion, grounds, "¿Cuál es su segundo apellido?")
    work = story.work(story.setrass)
    seen = words_of(prints.preview_letter(work, story.id, ruling, "es"))
    assert story.application.status is Status.UNDER_REVIEW
    story.decide(story.setrass, opinion, ruling.note)
    sent = words_of(prints.print_letter(story.work(story.worker), story.id, "es"))
    assert "BORRADOR" not in sent
    assert seen.replace("BORRADOR – NO VÁLIDO", "").split() == sent.split()
    assert seen.count("BORRADOR – NO VÁLIDO") >= 1


@pytest.mark.feature("O18")
def test_only_who_may_decide_now_sees_a_draft(story: Story) -> None:
    story.start().submit()
    asked = Ruling(Opinion.RETURN, (Ground.DATA_MISSING,), "¿Cuál?")
    for actor, code in ((story.worker, "not-permitted"), (story.inm, "not-this-agencys-turn")):
        with pytest.raises(DomainError) as refused:
            prints.preview_letter(story.work(actor), story.id, asked, "es")
        assert refused.value.code == code
    work = story.work(story.setrass)
    with pytest.raises(DomainError) as refused:
        prints.preview_letter(work, story.id, Ruling(Opinion.RETURN), "es")
    assert refused.value.code == "invalid"


@pytest.mark.feature("O8", "O18")
def test_a_return_becomes_a_letter_with_its_question_and_last_day(story: Story) -> None:
    story.reach(Status.RETURNED)
    said = words_of(prints.print_letter(story.work(story.worker), story.id, "es"))

    assert "¿Cuál es su segundo apellido?" in said
    assert "Por qué le preguntan" in said
    assert "Falta un dato (código D1)" in said
    # Ten working days from Monday 23 November.
    assert "Responda a más tardar el 7 de diciembre de 2026." in said


@pytest.mark.parametrize(
    "status", [Status.DRAFT, Status.UNDER_REVIEW, Status.APPROVED, Status.WITHDRAWN]
)
def test_other_statuses_have_no_letter(story: Story, status: Status) -> None:
    story.reach(status)
    with pytest.raises(Conflict) as refused:
        prints.print_letter(story.work(story.worker), story.id, "es")
    assert (refused.value.code, refused.value.facts) == ("no-letter", {"status": status.value})


def test_a_letter_speaks_of_the_last_round_only(story: Story) -> None:
    story.reach(Status.RETURNED)
    applications.save_answers(story.work(story.worker), story.id, {"surnames": "Gutiérrez López"})
    submissions.submit_application(story.work(story.worker), story.id)
    story.decide(story.setrass, Opinion.REFUSE)
    said = words_of(prints.print_letter(story.work(story.worker), story.id, "es"))

    assert "no fue aprobada" in said
    assert "segundo apellido" not in said


def test_anothers_letter_is_not_found_and_an_officials_reading_is_logged(
    story: Story, session: Session
) -> None:
    story.reach(Status.REFUSED)
    with pytest.raises(NotFound):
        prints.print_letter(story.work(Actor(PersonId(uuid4()), Role.WORKER)), story.id, "es")
    prints.print_letter(story.work(story.inm), story.id, "es")
    assert facts_of(session, Act.APPLICATION_READ, story.id) == [{"purpose": "letter"}]


@pytest.mark.parametrize(("paper", "form"), PAPERS)
def test_a_paper_holds_exactly_the_signed_text(
    approved: Story, ports: Ports, paper: Print, form: str
) -> None:
    approved.sign()
    credential = carrier(approved)
    overheard = Overheard()
    work = replace(approved.work(approved.worker), ports=replace(ports, prints=overheard))
    paper(work, credential.id, "es")
    (printed,) = overheard.permits
    printer = papers.prints()
    _, back, face = printer.pictures(printer.card_paper([printed], "es"), 200)

    assert papers.read_symbols(back) == [credential.text]
    assert papers.read_symbols(face) == [printed.face]
    address, fragment = printed.link.split("#")
    assert (address, unquote(fragment)) == (f"{ports.public_url}/v", credential.text)
    assert printed.claims.number == credential.number
