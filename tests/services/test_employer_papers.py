"""Papers of employers: kept drawn anew, read by SETRASS with a line in the log, taken away."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from app.services import employer_papers
from app.services.documents import UnfitFile
from app.services.effects import run_past_effects
from app.services.ports import Ports
from app.services.vacancy_judging import judge_vacancies
from app.storage import audit
from app.storage.database import Session
from permits.audit import Act
from permits.errors import Conflict, Forbidden, NotFound, Stale
from permits.people import SYSTEM, Role
from recruitment.employer_papers import About
from recruitment.registrations import Evidence
from tests.builders import add_official, work_of
from tests.hirers import PAPERS, know
from tests.papers import portrait
from tests.recruitment.test_employer_papers import QUIET
from tests.registered import come_in, some_phone, verified
from tests.vacancies import add_fair, read, with_wages


@pytest.mark.feature("E1")
def test_a_paper_is_brought_read_and_taken_away(session: Session, ports: Ports) -> None:
    mine = come_in(session, ports, some_phone())
    picture = employer_papers.add_own(mine.work, mine.token, portrait())
    pdf = employer_papers.add_own(mine.work, mine.token, QUIET)
    assert [one.media_type for one in (picture, pdf)] == ["image/jpeg", "application/pdf"]
    for wrong in (b"", b"no picture", QUIET.replace(b"/AAB", b"/JS")):
        with pytest.raises(UnfitFile):
            employer_papers.add_own(mine.work, mine.token, wrong)
    own = mine.registration.id
    officer = work_of(session, add_official(session, ports, Role.SETRASS_OFFICER), ports)
    assert employer_papers.read_paper(officer, own, pdf.id)[1] == QUIET
    assert [one.act for one in audit.list_events(session, pdf.id)] == [
        Act.EMPLOYER_PAPER_KEPT,
        Act.EMPLOYER_PAPER_READ,
    ]
    with pytest.raises(Forbidden):
        employer_papers.read_paper(mine.work, own, pdf.id)
    other = come_in(session, ports, some_phone())
    with pytest.raises(NotFound):
        employer_papers.read_own(other.work, other.token, pdf.id)
    for _ in range(2):
        employer_papers.remove_own(mine.work, mine.token, picture.id)
    assert [one.id for one in employer_papers.list_own(mine.work, mine.token)] == [pdf.id]
    while run_past_effects(work_of(session, SYSTEM, ports)):
        pass
    with pytest.raises(KeyError):
        ports.objects.get(picture.object_key)


@pytest.mark.feature("E1")
def test_what_setrass_decided_on_stays_beside_the_registration(
    session: Session, ports: Ports
) -> None:
    mine, _ = verified(session, ports, some_phone())
    looked_at = employer_papers.add_own(mine.work, mine.token, QUIET)  # in the same instant
    with pytest.raises(Conflict, match="paper-looked-at"):
        employer_papers.remove_own(mine.work, mine.token, looked_at.id)
    later = replace(mine.work, now=mine.work.now + timedelta(minutes=5))
    new = employer_papers.add_own(later, mine.token, portrait())
    employer_papers.remove_own(later, mine.token, new.id)
    assert [one.id for one in employer_papers.list_own(later, mine.token)] == [looked_at.id]


@pytest.mark.feature("E1")
def test_what_an_official_sees_later_lets_the_vacancies_go(session: Session, ports: Ports) -> None:
    work = work_of(session, SYSTEM, with_wages(ports))
    officer = work_of(session, add_official(session, ports, Role.SETRASS_OFFICER), work.ports)
    vacancy = add_fair(session, work.ports, known=False)
    employer = read(session, vacancy).offer.employer
    registration = know(work, UUID(employer), papers=PAPERS[:1])
    judge_vacancies(work, [vacancy], "change")
    assert read(session, vacancy).held
    version = 1
    for evidence in PAPERS[1:]:
        with pytest.raises(Stale):
            employer_papers.add_seen(officer, registration, evidence, portrait(), version - 1)
        kept = employer_papers.add_seen(officer, registration, evidence, portrait(), version)
        assert (kept.about, kept.subject) == (About.VERIFICATION, evidence.value)
        version += 1
    assert Evidence.COFFEE_CARD in PAPERS[1:]
    while run_past_effects(work):
        pass
    assert not read(session, vacancy).held
    step = employer_papers.add_to_vacancy(officer, vacancy, QUIET)
    assert employer_papers.read_of_vacancy(officer, vacancy, step.id)[0] == step
    with pytest.raises(NotFound):
        employer_papers.add_to_vacancy(officer, uuid4(), QUIET)
