"""What a decision reads has a plan that the server keeps: no value is needed to choose an index."""

import re
from itertools import count

from sqlalchemy import event

from app.services import approvals
from app.services.approvals import Ruling
from permits.approvals import Opinion
from tests.builders import Story


def test_a_decision_s_statements_are_not_planned_anew_each_time(story: Story) -> None:
    story.start().submit()
    connection = story.session.connection()
    sent: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *told: sent.append(told[2]))
    for official in (story.setrass, story.inm):
        version = story.application.version
        work = story.work(official)
        approvals.decide_application(work, story.id, Ruling(Opinion.APPROVE), seen_version=version)
    read = {one for one in sent if one.startswith("SELECT") and "document_index = " in one}
    assert len(read) == 2, read
    # Of a small table every plan reads the whole, unless it may not.
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    for statement in read:
        plan = connection.exec_driver_sql(f"EXPLAIN (GENERIC_PLAN) {_numbered(statement)}")
        told = "\n".join(row[0] for row in plan)
        assert "ix_applications_document_index" in told, f"{statement}\n{told}"


def _numbered(statement: str) -> str:
    """The statement with `$1` for what the driver calls `%(name)s`."""
    places = count(1)
    numbers: dict[str, int] = {}
    return re.sub(
        r"%\((\w+)\)s", lambda name: f"${numbers.setdefault(name[1], next(places))}", statement
    ).replace("%%", "%")
