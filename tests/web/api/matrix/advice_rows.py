"""The routes of a decision and of what comes before it: recommendation and questions."""

from collections.abc import Mapping

from permits.applications import Status
from permits.people import Actor, Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import Owned
from tests.web.api.matrix.row import NEVER_SEEN, Row, row
from tests.web.api.matrix.rules import GONE, Answer

ONE = "/api/v1/applications/{application}"
CASE = "/casos/{application}"
ASKED = "/mi-solicitud/{application:uuid}/preguntas"
LATER = "/mi-solicitud/{application:uuid}/papel"
OVER = frozenset({Status.APPROVED, Status.REFUSED, Status.WITHDRAWN})
NOBODYS = "00000000-0000-4000-8000-000000000000"


def _no_such_note(actor: Actor | None, owned: Owned | None) -> Answer:
    """No note is there by this id; of a case that is over nothing is taken back (409)."""
    answer = rules.changes(Permission.APPLICATION_HOLD)(actor, owned)
    is_over = owned is not None and owned.file.status in OVER
    return GONE if answer is Answer.ALLOWED and not is_over else answer


ADVICE_ROWS: Mapping[str, Row] = {
    f"POST {ONE}/recommendations": row(
        rules.acts(Permission.APPLICATION_RECOMMEND), 412, json={"opinion": "approve"}
    ),
    f"POST {CASE}/decidir": row(
        rules.acts(Permission.APPLICATION_DECIDE),
        412,
        data={"version": NEVER_SEEN, "opinion": "approve"},
    ),
    f"POST {CASE}/preguntar": row(
        rules.acts(Permission.APPLICATION_RECOMMEND),
        412,
        data={"version": NEVER_SEEN, "question-1": "¿Dónde?"},
    ),
    f"POST {CASE}/preguntar/borrador.pdf": row(
        rules.acts(Permission.APPLICATION_RECOMMEND), 200, 409, data={"question-1": "¿Dónde?"}
    ),
    f"GET {ASKED}": row(rules.own(), 200, 303),
    f"POST {ASKED}": row(rules.own(), 303),
    f"GET {ASKED}/{{position}}": row(
        rules.changes(Permission.APPLICATION_EDIT_OWN), 409, ids={"position": 1}
    ),
    f"POST {ASKED}/{{position}}": row(
        rules.changes(Permission.APPLICATION_EDIT_OWN), 409, ids={"position": 1}, data={}
    ),
    f"GET {LATER}": row(rules.changes(Permission.APPLICATION_EDIT_OWN), 200, 303),
    f"POST {LATER}": row(rules.changes(Permission.APPLICATION_EDIT_OWN), 409, 422, data={}),
    f"POST {CASE}/papeles": row(
        rules.changes(Permission.APPLICATION_HOLD), 303, 409, data={"shown": "identity-front"}
    ),
    f"POST {CASE}/papeles/{{note:uuid}}/quitar": row(_no_such_note, 409, ids={"note": NOBODYS}),
    f"GET {ONE}/later-papers": row(rules.reads()),
    f"POST {ONE}/later-papers/{{paper}}": row(
        rules.changes(Permission.APPLICATION_EDIT_OWN),
        *(409, 422),
        ids={"paper": "identity-front"},
        content=b"x",
    ),
    f"POST {ONE}/shown-papers": row(
        rules.changes(Permission.APPLICATION_HOLD), 409, 422, json={"paper": "other"}
    ),
    f"POST {ONE}/shown-papers/{{note}}/take-back": row(
        rules.changes(Permission.APPLICATION_HOLD), 404, 409, ids={"note": NOBODYS}
    ),
    f"POST {CASE}/recomendar": row(
        rules.acts(Permission.APPLICATION_RECOMMEND),
        412,
        data={"version": NEVER_SEEN, "advice": "approve"},
    ),
}
