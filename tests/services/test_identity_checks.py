"""The document's own lines beside what was typed: they warn, they block, an official clears."""

from datetime import date

import pytest

from app.services import dossiers, identity_checks
from app.services.case import load_case
from app.services.ports import Ports
from app.storage import audit
from app.storage.database import Session
from permits.approvals import Opinion
from permits.audit import Act
from permits.errors import Conflict, Forbidden, Invalid
from permits.findings import Severity
from tests.builders import Story
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


def test_only_officials_compare_and_only_while_they_judge(story: Story) -> None:
    with pytest.raises(Forbidden):
        identity_checks.compare_document(story.work(story.worker), story.id, SAME, confirmed=True)
    story.decide(story.setrass, Opinion.REFUSE)
    with pytest.raises(Conflict, match="not-under-review"):
        compare(story, SAME)
