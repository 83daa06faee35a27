"""The officials' desk: who works on what, what is new to whom, notes and views with a name."""

from uuid import UUID

import pytest

from app.services import assigning, case_notes, dossiers, queues, saved_views
from app.services.approvals import hold_application
from app.services.ports import Ports
from app.services.queues import Wanted
from app.services.work import Work
from app.storage import audit
from app.storage.database import Session
from permits.approvals import Opinion
from permits.audit import Act
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.holds import TakeOver
from permits.people import Actor, Role
from tests.builders import Story, add_official, work_of

NEW = Wanted(unseen=True)


@pytest.fixture
def supervisor(session: Session, ports: Ports) -> Work:
    return work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR, "Ana"), ports)


@pytest.fixture
def officer(session: Session, ports: Ports) -> Work:
    return work_of(session, add_official(session, ports, Role.SETRASS_OFFICER, "Lucía"), ports)


@pytest.fixture
def story(session: Session, ports: Ports) -> Story:
    return Story(session, ports).start().submit()


def new_to(work: Work) -> set[UUID]:
    page = queues.list_queue(work, queues.filter_of(work, NEW))
    assert all(row.unseen for row in page.rows)
    return {row.id for row in page.rows}


def acts(story: Story) -> list[Act]:
    return [event.act for event in audit.list_events(story.session, story.id)]


@pytest.mark.feature("O3")
def test_a_case_is_new_until_it_is_opened_and_again_once_it_changed(
    story: Story, officer: Work, supervisor: Work
) -> None:
    assert new_to(officer) == {story.id}
    dossiers.read_dossier(officer, story.id)
    assert (new_to(officer), new_to(supervisor)) == (set(), {story.id})
    story.decide(story.setrass, Opinion.APPROVE)
    assert new_to(officer) == {story.id}
    dossiers.read_dossier(officer, story.id)
    assert new_to(officer) == set()


@pytest.mark.feature("O4")
def test_many_cases_are_given_at_once_and_what_cannot_be_is_told(
    session: Session, ports: Ports, officer: Work, supervisor: Work
) -> None:
    free, changed, held, decided = (Story(session, ports).start().submit() for _ in range(4))
    picked = [(one.id, one.application.version) for one in (free, changed, held, decided)]
    colleague = add_official(session, ports, Role.SETRASS_OFFICER, "Marta")
    changed.decide(changed.setrass, Opinion.APPROVE)
    hold_application(
        work_of(session, colleague, ports), held.id, seen_version=held.application.version
    )
    picked[2] = (held.id, held.application.version)
    decided.decide(decided.setrass, Opinion.REFUSE)
    picked[3] = (decided.id, decided.application.version)

    given = assigning.assign_cases(supervisor, picked, officer.actor.person)

    assert (given.to, given.done) == ("Lucía", 1)
    assert {(one.receipt, one.reason.code) for one in given.refused} == {
        (changed.application.receipt, "changed-meanwhile"),
        (held.application.receipt, "held-by-other"),
        (decided.application.receipt, "not-under-review"),
    }
    assert free.application.held_by == officer.actor.person
    assert held.application.held_by == colleague.person
    assert acts(free)[-1] is Act.APPLICATION_ASSIGNED
    assert Act.APPLICATION_ASSIGNED not in acts(changed) + acts(held) + acts(decided)


@pytest.mark.feature("O4")
def test_only_officials_of_the_own_agency_are_offered_and_taken(
    session: Session, ports: Ports, story: Story, officer: Work, supervisor: Work
) -> None:
    other = add_official(session, ports, Role.INM_OFFICER, "Inés")
    offered = {one.person for one in assigning.list_colleagues(supervisor)}
    assert {officer.actor.person, supervisor.actor.person} <= offered
    assert other.person not in offered
    assert [one.person for one in assigning.list_colleagues(officer)] == [officer.actor.person]
    picked = [(story.id, story.application.version)]
    with pytest.raises(Invalid):
        assigning.assign_cases(supervisor, picked, other.person)
    with pytest.raises(Invalid):
        assigning.assign_cases(supervisor, [], officer.actor.person)
    with pytest.raises(Invalid):
        assigning.assign_cases(supervisor, picked * 51, officer.actor.person)
    given = assigning.assign_cases(officer, picked, supervisor.actor.person)
    assert [one.reason.code for one in given.refused] == ["not-permitted"]


@pytest.mark.feature("O4")
def test_a_colleagues_case_is_taken_over_for_a_reason_that_the_log_keeps(
    story: Story, officer: Work, supervisor: Work
) -> None:
    hold_application(officer, story.id, seen_version=story.application.version)
    with pytest.raises(Invalid):
        hold_application(supervisor, story.id, seen_version=story.application.version)
    version = story.application.version
    hold_application(supervisor, story.id, seen_version=version, reason=TakeOver.ABSENT)
    (*_, taken) = audit.list_events(story.session, story.id)
    assert taken.facts == {"taken_from": str(officer.actor.person), "reason": "absent"}


def test_a_note_is_read_by_the_own_agency_or_by_both_and_changes_nothing(
    session: Session, ports: Ports, story: Story, officer: Work, supervisor: Work
) -> None:
    inm = work_of(session, add_official(session, ports, Role.INM_OFFICER), ports)
    before = story.application
    case_notes.add_note(officer, story.id, "  Llamé al patrono.  ", shared=False)
    case_notes.add_note(officer, story.id, "Vive con su hermana.", shared=True)

    assert {one.words for one in case_notes.list_notes(supervisor, story.id)} == {
        "Llamé al patrono.",
        "Vive con su hermana.",
    }
    assert [one.words for one in case_notes.list_notes(inm, story.id)] == ["Vive con su hermana."]
    assert story.application == before
    noted = [e for e in audit.list_events(session, story.id) if e.act is Act.CASE_NOTED]
    assert [event.facts for event in noted] == [{"shared": False}, {"shared": True}]


def test_a_note_says_something_and_nobody_writes_beside_what_they_cannot_open(
    story: Story, officer: Work, session: Session, ports: Ports
) -> None:
    for words in ("", "   ", "x" * 5_000, "\x00"):
        with pytest.raises(Invalid):
            case_notes.add_note(officer, story.id, words, shared=False)
    with pytest.raises(Forbidden):
        case_notes.add_note(story.work(story.worker), story.id, "Hola", shared=True)
    draft = Story(session, ports).start()
    with pytest.raises(NotFound):
        case_notes.add_note(officer, draft.id, "Hola", shared=False)
    assert case_notes.list_notes(officer, story.id) == []


@pytest.mark.feature("O3")
def test_a_view_is_kept_under_its_name_for_its_author_or_their_agency(
    session: Session, ports: Ports, officer: Work, supervisor: Work
) -> None:
    inm = work_of(session, add_official(session, ports, Role.INM_OFFICER), ports)
    saved_views.save_view(officer, " Mis   devueltas ", "estado=returned", shared=False)
    shared = saved_views.save_view(officer, "Equipo", "vence=pronto", shared=True)
    saved_views.save_view(officer, "Mis devueltas", "estado=lapsed", shared=False)

    assert [(v.name, v.words) for v in saved_views.list_views(officer)] == [
        ("Equipo", "vence=pronto"),
        ("Mis devueltas", "estado=lapsed"),
    ]
    assert [view.name for view in saved_views.list_views(supervisor)] == ["Equipo"]
    assert saved_views.list_views(inm) == []
    with pytest.raises(NotFound):
        saved_views.remove_view(supervisor, shared.id)
    saved_views.remove_view(officer, shared.id)
    assert [view.name for view in saved_views.list_views(officer)] == ["Mis devueltas"]


@pytest.mark.feature("O3")
def test_views_have_a_short_name_and_there_is_an_end_of_them(officer: Work) -> None:
    for name in ("", " ", "x" * 41):
        with pytest.raises(Invalid):
            saved_views.save_view(officer, name, "", shared=False)
    for number in range(saved_views.MOST):
        saved_views.save_view(officer, f"Vista {number}", "", shared=False)
    with pytest.raises(Conflict, match="too-many-views"):
        saved_views.save_view(officer, "Una más", "", shared=False)
    saved_views.save_view(officer, "Vista 3", "tengo=yo", shared=False)  # not one more


def test_who_has_no_desk_saves_no_view(story: Story) -> None:
    with pytest.raises(Forbidden):
        saved_views.save_view(story.work(story.worker), "Mía", "", shared=False)
    nobody = Actor(story.worker.person, Role.AUDITOR)
    with pytest.raises(Forbidden):
        saved_views.list_views(story.work(nobody))
