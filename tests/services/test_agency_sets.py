"""Who decides is data: programmes of one agency by file, and cases keep whom they were sent to."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.programme_shelf import ProgrammeShelf
from app.adapters.reference import BUNDLED
from app.services import credentials, programmes, queues
from app.services.agency_sets import find_unloaded, hold_new
from app.services.case import load_case
from app.services.identity_changes import decide_change
from app.services.ports import Ports
from app.services.queues import Wanted
from app.services.seen_cases import waiting_as_seen
from app.storage.database import Session
from app.storage.quotas import list_held
from permits.applications import Status
from permits.approvals import Opinion, takes_places
from permits.errors import Conflict, Forbidden
from permits.people import SYSTEM, Actor, Agency
from permits.permit_claims import read_claims
from permits.programme_files import read
from tests.agencies import BOTH, knowing, mapping_of
from tests.builders import NOW, Story
from tests.renamed import ask as wish

S, M, C = Agency
APPROVE, REFUSE = Opinion.APPROVE, Opinion.REFUSE


@pytest.fixture
def shelf(tmp_path: Path) -> ProgrammeShelf:
    return ProgrammeShelf(tmp_path / "programmes")


@pytest.fixture
def owner_story(owner_session: Session, ports: Ports) -> Story:
    """People of a house whose operator is at work as the owner of the tables."""
    return Story(owner_session, ports)


def ask(story: Story, shelf: ProgrammeShelf, *agencies: Agency, code: str) -> Story:
    """The operator loads a file in which a programme asks these agencies."""
    programme = read(mapping_of(code, agencies))
    text = (BUNDLED / "programmes" / "coffee-hn-gt.toml").read_text("utf-8")
    programmes.load_programme(story.work(SYSTEM), shelf, programme, text)
    story.ports = knowing(story.ports, programme)
    return story


def official(story: Story, agency: Agency) -> Actor:
    return {S: story.setrass, M: story.inm}.get(agency) or story.consul


def seen_in_list(story: Story, agency: Agency) -> bool:
    work = story.work(official(story, agency))
    page = queues.list_queue(work, queues.filter_of(work, Wanted(mine=True)))
    return story.id in {row.id for row in page.rows}


def status_after(story: Story, actor: Actor, opinion: Opinion) -> str:
    return story.decide(actor, opinion).application.status.value


@pytest.mark.feature("O1", "O2", "D4")
@pytest.mark.promise("P2")
@pytest.mark.parametrize("asked", [(S,), (M,), (M, S), (S, M, C)])
def test_a_programme_of_these_agencies_from_its_file_to_the_permit(
    owner_story: Story, shelf: ProgrammeShelf, asked: tuple[Agency, ...]
) -> None:
    story = ask(owner_story, shelf, *asked, code="coffee-other")
    story.start(programme="coffee-other").submit()
    for agency in asked:
        case = load_case(story.work(official(story, agency)), story.id)
        assert (case.agencies, waiting_as_seen(SYSTEM, case)) == (asked, (agency,))
        assert [one for one in Agency if seen_in_list(story, one)] == [agency]
        for other in set(BOTH) - set(asked):
            with pytest.raises(Forbidden, match="agency-not-required"):
                story.decide(official(story, other), REFUSE)
        held = bool(list_held(story.session, [story.id]))
        assert held is (takes_places(asked) in asked[: asked.index(agency)])
        story.decide(official(story, agency), APPROVE)
    # Labour takes the places of the quotas; where it is not asked, who is.
    assert list_held(story.session, [story.id])
    assert story.application.status is Status.APPROVED
    permit = credentials.find_permit_of(story.sign().work(story.worker), story.id)
    assert permit is not None
    claims = read_claims(permit.credential.payload)
    assert claims.agencies == tuple(agency.value for agency in asked)


@pytest.mark.feature("O1", "O15")
@pytest.mark.promise("P2")
def test_a_corrected_name_needs_each_agency_that_approved_the_right(
    owner_story: Story, shelf: ProgrammeShelf
) -> None:
    story = ask(owner_story, shelf, S, M, C, code="coffee-other")
    story.start(programme="coffee-other").submit()
    for agency in (S, M, C):
        story.decide(official(story, agency), APPROVE)
    wish(story.sign())
    ask(story, shelf, S, code="coffee-other")  # what it asks by now changes nothing
    left = []
    for agency in (C, S, M):  # in whatever order
        work = story.work(official(story, agency))
        left.append(decide_change(work, story.id, "", granted=True).waiting_for)
    assert left == [(S, M), (M,), ()]
    assert load_case(story.work(SYSTEM), story.id).answers.full_name.endswith("de Paz")


@pytest.mark.feature("O1")
def test_a_case_keeps_those_whom_it_was_sent_to(owner_story: Story, shelf: ProgrammeShelf) -> None:
    story = ask(owner_story, shelf, S, M, code="coffee-other")
    old = story.start(programme="coffee-other").submit().id
    ask(story, shelf, S, code="coffee-other")
    new = story.start(programme="coffee-other").submit().id
    assert status_after(story, story.setrass, APPROVE) == "approved"  # as its programme asks now
    story.id = old
    assert status_after(story, story.setrass, APPROVE) == "under-review"
    assert [agency for agency in BOTH if seen_in_list(story, agency)] == [M]
    # What comes back is sent to those that the programme asks by then.
    assert status_after(story, story.inm, Opinion.RETURN) == "returned"
    story.worker = replace(story.worker, person=story.application.worker)
    assert status_after(story.submit(), story.setrass, APPROVE) == "approved"
    assert new != old


@pytest.mark.promise("P2")
def test_a_file_that_nobody_loaded_lets_nobody_in(story: Story) -> None:
    coffee = story.ports.reference.programmes["coffee-hn-gt"]
    story.start()
    story.ports = knowing(story.ports, replace(coffee, agencies=(S,)))
    with pytest.raises(Conflict, match="agencies-not-loaded"):
        story.submit()
    assert story.application.status is Status.DRAFT


def test_to_migrate_holds_what_is_new_and_changes_nobody(owner_session: Session) -> None:
    new, fewer = read(mapping_of("coffee-new", (M,))), read(mapping_of("coffee-hn-gt", (S,)))
    held = [hold_new(owner_session, [new, fewer], NOW) for _ in range(2)]
    assert [[(one.programme, one.agencies) for one in some] for some in held] == [
        [("coffee-new", (M,))],
        [],
    ]
    assert find_unloaded(owner_session, [new, fewer]) == ["coffee-hn-gt"]


@pytest.mark.promise("P2")
def test_who_serves_people_makes_no_programme_ask_fewer(
    story: Story, shelf: ProgrammeShelf
) -> None:
    with pytest.raises(Conflict, match="owner-needed"):
        ask(story, shelf, S, code="coffee-other")
    assert "coffee-other" not in shelf
