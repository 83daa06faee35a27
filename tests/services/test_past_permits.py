"""An older register from its dry run to what a person reads of it, and out again."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.services import dossiers, effects, past_permits, register_imports, retention
from app.services.past_permits import Standing
from app.services.ports import Ports
from app.services.register_imports import KeptPermit
from app.storage import audit
from app.storage.database import Session
from app.storage.own_data import read_own
from permits.applications import ApplicationId
from permits.audit import Act
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.past_permits import UNDO_FOR
from permits.people import SYSTEM, Role
from tests.builders import NOW, Story, add_official
from tests.crew_lists import cui
from tests.registers import permit, register

PROGRAMME = "coffee-hn-gt"
SURE, SLIP, OTHER = (
    permit(),
    permit(document_number="", given_names="Maria Anjela", starts_on="01/11/2023"),
    permit(document_number=cui(5), given_names="Bartola", surnames="Caal"),
)


@pytest.fixture
def story(session: Session, ports: Ports) -> Story:
    return Story(session, ports).supervise().start().submit()


def take_in(story: Story, *rows: list[str], import_: UUID | None = None) -> UUID:
    """What a supervisor confirms, and what the worker process does then."""
    work = story.work(story.supervisor)
    import_ = import_ or uuid4()
    sheet = story.ports.sheets.read(register(*rows))
    register_imports.import_register(work, import_, PROGRAMME, " Copán  2024 ", sheet)
    while effects.run_next_effect(story.work(SYSTEM)):
        pass
    return import_


def permits(story: Story, import_: UUID) -> list[KeptPermit]:
    found = register_imports.read_import(story.work(story.supervisor), import_)
    return list(found.permits)


@pytest.mark.feature("D9")
def test_what_is_certain_is_matched_and_shown_as_history_that_gives_nothing(story: Story) -> None:
    import_ = take_in(story, SURE, SLIP, OTHER)
    sure, slip, other = permits(story, import_)
    assert [one.standing for one in (sure, slip, other)] == [
        Standing.MATCHED,
        Standing.UNSURE,
        Standing.ALONE,
    ]
    assert (sure.worker, slip.worker) == (story.worker.person, None)
    dossier = dossiers.read_dossier(story.work(story.setrass), story.id)
    assert [one.permit.number for one in dossier.seasons] == ["SET-2024-17"]
    # History: no finding, no priority, no right.
    assert "rehire-priority" not in {finding.code for finding in dossier.case.findings}
    assert (dossier.right, dossier.permit) == (None, None)
    (own,) = read_own(story.session, story.ports.vault, story.worker.person)["past_permits"]
    assert own["told"]["employer"] == "Finca El Roble"
    sealed = story.session.execute(text("SELECT told FROM past_permits ORDER BY row")).scalars()
    assert not any(b"Roble" in bytes(one) or b"1234567892004" in bytes(one) for one in sealed)


@pytest.mark.feature("D9")
def test_an_official_decides_what_is_not_certain_and_may_take_it_back(story: Story) -> None:
    _, slip, other = permits(story, take_in(story, SURE, SLIP, OTHER))
    chief = story.work(story.supervisor)
    file = past_permits.read_permit(chief, slip.id)
    (candidate,) = file.candidates
    told = {one.field: one.match.value for one in candidate.fields}
    assert (told["given_names"], told["surnames"]) == ("alike", "same")
    assert "document_number" not in told  # the register tells none
    reads = audit.list_events(story.session, story.id)
    assert (reads[-1].act, reads[-1].facts) == (Act.APPLICATION_READ, {"purpose": "compare"})
    settled = past_permits.settle_permit(chief, slip.id, story.id, seen=Standing.UNSURE)
    assert (settled.worker, settled.settled_by) == (story.worker.person, story.supervisor.person)
    with pytest.raises(Conflict) as late:
        past_permits.settle_permit(chief, slip.id, None, seen=Standing.UNSURE)
    assert late.value.code == "past-settled"
    back = past_permits.settle_permit(chief, slip.id, None, seen=Standing.MATCHED)
    assert (back.standing, back.worker) == (Standing.ALONE, None)
    with pytest.raises(NotFound):  # nobody is named who was not shown
        past_permits.settle_permit(chief, other.id, story.id, seen=Standing.ALONE)
    with pytest.raises(NotFound):
        past_permits.settle_permit(chief, slip.id, ApplicationId(uuid4()), seen=Standing.ALONE)


@pytest.mark.feature("D9")
def test_a_register_is_taken_in_once_and_out_again_whole(story: Story) -> None:
    chief = story.work(story.supervisor)
    import_ = take_in(story, SURE, SLIP)
    take_in(story, SURE, SLIP, import_=import_)  # pressed twice
    again = register_imports.check_register(chief, PROGRAMME, register(OTHER, SURE))
    assert [(one.row, one.fault.code) for one in again.faults] == [(3, "past-known")]
    with pytest.raises(Invalid):
        take_in(story, OTHER, SURE)
    assert len(register_imports.list_imports(chief)) == 1
    late = replace(chief, now=NOW + UNDO_FOR)
    with pytest.raises(Conflict):
        register_imports.undo_import(late, import_)
    register_imports.undo_import(chief, import_)
    assert permits(story, import_) == []
    assert dossiers.read_dossier(story.work(story.setrass), story.id).seasons == ()
    events = audit.list_events(story.session, import_)
    acts = [one.act for one in events if one.act is not Act.REGISTER_READ]
    assert acts == [Act.REGISTER_IMPORTED, Act.REGISTER_UNDONE]
    take_in(story, SURE)  # what was taken out may come in again


@pytest.mark.feature("D9")
def test_who_came_later_is_compared_by_an_official_and_old_permits_are_forgotten(
    session: Session, ports: Ports
) -> None:
    story = Story(session, ports).supervise()
    import_ = take_in(story, SURE)
    (alone,) = permits(story, import_)
    assert alone.standing is Standing.ALONE
    story.start().submit()
    said = dossiers.read_dossier(story.work(story.setrass), story.id).case.answers
    assert [one.id for one in past_permits.list_open(story.work(story.supervisor), said)] == [
        alone.id
    ]
    assert past_permits.list_open(story.work(story.setrass), said) == ()
    later = replace(story.work(SYSTEM), now=NOW + timedelta(days=5 * 366))
    planned = retention.plan_retention(later).counts["past_permits"]
    assert (planned, retention.run_retention(later).counts["past_permits"]) == (1, 1)


@pytest.mark.asvs("8.2.1")
def test_nobody_else_imports_or_decides(story: Story) -> None:
    import_ = take_in(story, SURE)
    (one,) = permits(story, import_)
    inm = add_official(story.session, story.ports, Role.INM_SUPERVISOR)
    for actor in (story.setrass, inm, story.worker):
        work = story.work(actor)
        for act in (
            lambda w=work: register_imports.list_imports(w),
            lambda w=work: register_imports.read_import(w, import_),
            lambda w=work: register_imports.undo_import(w, import_),
            lambda w=work: register_imports.check_register(w, PROGRAMME, b"x"),
            lambda w=work: past_permits.read_permit(w, one.id),
            lambda w=work: past_permits.settle_permit(w, one.id, None, seen=Standing.MATCHED),
        ):
            with pytest.raises(Forbidden):
                act()
