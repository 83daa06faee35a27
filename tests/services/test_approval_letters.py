"""The letter of an approval: who may take it, what it says, and its draft."""

from dataclasses import replace
from uuid import uuid4

import pytest

from app.services import approval_letters, credentials, leaving, prints
from app.services.approvals import Ruling
from app.services.ports import Ports
from app.storage import audit
from app.storage.database import Session
from permits import permit_numbers
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.errors import Conflict, NotFound
from permits.people import Actor, PersonId, Role
from permits.programme_rules import EVERY_LETTER, LetterKind, ProgrammeLetter
from tests.builders import Story
from tests.papers import words_of

NOTED, LOOK = "Revisado con el RNP", Act.APPLICATION_READ


def said_to(story: Story, actor: Actor, language: str = "es") -> str:
    return words_of(approval_letters.print_approval(story.work(actor), story.id, language))


@pytest.mark.feature("O18", "O2")
def test_worker_and_agencies_read_by_whom_what_and_how_to_check_it(
    story: Story, session: Session
) -> None:
    story.start().submit().decide(story.setrass, Opinion.APPROVE, NOTED)
    story.decide(story.inm, Opinion.APPROVE)
    waiting = said_to(story, story.worker)
    assert "El permiso se está preparando" in waiting
    story.sign()
    permit = credentials.find_permit_of(story.work(story.worker), story.id)
    assert permit is not None

    told = said_to(story, story.worker)

    assert "Usted puede trabajar del 1 de diciembre de 2026 al 15 de febrero de 2027" in told
    for part in ("SETRASS", "INM", "Finca El Cedral", "Copán Ruinas", "Si un dato está mal, llame"):
        assert part in told
    assert f"escriba su número: {permit_numbers.show(permit.credential.number)}" in told
    assert (story.application.digest or "-") in told.replace(" ", "")
    assert said_to(story, story.inm) == told
    # What an agency notes beside an approval, and who decided, is not for the worker.
    assert not [one for one in (NOTED, story.setrass.name, story.inm.name) if one in told]
    reads = [one.facts for one in audit.list_events(session, story.id) if one.act is LOOK]
    assert reads == [{"purpose": "letter"}]
    assert "You may work from 1 December 2026" in said_to(story, story.worker, "en")


@pytest.mark.feature("O18")
def test_nobody_else_has_it_nor_anybody_once_the_right_was_ended(story: Story) -> None:
    story.start().submit()
    with pytest.raises(Conflict, match="no-letter"):
        said_to(story, story.worker)
    story.approve().sign()
    with pytest.raises(NotFound):
        said_to(story, Actor(PersonId(uuid4()), Role.WORKER))
    permit = credentials.find_permit_of(story.work(story.worker), story.id)
    assert permit is not None
    right = permit.authorisation
    leaving.end_own_right(story.work(story.worker), right.id, seen_version=right.version)
    with pytest.raises(Conflict, match="no-letter"):
        said_to(story, story.worker)


@pytest.mark.feature("O18", "D6")
def test_its_draft_is_the_letter_itself(story: Story) -> None:
    story.start().submit().decide(story.setrass, Opinion.APPROVE)
    work = story.work(story.inm)
    draft = words_of(prints.preview_letter(work, story.id, Ruling(Opinion.APPROVE), "es"))
    assert story.application.status is Status.UNDER_REVIEW
    story.decide(story.inm, Opinion.APPROVE)
    sent = said_to(story, story.worker)
    assert draft.replace("BORRADOR – NO VÁLIDO", "").split() == sent.split()
    assert "BORRADOR" in draft
    assert "BORRADOR" not in sent


def with_letters(ports: Ports, letters: tuple[ProgrammeLetter, ...]) -> Ports:
    """The outside world with a coffee programme that sends these letters."""
    coffee = replace(ports.reference.programmes["coffee-hn-gt"], letters=letters)
    programmes = {**ports.reference.programmes, coffee.code: coffee}
    return replace(ports, reference=replace(ports.reference, programmes=programmes))


@pytest.mark.feature("O18")
def test_the_programme_says_whether_it_is_sent_and_adds_its_own_words(
    session: Session, ports: Ports
) -> None:
    own = ProgrammeLetter(LetterKind.APPROVED, "Vaya a la oficina de Copán.", "Go to the office.")
    noted = Story(session, with_letters(ports, (*EVERY_LETTER[1:], own)))
    noted.start().submit().approve().sign()
    assert "Vaya a la oficina de Copán." in said_to(noted, noted.worker)
    silent = Story(session, with_letters(ports, EVERY_LETTER[1:])).start().submit()
    work = silent.work(silent.setrass)
    with pytest.raises(Conflict, match="no-letter"):
        prints.preview_letter(work, silent.id, Ruling(Opinion.APPROVE), "es")
    silent.approve().sign()
    with pytest.raises(Conflict, match="no-letter"):
        said_to(silent, silent.worker)
