"""A recruiter assesses itself by the registry's telephone; SETRASS looks at what shows it."""

import pytest

from app.services import employer_papers
from app.services import recruiter_assessments as iris
from app.services.ports import Ports
from app.storage import audit
from app.storage.database import Session
from permits.audit import Act
from permits.errors import Forbidden, NotFound, Stale
from permits.people import NOBODY, Role
from recruitment.assessments import Audit, Criterion
from recruitment.employer_papers import of_criterion
from recruitment.recruiters import LicenceKey
from recruitment.registries import Registry
from tests.builders import add_official, work_of
from tests.recruitment.test_employer_papers import QUIET
from tests.registered import bring_all, come_in, some_phone

pytestmark = pytest.mark.feature("E2", "E3")

KEY = LicenceKey(Registry.HN_RECRUITERS, "HN001")
OTHER = LicenceKey(Registry.HN_RECRUITERS, "HN003")
PHONE = "+50422220001"


def status(session: Session, ports: Ports) -> str:
    """What everybody reads of one criterion."""
    found = iris.list_public(work_of(session, NOBODY, ports), KEY)
    assert all(one.evidence == "" for one in found)
    return {one.criterion: one.status.value for one in found}[Criterion.FEES]


def test_who_proves_the_registry_s_telephone_declares_and_setrass_confirms(
    session: Session, ports: Ports
) -> None:
    bring_all(session, ports)
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), ports)
    mine = come_in(session, ports, PHONE)
    assert [one.key for one in iris.list_own_licences(mine.work, mine.token)] == [KEY]
    assert status(session, ports) == "not-assessed"
    said = iris.declare_own(mine.work, mine.token, KEY, Criterion.FEES, "Recibos, en la oficina.")
    assert status(session, ports) == "evidenced"
    seen = {one.criterion: one for one in iris.list_of(chief, KEY)}[Criterion.FEES]
    assert seen.evidence == "Recibos, en la oficina."
    with pytest.raises(Stale):
        iris.audit_criterion(chief, KEY, Criterion.FEES, Audit.CONFIRM, said.version - 1)
    iris.audit_criterion(chief, KEY, Criterion.FEES, Audit.CONFIRM, said.version)
    assert status(session, ports) == "audited"
    iris.declare_own(mine.work, mine.token, KEY, Criterion.FEES, "Otra cosa.")
    assert status(session, ports) == "evidenced"  # what was looked at was another thing


def test_another_s_licence_is_nobody_s_and_only_who_judges_reads_the_evidence(
    session: Session, ports: Ports
) -> None:
    bring_all(session, ports)
    mine = come_in(session, ports, PHONE)
    stranger = come_in(session, ports, some_phone())
    for token, key in ((mine.token, OTHER), (stranger.token, KEY), ("x" * 43, KEY)):
        with pytest.raises(NotFound):
            iris.declare_own(mine.work, token, key, Criterion.FEES, "")
    assert iris.list_own_licences(stranger.work, stranger.token) == ()
    officer = work_of(session, add_official(session, ports, Role.INM_SUPERVISOR), ports)
    with pytest.raises(Forbidden):
        iris.list_of(officer, KEY)


def test_a_file_shows_a_criterion_of_the_own_licence_and_who_judges_opens_it(
    session: Session, ports: Ports
) -> None:
    bring_all(session, ports)
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), ports)
    mine = come_in(session, ports, PHONE)
    paper = employer_papers.add_own(mine.work, mine.token, QUIET, Criterion.FEES, KEY)
    own = employer_papers.list_own(mine.work, mine.token)
    assert of_criterion(own, Criterion.FEES, KEY) == (paper,)
    assert of_criterion(own, Criterion.FEES) == ()  # it shows nothing of an employer
    assert of_criterion(own, Criterion.DEPOSITS, KEY) == ()
    assert employer_papers.list_of_licence(chief, OTHER) == ()
    assert employer_papers.read_of_licence(chief, KEY, paper.id) == (paper, QUIET)
    assert audit.list_events(session, paper.id)[-1].act is Act.EMPLOYER_PAPER_READ
    with pytest.raises(NotFound):
        employer_papers.read_of_licence(chief, OTHER, paper.id)
    with pytest.raises(NotFound):
        employer_papers.add_own(mine.work, mine.token, QUIET, Criterion.FEES, OTHER)
    officer = work_of(session, add_official(session, ports, Role.INM_SUPERVISOR), ports)
    with pytest.raises(Forbidden):
        employer_papers.read_of_licence(officer, KEY, paper.id)
    employer_papers.remove_own(mine.work, mine.token, paper.id)
    assert employer_papers.list_of_licence(chief, KEY) == ()
