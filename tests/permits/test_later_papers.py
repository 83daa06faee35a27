"""Papers that come later: who may add or note one, and what the checks say of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from permits.applications import Status
from permits.errors import Conflict, DomainError, Forbidden
from permits.findings import Severity
from permits.later_papers import (
    MOST,
    LaterPaper,
    LaterPapers,
    ShownPaper,
    check_add,
    check_show,
    counting,
    papers_of,
)
from permits.people import Agency, Role
from permits.policies import NO_TIES, Ties
from permits.programme_rules import Paper, PaperKind
from permits.rule_checks import check_documents, check_papers
from permits.submissions import DocumentKind
from tests.permits.cases import OTHER_WORKER, SETRASS, WORKER, application, stand_in
from tests.permits.test_eligibility import PROGRAMME

DAY = date(2026, 11, 28)
RECORD = Paper(PaperKind.CRIMINAL_RECORD, "Acuerdo 7", date(2020, 1, 1), "", True)
ASKING = replace(PROGRAMME, papers=(RECORD,))


@pytest.mark.feature("W5")
def test_the_worker_adds_until_it_is_decided_and_no_more_than_so_many() -> None:
    for status in Status:
        case = application(status)
        if status in {Status.UNDER_REVIEW, Status.ASKED}:
            check_add(WORKER, case, MOST - 1)
            with pytest.raises(Conflict, match="too-many-later-papers"):
                check_add(WORKER, case, MOST)
        else:
            with pytest.raises(Conflict, match="not-under-review"):
                check_add(WORKER, case, 0)
    for actor in (OTHER_WORKER, SETRASS):
        with pytest.raises(DomainError):
            check_add(actor, application(Status.UNDER_REVIEW), 0)


@pytest.mark.feature("O8")
@pytest.mark.parametrize("role", list(Role))
def test_officials_of_an_agency_note_and_nobody_else(role: Role) -> None:
    notes = {
        *(Role.SETRASS_ANALYST, Role.SETRASS_OFFICER, Role.SETRASS_SUPERVISOR),
        *(Role.INM_ANALYST, Role.INM_OFFICER, Role.INM_SUPERVISOR),
        *(Role.CONSULATE_OFFICER, Role.CONSULATE_SUPERVISOR),
    }
    case = application(Status.UNDER_REVIEW)
    try:
        check_show(stand_in(role), case, NO_TIES)
    except DomainError:
        assert role not in notes
    else:
        assert role in notes


@pytest.mark.feature("O8")
def test_nobody_notes_in_their_own_case_nor_in_one_that_is_over() -> None:
    with pytest.raises(Forbidden, match="own-case"):
        check_show(SETRASS, application(Status.UNDER_REVIEW), Ties(own=True))
    for status in (Status.APPROVED, Status.REFUSED, Status.LAPSED, Status.WITHDRAWN):
        with pytest.raises(Conflict, match="not-under-review"):
            check_show(SETRASS, application(status), NO_TIES)


def shown(paper: LaterPaper, round_: int) -> ShownPaper:
    instant = datetime(2026, 11, 28, 18, tzinfo=UTC)
    case = application(Status.UNDER_REVIEW).id
    return ShownPaper(uuid4(), case, round_, paper, Agency.INM, SETRASS.person, instant)


@pytest.mark.feature("O8")
def test_an_identity_document_counts_in_its_round_alone_and_the_others_go_on() -> None:
    seen = [shown(LaterPaper.CRIMINAL_RECORD, 1), shown(LaterPaper.IDENTITY_FRONT, 1)]
    assert [one.paper for one in counting(seen, 1)] == [
        LaterPaper.IDENTITY_FRONT,
        LaterPaper.CRIMINAL_RECORD,
    ]
    assert [one.paper for one in counting(seen, 2)] == [LaterPaper.CRIMINAL_RECORD]


@pytest.mark.feature("W5", "O8")
def test_the_findings_say_what_was_seen_or_came_and_when() -> None:
    front = DocumentKind.IDENTITY_FRONT.value
    nothing = LaterPapers({}, {})
    came = LaterPapers({}, {front: DAY, "criminal-record": DAY})
    both = LaterPapers({front: (DAY, Agency.INM), "criminal-record": (DAY, Agency.INM)}, came.came)
    codes = []
    for later in (nothing, came, both):
        back = {DocumentKind.IDENTITY_BACK}
        (first,) = check_documents(ASKING, back, later, brings=False)
        (paper,) = check_papers(ASKING, later)
        codes.append((first.code, first.severity, paper.code, paper.severity))
    warn, info = Severity.WARN, Severity.INFO
    assert codes == [
        ("document-missing", warn, "paper-to-be-shown", info),
        ("document-came-later", info, "paper-came-later", info),
        ("document-shown", info, "paper-shown", info),
    ]
    (paper,) = check_papers(ASKING, both)
    assert paper.facts == {
        "paper": "criminal-record",
        "shown_on": "2026-11-28",
        "agency-short": "inm",
    }


def test_a_programme_names_its_papers_in_one_order() -> None:
    assert papers_of(ASKING) == (
        LaterPaper.IDENTITY_FRONT,
        LaterPaper.IDENTITY_BACK,
        LaterPaper.CRIMINAL_RECORD,
    )
