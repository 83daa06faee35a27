"""The rows of questions within a round, as programs ask and answer them."""

from collections.abc import Mapping

from permits.people import Permission
from permits.visibility import Group
from tests.web.api.matrix import rules
from tests.web.api.matrix.row import Row, row

P = Permission
ONE = "/api/v1/applications/{application}"
ITEM = f"{ONE}/questions/{{position}}"
ASKED = {"json": {"questions": [{"kind": "fact", "text": "¿Con quién viaja?"}]}}
FIRST = {"position": 1}

ASKED_ROWS: Mapping[str, Row] = {
    f"GET {ONE}/questions": row(rules.reads(Group.NOTES)),
    f"POST {ONE}/questions": row(rules.acts(P.APPLICATION_RECOMMEND), 412, **ASKED),
    f"POST {ITEM}/answer": row(
        rules.changes(P.APPLICATION_EDIT_OWN), 409, ids=FIRST, json={"answer": "Sí."}
    ),
    f"POST {ITEM}/photo": row(rules.changes(P.APPLICATION_EDIT_OWN), 409, ids=FIRST, content=b"x"),
    f"POST {ONE}/answers": row(rules.changes(P.APPLICATION_EDIT_OWN), 412),
}
