"""The rows of what is due beside wages: its worker's room, and SETRASS's office."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, row

OWN = "/mi-solicitud/{application:uuid}/ademas-del-salario"
DESK = "/pagos-por-devolver/ademas-del-salario"
CLAIM = {"claim": NO_SUCH}
SEEN = {"version": "1"}
MAY, ABSENT = rules.may(Permission.RECRUITER_JUDGE), rules.absent(Permission.RECRUITER_JUDGE)

WELFARE_ROWS: Mapping[str, Row] = {
    f"GET {OWN}": row(rules.own()),
    f"POST {OWN}": row(rules.own(), 422),
    f"POST {OWN}/{{claim:uuid}}/{{action}}": row(
        rules.nothing(), ids={**CLAIM, "action": "recibido"}, data=SEEN
    ),
    f"GET {DESK}": row(MAY),
    f"GET {DESK}/anotar": row(MAY),
    f"POST {DESK}/anotar": row(MAY, 422),
    f"GET {DESK}/{{claim:uuid}}": row(ABSENT, ids=CLAIM),
    f"POST {DESK}/{{claim:uuid}}": row(ABSENT, ids=CLAIM, data=SEEN),
}
