"""The document's own lines beside what was typed: they warn, they block, an official clears."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from app.services import applications, documents, dossiers, identity_checks
from app.services.case import load_case
from app.services.ports import Ports
from app.storage import audit
from app.storage.database import Session
from permits.approvals import Opinion
from permits.audit import Act
from permits.errors import Conflict, Forbidden, Invalid
from permits.findings import Severity
from permits.people import Actor
from permits.submissions import DocumentKind
from tests.builders import Story
from tests.web.api.operations import picture
from tests.zones import td3

SAME = td3("GUTIERREZ NAMENDI", "MARIA ANGELA")
OTHER = td3("LOPEZ", "JUANA", date(2010, 5, 4))

pytestmark = pytest.mark.feature("W5")


@pytest.fixture
def story(session: Session, ports: Ports) -> Story:
    return Story(session, ports).start().submit()


def compare(story: Story, zone: str, *, confirmed: bool = False) -> None:
    work = story.work(story.setrass)
    identity_checks.compare_document(work, story.id, zone, confirmed=confirmed)


def blocking(story: Story) -> set[str]:
    findings = load_case(story.work(story.setrass), story.id).findings
    return {one.code for one in findings if one.severity is Severity.BLOCK}


def test_a_zone_that_says_the_same_changes_nothing(story: Story) -> None:
    compare(story, SAME.lower())
    assert blocking(story) == set()
    seen = dossiers.read_dossier(story.work(story.setrass), story.id)
    assert seen.case.zone is not None
    assert seen.case.zone.text == SAME.strip()
    assert seen.names[story.setrass.person] == story.setrass.name
    story.approve()


def test_a_zone_of_somebody_else_blocks_until_an_official_compared_the_person(
    story: Story,
) -> None:
    compare(story, OTHER)
    assert "identity-mismatch" in blocking(story)
    with pytest.raises(Invalid):
        story.decide(story.setrass, Opinion.APPROVE)
    compare(story, OTHER, confirmed=True)
    assert blocking(story) == set()
    told = [e for e in audit.list_events(story.session, story.id) if e.act is Act.IDENTITY_COMPARED]
    assert [event.facts for event in told] == [
        {
            "zone": True,
            "confirmed": confirmed,
            "differs": ["given_names", "surnames", "date_of_birth"],
        }
        for confirmed in (False, True)
    ]
    story.approve()


@pytest.mark.parametrize("zone", ["", "  \n", "P<GTM", "x" * 301, SAME.replace("<", "?")])
def test_what_is_no_zone_is_not_kept(story: Story, zone: str) -> None:
    with pytest.raises(Invalid):
        compare(story, zone)
    assert load_case(story.work(story.setrass), story.id).zone is None


def test_a_document_without_a_zone_is_compared_by_the_eye(story: Story) -> None:
    compare(story, "", confirmed=True)
    zone = load_case(story.work(story.inm), story.id).zone
    assert zone is not None
    assert (zone.text, zone.confirmed) == ("", True)


@pytest.mark.parametrize(("typed", "confirmed"), [(True, False), (False, True)])
def test_a_comparison_is_of_the_document_that_was_there(
    story: Story, typed: bool, confirmed: bool
) -> None:
    compare(story, OTHER, confirmed=True)
    assert blocking(story) == set()
    story.decide(story.setrass, Opinion.RETURN).later(hours=1)
    changes = {"surnames": "Otra Persona"} if typed else {"brings_photo": True}
    applications.save_answers(story.work(story.worker), story.id, changes)
    story.submit()
    zone = load_case(story.work(story.setrass), story.id).zone
    assert zone is not None
    assert (zone.confirmed, bool(blocking(story))) == (confirmed, typed)


def test_only_officials_compare_and_only_while_they_judge(story: Story) -> None:
    with pytest.raises(Forbidden):
        identity_checks.compare_document(story.work(story.worker), story.id, SAME, confirmed=True)
    story.decide(story.setrass, Opinion.REFUSE)
    with pytest.raises(Conflict, match="not-under-review"):
        compare(story, SAME)


@dataclass
class Reader:
    """Reads what it was told, picture after picture."""

    lines: list[list[str]]
    busy: bool = False

    def read_lines(self, picture: bytes) -> Sequence[str]:
        assert picture.startswith(b"\xff\xd8")
        if self.busy:
            raise OSError("busy")
        return self.lines.pop(0)


@pytest.fixture
def pictured(session: Session, ports: Ports) -> Story:
    """With a picture of each side of the document."""
    story = Story(session, ports).start(brings_documents=False)
    for kind in (DocumentKind.IDENTITY_FRONT, DocumentKind.IDENTITY_BACK):
        documents.attach_document(story.work(story.worker), story.id, kind, picture())
    return story.submit()


def propose(story: Story, reader: Reader | None, actor: Actor | None = None) -> str:
    work = story.work(actor or story.setrass)
    ports = replace(story.ports, zones=reader)
    return identity_checks.propose_zone(replace(work, ports=ports), story.id)


def test_what_a_machine_reads_is_proposed_and_not_kept(pictured: Story) -> None:
    reader = Reader([["REPUBLICA", "Firma"], ["x", *SAME.replace("<<<", "<").splitlines()]])
    assert propose(pictured, reader) == SAME.strip()
    assert load_case(pictured.work(pictured.setrass), pictured.id).zone is None
    own = applications.read_own(pictured.work(pictured.worker), pictured.id)
    events = [e for file in own.documents for e in audit.list_events(pictured.session, file.id)]
    looked = [event for event in events if event.act is Act.DOCUMENT_READ]
    assert {one.facts["kind"] for one in looked} == {"identity-front", "identity-back"}
    assert {one.person for one in looked} == {pictured.setrass.person}


def test_what_is_not_read_is_typed(pictured: Story, story: Story) -> None:
    with pytest.raises(Invalid) as refused:
        propose(pictured, Reader([["nada"], []]))
    assert [fault.code for fault in refused.value.faults] == ["zone-not-found"]
    with pytest.raises(Invalid):
        propose(story, Reader([]))  # no pictures: the document is shown at an office
    with pytest.raises(Conflict, match="zone-reader-busy"):
        propose(pictured, Reader([], busy=True))
    with pytest.raises(Conflict, match="zone-reader-absent"):
        propose(pictured, None)
    with pytest.raises(Forbidden):
        propose(pictured, Reader([]), pictured.worker)
