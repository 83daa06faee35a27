"""Decisions under seal: the worker hears the joint outcome, once, and nothing of the way to it."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.adapters.programme_shelf import check_file
from app.adapters.reference import read_reference
from app.services import approvals, own_data, prints
from app.services.case import load_case
from app.services.ports import Ports
from app.services.progress import read_progress
from app.storage.audit import list_events
from app.storage.outbox import outbox
from permits.applications import Status
from permits.approvals import Ground, Opinion
from permits.audit import Act
from permits.errors import Conflict
from permits.people import Agency
from tests import outside
from tests.agencies import BOTH
from tests.builders import Story

A, T, R = Opinion.APPROVE, Opinion.RETURN, Opinion.REFUSE


@pytest.fixture
def ports() -> Ports:
    sealed = check_file(Path("tests/programmes/coffee-sealed.toml"), read_reference())
    world = outside.ports()
    programmes = {**world.reference.programmes, sealed.code: sealed}
    return replace(world, reference=replace(world.reference, programmes=programmes))


@pytest.fixture
def sent(story: Story) -> Story:
    return story.start(programme="coffee-sealed").submit()


def notices(story: Story) -> list[Mapping[str, Any]]:
    """What waits to be told about decisions, the oldest first."""
    rows = story.session.scalars(select(outbox.c.payload).order_by(outbox.c.id))
    early = {"draft-started", "application-submitted"}
    return [row for row in rows if row.get("kind", "early") not in {*early, "early"}]


def own_rows(story: Story, table: str) -> int:
    return len(own_data.read_own_data(story.work(story.worker), "pdf").tables[table])


@pytest.mark.feature("O2", "N13")
@pytest.mark.promise("P16")
@pytest.mark.parametrize("opinion", list(Opinion))
@pytest.mark.parametrize("first", BOTH)
def test_the_worker_hears_nothing_of_half_a_round(
    sent: Story, first: Agency, opinion: Opinion
) -> None:
    before = sent.application
    sent.decide(sent.setrass if first is Agency.SETRASS else sent.inm, opinion)
    assert sent.application == before
    assert notices(sent) == []
    told = read_progress(sent.work(sent.worker), sent.id)
    assert (told.decisions, told.returned) == ((), ())
    assert set(told.waiting_for) == set(BOTH)
    assert own_rows(sent, "decisions") == 0
    with pytest.raises(Conflict, match="no-letter"):
        prints.print_letter(sent.work(sent.worker), sent.id, "es")


JOINT = [
    (A, A, Status.APPROVED, "application-approved"),
    (A, R, Status.REFUSED, "application-refused"),
    (R, R, Status.REFUSED, "application-refused"),
    (T, R, Status.REFUSED, "application-refused"),
    (T, A, Status.RETURNED, "application-returned"),
    (T, T, Status.RETURNED, "application-returned"),
]


@pytest.mark.feature("O2", "D4")
@pytest.mark.parametrize("inm_first", [False, True])
@pytest.mark.parametrize(("setrass", "inm", "status", "notice"), JOINT)
def test_the_round_closes_when_both_have_decided(
    sent: Story, setrass: Opinion, inm: Opinion, status: Status, notice: str, inm_first: bool
) -> None:
    steps = [(sent.setrass, setrass, "¿Su apellido?"), (sent.inm, inm, "¿Su pasaporte?")]
    for who, opinion, note in reversed(steps) if inm_first else steps:
        assert sent.application.status is Status.UNDER_REVIEW
        sent.decide(who, opinion, note)
    assert sent.application.status is status
    (told,) = notices(sent)[:1]
    assert told["kind"] == notice
    said = [note for _, opinion, note in steps if opinion.value == status_opinion(status)]
    assert sorted(told["facts"]["note"].split("\n\n")) == sorted(said)
    assert own_rows(sent, "decisions") == 2
    seen = read_progress(sent.work(sent.worker), sent.id)
    assert len(seen.decisions) == 2
    assert len(seen.returned) == (said and status is Status.RETURNED) * len(said)


def status_opinion(status: Status) -> str:
    return {Status.APPROVED: "approve", Status.REFUSED: "refuse", Status.RETURNED: "return"}[status]


@pytest.mark.feature("O2")
def test_a_letter_has_the_reasons_of_both(sent: Story) -> None:
    sent.decide(sent.setrass, R, "Ya tiene otra.").decide(sent.inm, R, "No puede entrar.")
    letter = prints.print_letter(sent.work(sent.worker), sent.id, "es")
    read = " ".join(page.extract_text() for page in PdfReader(BytesIO(letter)).pages)
    for told in (Ground.DUPLICATE.value, Ground.RE_ENTRY_BAN.value, "Ya tiene otra", "No puede"):
        assert told in read, told


def test_a_question_to_the_worker_opens_no_seal(sent: Story) -> None:
    sent.decide(sent.inm, R).ask()
    assert sent.application.status == Status.ASKED
    assert own_rows(sent, "decisions") == 0
    case = load_case(sent.work(sent.setrass), sent.id)
    assert [d.agency for d in case.decisions] == [Agency.INM]  # the law has it, whoever reads
    closed = sent.answer().decide(sent.setrass, A).application
    assert closed.status is Status.REFUSED


def test_who_held_the_case_lets_it_go_and_the_other_agency_keeps_its_hold(sent: Story) -> None:
    def hold(who: Any) -> None:  # noqa: ANN401
        seen = sent.application.version
        approvals.hold_application(sent.work(who), sent.id, seen_version=seen)

    hold(sent.inm)
    sent.decide(sent.setrass, A)
    assert sent.application.held_by == sent.inm.person
    closed = sent.decide(sent.inm, T).application
    assert (closed.held_by, closed.status) == (None, Status.RETURNED)

    sent.submit()
    hold(sent.inm)
    sent.decide(sent.inm, A)
    assert sent.application.held_by is None
    newest = list_events(sent.session, sent.id)[-1]
    assert (newest.act, newest.facts) == (Act.APPLICATION_RELEASED, {})
