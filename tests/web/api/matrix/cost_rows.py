"""The rows of the cost diary, which its worker alone reads, and of SETRASS's desk for claims."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, row

OWN, DESK = "/mi-solicitud/{application:uuid}/pagos", "/pagos-por-devolver"
COST = {"cost": NO_SUCH}
SEEN = {"version": "1"}
ABSENT = rules.absent(Permission.RECRUITER_JUDGE)

COST_ROWS: Mapping[str, Row] = {
    f"GET {OWN}": row(rules.own()),
    f"POST {OWN}": row(rules.own(), 422),
    f"POST {OWN}/{{cost:uuid}}/quitar": row(rules.nothing(), ids=COST, data=SEEN),
    f"POST {OWN}/{{cost:uuid}}/{{action}}": row(
        rules.nothing(), ids={**COST, "action": "pedir"}, data=SEEN
    ),
    f"GET {OWN}/{{cost:uuid}}/comprobante": row(rules.nothing(), ids=COST),
    "GET /api/v1/recruitment-costs": row(rules.may(Permission.RECRUITER_JUDGE)),
    f"GET {DESK}": row(rules.may(Permission.RECRUITER_JUDGE)),
    f"GET {DESK}/{{cost:uuid}}": row(ABSENT, ids=COST),
    f"GET {DESK}/{{cost:uuid}}/comprobante": row(ABSENT, ids=COST),
    f"POST {DESK}/{{cost:uuid}}/pagado": row(ABSENT, ids=COST, data=SEEN),
    f"POST {DESK}/{{cost:uuid}}/cobro": row(ABSENT, ids=COST, data=SEEN),
}
