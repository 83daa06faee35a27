"""What stands sealed: not in clear anywhere, found all the same, and walked up and down."""

import json
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.adapters.vault import SealBroken
from app.services import applications as use
from app.services import queues
from app.services.case import load_case
from app.services.ports import Ports
from app.services.queues import QueueFilter
from app.storage import migrations, rounds
from app.storage.credentials import find_by_number
from permits.people import Role
from tests.builders import CUI, Story, add_official, work_of
from tests.databases import Database

TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


def dump(session: Session) -> dict[str, list[str]]:
    """Every row of every table as text, bytes as what they are in hexadecimal."""
    tables = [row.relname for row in session.execute(text(TABLES))]
    return {
        name: [str(row[0]) for row in session.execute(text(f"SELECT t::text FROM {name} t"))]
        for name in sorted(tables)
    }


def mentions(session: Session, wanted: str) -> list[str]:
    """The tables in which a text stands, in clear or as bytes."""
    forms = (wanted, wanted.encode().hex())
    return [
        name
        for name, rows in dump(session).items()
        if any(form in row for row in rows for form in forms)
    ]


@pytest.mark.asvs("14.2.4")
@pytest.mark.parametrize("number", [CUI, "1234 56789 2004"])
def test_no_table_holds_a_document_number(story: Story, number: str) -> None:
    story.start(document_number=number).submit().approve().sign()
    assert mentions(story.session, story.worker.person.hex[:8]) != []  # the look sees
    assert mentions(story.session, CUI) == []


def test_the_number_is_read_where_it_is_needed(story: Story) -> None:
    story.start().submit()
    case = load_case(story.work(story.setrass), story.id)
    assert case.answers.document_number == CUI
    story.approve().sign()
    row = story.session.execute(text("SELECT number FROM credentials")).one()
    found = find_by_number(story.session, story.ports.vault, row.number)
    assert found is not None
    assert CUI.encode() in found.payload


@pytest.mark.feature("O7")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (CUI, True),
        ("1234 56789 2004", True),
        ("1234-56789-2004", True),
        (f"Gutiérrez {CUI}", True),
        ("gutierrez namendi", True),
        (CUI[:-1], False),
        (CUI + "1", False),
        (f"Pérez {CUI}", False),
    ],
)
def test_officials_find_a_case_by_the_whole_number(story: Story, typed: str, found: bool) -> None:
    story.start().submit()
    other = Story(story.session, story.ports)
    other.start(document_number="9123456752004", given_names="Ana", surnames="Xol").submit()
    official = add_official(story.session, story.ports, Role.INM_OFFICER)
    work = work_of(story.session, official, story.ports)
    page = queues.list_queue(work, QueueFilter(text=typed))
    assert [row.id for row in page.rows] == ([story.id] if found else [])
    assert page.total == int(found)


def test_another_case_with_the_same_document_is_found(session: Session, ports: Ports) -> None:
    first = Story(session, ports).start().submit()
    second = Story(session, ports).start().submit()
    Story(session, ports).start(document_number="9123456752004").submit()
    codes = {f.code for f in load_case(second.work(second.setrass), second.id).findings}
    assert "similar-application" in codes
    use.withdraw_application(first.work(first.worker), first.id)
    codes = {f.code for f in load_case(second.work(second.setrass), second.id).findings}
    assert "similar-application" not in codes


def test_content_of_another_round_or_case_is_never_decided_on(
    session: Session, ports: Ports
) -> None:
    """Somebody who may write every table, but has no keys, cannot put other content in place."""
    one, two = Story(session, ports).start().submit(), Story(session, ports).start().submit()
    session.execute(text("DROP TRIGGER application_rounds_never_change ON application_rounds"))
    session.execute(
        text(
            "UPDATE application_rounds SET content ="
            " (SELECT content FROM application_rounds WHERE application = :other)"
            " WHERE application = :case"
        ),
        {"case": one.id, "other": two.id},
    )
    with pytest.raises(SealBroken):
        load_case(one.work(one.setrass), one.id)
    key = session.execute(
        rounds.case_keys.select().where(rounds.case_keys.c.application == two.id)
    ).one()
    other = ports.vault.seal_under(
        key.sealed, f"case_keys.sealed/1/{two.application.digest}", two.id, "{}"
    )
    session.execute(
        text("UPDATE application_rounds SET content = :other WHERE application = :case"),
        {"case": two.id, "other": other},
    )
    with pytest.raises(ValueError, match="does not fit its digest"):
        load_case(two.work(two.setrass), two.id)


def rows_of(database: Database, *queries: str) -> list[list[Any]]:
    with database.sessions() as session:
        return [[tuple(row) for row in session.execute(text(query))] for query in queries]


CLEAR = (
    "SELECT id, answers, search_text FROM applications ORDER BY id",
    "SELECT application, round, digest, content FROM application_rounds ORDER BY 1, 2",
    "SELECT id, to_be_signed, payload, text FROM credentials ORDER BY id",
)


def test_rows_are_sealed_on_the_way_up_and_opened_on_the_way_down(
    database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        story = Story(session, ports).start().submit().approve().sign()
        draft = Story(session, ports).start(document_number=None)
    migrations.downgrade(database.engine, "0012", ports.vault)
    clear = rows_of(database, *CLEAR)
    answers = {row[0]: (row[1]["document_number"], row[2]) for row in clear[0]}
    assert answers[story.id] == (
        CUI,
        f"maria angela gutierrez namendi {CUI} +50255512345 finca el cedral",
    )
    assert answers[draft.id][0] is None
    assert json.loads(clear[1][0][3])["answers"]["document_number"] == CUI
    assert CUI.encode() in clear[2][0][1]
    assert CUI.encode() in clear[2][0][2]
    with pytest.raises(RuntimeError, match="needs the keys"):
        migrations.upgrade(database.engine)
    assert migrations.current(database.engine) == "0012"
    migrations.upgrade(database.engine, vault=ports.vault)
    with database.sessions.begin() as session:
        assert mentions(session, CUI) == []
        case = load_case(work_of(session, story.setrass, ports), story.id)
        assert case.answers.document_number == CUI
    migrations.downgrade(database.engine, "0012", ports.vault)
    assert rows_of(database, *CLEAR) == clear


def test_what_was_erased_stays_erased_on_the_way_down(database: Database, ports: Ports) -> None:
    with database.sessions.begin() as session:
        Story(session, ports).start().submit()
        session.execute(text("DELETE FROM case_keys"))
    migrations.downgrade(database.engine, "0012", ports.vault)
    assert [row[3] for row in rows_of(database, CLEAR[1])[0]] == [""]
    migrations.upgrade(database.engine, vault=ports.vault)
