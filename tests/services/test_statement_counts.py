"""How many statements the hot paths send: a round trip more is a change that somebody decides."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import event

from app.services import applications, approvals, contract_looks, crossings, queues, submissions
from app.services.approvals import Ruling
from app.services.contract_looks import Said
from app.services.ports import Ports
from app.services.queues import QueueFilter
from app.storage import credentials
from app.storage.authorisations import find_of_application
from app.storage.database import Session
from permits.approvals import Opinion
from permits.crossings import Crossing, CrossingId, Direction
from permits.people import Role
from recruitment.ethics.words import Weighed
from tests.builders import NOW, Story, add_official, work_of
from tests.services.test_contracts import accept, offer_anew, own

APPROVE = Ruling(Opinion.APPROVE)
MOST = 8
"""Statements of a decision itself; what a granted right brings along comes after it."""


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The first word of each statement that is sent, in order."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement.split()[0])

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(connection, "before_cursor_execute", note)


def test_the_first_decision(story: Story) -> None:
    story.start().submit()
    version = story.application.version
    with counted(story.session) as sent:
        approvals.decide_application(
            story.work(story.setrass), story.id, APPROVE, seen_version=version
        )
    # The case: its row, and all that lies beside it. The lock of the quotas and of the work; a free
    # place in each, and who else has work. The decision with its event and places. The row with its
    # event. The worker, the notice.
    assert sent == ["SELECT"] * 4 + ["WITH"] * 2 + ["SELECT", "INSERT"]
    assert len(sent) <= MOST


def test_a_contract_of_several_versions_costs_one_statement_more(story: Story) -> None:
    story.start().submit()
    offer_anew(story, title="Corte de café y limpieza")
    seen = own(story).held
    said = Said(seen.base.digest, seen.newest.digest, Weighed.SAME, "Limpiar es parte del corte.")
    contract_looks.look(story.work(story.setrass), story.id, 2, said)
    accept(story)
    version = story.application.version
    with counted(story.session) as sent:
        approvals.decide_application(
            story.work(story.setrass), story.id, APPROVE, seen_version=version
        )
    # As the first decision, and every version with who agreed to it and who looked at it.
    assert sent == ["SELECT"] * 5 + ["WITH"] * 2 + ["SELECT", "INSERT"]


def test_the_decision_that_grants(story: Story) -> None:
    story.start().submit().decide(story.setrass, Opinion.APPROVE)
    version = story.application.version
    with counted(story.session) as sent:
        approvals.decide_application(story.work(story.inm), story.id, APPROVE, seen_version=version)
    # As above without the quotas, then: the right with its approvals and its event; the list in
    # use, the credential, its event and the effect that signs it; another verified case of the
    # same document.
    deciding = ["SELECT"] * 2 + ["WITH"] * 2 + ["SELECT", "INSERT"]
    assert sent == [*deciding, "WITH", "SELECT", *["INSERT"] * 3, "SELECT"]
    assert len(deciding) <= MOST


@pytest.mark.parametrize("cases", [1, 3])
def test_a_page_of_the_queue_costs_the_same_for_one_and_three_rows(
    session: Session, ports: Ports, cases: int
) -> None:
    for _ in range(cases):
        Story(session, ports).start().submit()
    official = add_official(session, ports, Role.SETRASS_OFFICER)
    with counted(session) as sent:
        page = queues.list_queue(work_of(session, official, ports), QueueFilter())
    # Whom each programme asks, how many there are, and the page.
    assert (len(page.rows), sent) == (cases, ["SELECT"] * 3)


def test_opening_a_case(story: Story) -> None:
    story.start().submit()
    with counted(story.session) as sent:
        applications.read_application(story.work(story.setrass), story.id, "decide")
    assert sent == ["SELECT"] * 2 + ["INSERT"]


def test_handing_in(story: Story) -> None:
    story.start()
    with counted(story.session) as sent:
        submissions.submit_application(story.work(story.worker), story.id)
    # The case: row, vacancy, files, similar ones, decisions. Whom the programme asks. The receipt's
    # mark and number. The worker's number, and a new one with its event. The key of the case, the
    # round, the row with the event of both. The consent. Whether any of it is judged. The
    # vacancy's conditions, the contracts of before; this one with its event, and the employer's yes
    # with its. The worker and the notice.
    writing = ["INSERT"] * 2 + ["WITH", "INSERT"] + ["SELECT"] * 3 + ["WITH"] * 2
    assert sent == ["SELECT"] * 9 + ["WITH"] + writing + ["SELECT", "INSERT"]


def test_one_crossing(story: Story) -> None:
    story.start().submit().approve().sign()
    agent = add_official(story.session, story.ports, Role.BORDER_AGENT)
    authorisation = find_of_application(story.session, story.id)
    assert authorisation is not None
    permit = credentials.find_standing(story.session, story.ports.vault, authorisation.id)
    assert permit is not None
    crossing = Crossing(
        CrossingId(uuid4()),
        permit.number,
        Direction.ENTRY,
        "HN-GT-1",
        "device",
        agent.person,
        NOW,
        "green",
        "ok",
        offline=False,
        list_issued_at=NOW,
    )
    with counted(story.session) as sent:
        crossings.record_crossings(story.work(agent), [crossing])
    # The permit is held, the id looked for, what stands around it read; then it is written down.
    assert sent == ["SELECT", "SELECT", "SELECT", "INSERT", "INSERT"]
