"""Rows of lists that two administrators approve at once are both in the folder."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.adapters.list_shelf import ListShelf
from app.services import reference_lists
from app.storage.database import Session
from permits.dated_changes import ChangeState
from permits.deadlines import legal_day
from permits.people import Actor, Role
from permits.reference_lists import ListName
from tests import outside
from tests.builders import NOW, add_official, work_of
from tests.databases import Database


@pytest.mark.feature("D4")
def test_two_rows_approved_at_once_are_both_kept(database: Database, tmp_path: Path) -> None:
    world = outside.ports()
    shelf = ListShelf(tmp_path, lambda: legal_day(NOW), every=0)
    ports = replace(world, reference=shelf.over(world.reference))

    def decide(session: Session, who: Actor, change: UUID) -> None:
        work = work_of(session, who, ports, NOW)
        reference_lists.decide_row(work, change, ChangeState.APPROVED)

    with database.sessions.begin() as session:
        one, other = (add_official(session, ports, Role.ADMINISTRATOR) for _ in range(2))
        work, day = work_of(session, one, ports, NOW), legal_day(NOW) + timedelta(days=1)
        rows = [{"day": f"2027-01-1{number}", "reason": "Feriado"} for number in (1, 2)]
        first, second = (
            reference_lists.propose_row(work, ListName.CLOSURES, row, "Acuerdo 5", day).id
            for row in rows
        )
    with database.sessions() as held, database.sessions() as waiting:
        decide(held, other, first)
        waiting.execute(text("SET LOCAL lock_timeout = '100ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            decide(waiting, other, second)
        held.commit()
    with database.sessions.begin() as session:
        decide(session, other, second)
    [kept] = [json.loads(file.read_text()) for file in tmp_path.glob("*changes*.json")]
    told = sorted(one["row"]["day"] for one in kept if one["source"] == "Acuerdo 5")
    assert told == ["2027-01-11", "2027-01-12"]
