"""Papers after the handing in: kept beside what was decided on, told of, seen, and gone with it."""

import pytest

from app.services import applications, dossiers, effects, erasing, later_papers, own_data
from app.services.case import load_case
from app.services.documents import UnfitFile
from app.storage.audit import list_events
from app.storage.documents import list_documents
from app.storage.shown_papers import list_shown
from permits.approvals import Opinion
from permits.audit import Act
from permits.errors import Conflict, Hidden, Invalid, NotFound
from permits.later_papers import MOST, LaterPaper
from permits.people import SYSTEM, Role
from permits.submissions import DocumentKind
from tests.builders import Story, add_official
from tests.web.api.operations import picture

FRONT, BACK, RECORD = (
    LaterPaper.IDENTITY_FRONT,
    LaterPaper.IDENTITY_BACK,
    LaterPaper.CRIMINAL_RECORD,
)


def found(story: Story) -> dict[str, str]:
    """The findings about papers, by the paper that they name."""
    findings = load_case(story.work(story.setrass), story.id).findings
    return {
        str(one.facts.get("document") or one.facts.get("paper")): one.code
        for one in findings
        if one.code.startswith(("document-", "paper-"))
    }


def add(story: Story, paper: LaterPaper = FRONT) -> None:
    later_papers.add_paper(story.work(story.worker), story.id, paper, picture())


@pytest.mark.feature("W5", "O8")
def test_a_late_paper_lies_beside_what_is_decided_on(story: Story) -> None:
    story.start().submit().decide(story.setrass, Opinion.APPROVE)
    before = story.application
    assert found(story) == dict.fromkeys(
        ("identity-front", "identity-back"), "document-to-be-shown"
    )
    add(story.later(days=2))
    after = story.application
    assert (after.digest, after.round, after.status) == (before.digest, 1, before.status)
    assert found(story)["identity-front"] == "document-came-later"
    assert [d.opinion for d in load_case(story.work(story.inm), story.id).decisions] == [
        Opinion.APPROVE
    ]
    (late,) = dossiers.read_dossier(story.work(story.inm), story.id).files
    assert (late.kind, late.paper, late.attached_at) == (DocumentKind.LATE, FRONT, story.now)
    acts = [one.act for one in list_events(story.session, late.id)]
    assert acts == [Act.DOCUMENT_ATTACHED]


@pytest.mark.feature("W5", "O8")
def test_nobody_decides_without_having_seen_it_and_who_was_decided_on_is_asked_for_nothing(
    story: Story,
) -> None:
    story.start().submit()
    seen = story.application.version
    add(story)
    assert story.application.version > seen  # an open page is told that the case changed
    with pytest.raises(Hidden):
        later_papers.read_own(story.work(Story(story.session, story.ports).worker), story.id)
    story.approve()
    for act in (add, lambda s: later_papers.read_own(s.work(s.worker), s.id)):
        with pytest.raises(Conflict, match="not-under-review"):
            act(story)


@pytest.mark.feature("W5")
def test_the_limits_of_uploads_hold_and_a_case_holds_so_many(story: Story) -> None:
    story.start().submit()
    work = story.work(story.worker)
    with pytest.raises(UnfitFile):
        later_papers.add_paper(work, story.id, FRONT, b"no picture")
    with pytest.raises(Invalid):  # coffee asks for no such paper
        later_papers.add_paper(work, story.id, RECORD, picture())
    for _ in range(MOST):
        add(story, LaterPaper.OTHER)
    assert later_papers.read_own(work, story.id).full
    with pytest.raises(Conflict, match="too-many-later-papers"):
        add(story)


@pytest.mark.feature("O8")
def test_a_paper_that_was_seen_is_noted_once_and_taken_back_by_its_agency(story: Story) -> None:
    story.start().submit()
    officer, inm = story.work(story.setrass), story.work(story.inm)
    note = later_papers.show_paper(officer, story.id, FRONT)
    assert found(story) == {
        "identity-front": "document-shown",
        "identity-back": "document-to-be-shown",
    }
    with pytest.raises(Conflict, match="paper-already-shown"):
        later_papers.show_paper(inm, story.id, FRONT)
    with pytest.raises(Invalid):
        later_papers.show_paper(inm, story.id, RECORD)
    seen = dossiers.read_dossier(inm, story.id)
    assert (seen.noting.papers, seen.names[story.setrass.person]) == ((BACK,), story.setrass.name)
    with pytest.raises(NotFound):
        later_papers.take_back(inm, story.id, note.id)
    colleague = story.work(add_official(story.session, story.ports, Role.SETRASS_ANALYST))
    later_papers.take_back(colleague, story.id, note.id)
    assert found(story)["identity-front"] == "document-to-be-shown"
    later_papers.show_paper(inm, story.id, FRONT)
    told = [one for one in list_events(story.session, story.id) if one.act is Act.PAPER_SHOWN]
    assert [one.facts["agency"] for one in told] == ["setrass", "inm"]


@pytest.mark.feature("O8")
def test_what_was_seen_of_a_document_is_asked_anew_in_the_next_round(story: Story) -> None:
    story.start().submit()
    later_papers.show_paper(story.work(story.setrass), story.id, FRONT)
    story.decide(story.setrass, Opinion.RETURN)
    assert found(story)["identity-front"] == "document-to-be-shown"
    story.submit()
    later_papers.show_paper(story.work(story.setrass), story.id, FRONT)
    assert found(story)["identity-front"] == "document-shown"


@pytest.mark.feature("D4")
def test_the_worker_reads_both_and_they_go_with_the_file(story: Story) -> None:
    story.start().submit()
    add(story)
    later_papers.show_paper(story.work(story.setrass), story.id, BACK)
    tables = own_data.read_own_data(story.work(story.worker), "json").tables
    assert [row["paper"] for row in tables["documents"]] == ["identity-front"]
    assert [row["paper"] for row in tables["shown_papers"]] == ["identity-back"]
    applications.withdraw_application(story.work(story.worker), story.id)
    erasing.erase_own(story.later(days=3000).work(story.worker), story.id)
    while effects.run_next_effect(story.work(SYSTEM)) is not None:
        pass
    assert list_documents(story.session, story.id) == []
    assert list_shown(story.session, story.id) == []
