"""The rows of the cost diary, which its worker alone reads, and of SETRASS's desk for claims."""

from collections.abc import Mapping

from permits.people import Actor, Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH, Owned
from tests.web.api.matrix.row import Row, row
from tests.web.api.matrix.rules import Answer

API = "/api/v1/applications/{application}/nothing-paid"
PARTS = "/api/v1/applications/{application}/repayments"
CLAIM = "/api/v1/repayments/{cost}"
OWN, DESK = "/mi-solicitud/{application:uuid}/pagos", "/pagos-por-devolver"
COST = {"cost": NO_SUCH}
SEEN = {"version": "1"}
A_DAY = {"day-day": "2", "day-month": "11", "day-year": "2026"}
PART = {
    **SEEN,
    **A_DAY,
    "part": str(NO_SUCH),
    "amount": "5",
    "currency": "HNL",
    "handing": "cash",
    "evidence": "x",
}
FIRST = {name.replace("day-", "first_day-", 1): value for name, value in A_DAY.items()}
PLAN = {**SEEN, **FIRST, "parts": "2", "every": "week"}
PLANNED = {"version": 1, "parts": [{"day": "2026-12-01", "amount": "5"}]}
NOTED = {
    **{"version": 1, "id": str(NO_SUCH), "day": "2026-11-02", "amount": "5", "currency": "HNL"},
    **{"handing": "cash", "evidence": "x"},
}
ABSENT = rules.absent(Permission.RECRUITER_JUDGE)


def opened(actor: Actor | None, owned: Owned | None) -> Answer:
    """An inspector is asked why before anything is looked up."""
    if actor is not None and actor.can(Permission.CLAIM_INSPECT):
        return Answer.ALLOWED
    return ABSENT(actor, owned)


COST_ROWS: Mapping[str, Row] = {
    f"GET {OWN}": row(rules.own()),
    f"POST {OWN}": row(rules.own(), 422),
    f"POST {OWN}/nada": row(rules.own(), 303),
    f"POST {OWN}/nada/quitar": row(rules.own(), 303),
    f"GET {API}": row(rules.own()),
    f"POST {API}": row(rules.own()),
    f"POST {API}/take-back": row(rules.own()),
    f"GET {PARTS}": row(rules.own()),
    f"POST {PARTS}/{{cost}}/plan": row(
        rules.nothing(), ids=COST, json={"version": 1, "agrees": True}
    ),
    f"POST {PARTS}/{{cost}}/parts/{{part}}": row(
        rules.nothing(), ids={**COST, "part": NO_SUCH}, json={"version": 1, "came": True}
    ),
    f"GET {CLAIM}": row(ABSENT, ids=COST),
    f"POST {CLAIM}/plan": row(ABSENT, ids=COST, json=PLANNED),
    f"POST {CLAIM}/parts": row(ABSENT, ids=COST, json=NOTED),
    "GET /api/v1/owed-back": row(rules.may(Permission.VACANCY_WRITE)),
    f"POST {OWN}/caso": row(rules.own(), 409),
    f"POST {OWN}/{{cost:uuid}}/quitar": row(rules.own(), 303, ids=COST, data=SEEN),
    f"POST {OWN}/{{cost:uuid}}/{{action}}": row(
        rules.nothing(), ids={**COST, "action": "pedir"}, data=SEEN
    ),
    f"GET {OWN}/{{cost:uuid}}/comprobante": row(rules.nothing(), ids=COST),
    f"GET {OWN}/{{cost:uuid}}/voz": row(rules.nothing(), ids=COST),
    f"GET {DESK}/{{cost:uuid}}/voz": row(ABSENT, ids=COST),
    "GET /api/v1/recruitment-costs": row(rules.may(Permission.RECRUITER_JUDGE)),
    f"GET {DESK}": row(rules.may(Permission.RECRUITER_JUDGE, Permission.CLAIM_INSPECT)),
    f"GET {DESK}/{{cost:uuid}}": row(opened, ids=COST),
    f"POST {DESK}/{{cost:uuid}}/inspeccionar": row(
        rules.absent(Permission.CLAIM_INSPECT), ids=COST, data={"reason": "ordered"}
    ),
    f"GET {DESK}/{{cost:uuid}}/comprobante": row(ABSENT, ids=COST),
    f"POST {DESK}/{{cost:uuid}}/partes": row(ABSENT, ids=COST, data=PART),
    f"POST {DESK}/{{cost:uuid}}/plan": row(ABSENT, ids=COST, data=PLAN),
    "GET /mis-vacantes/por-devolver": row(rules.may(Permission.VACANCY_WRITE)),
    f"POST {OWN}/{{cost:uuid}}/plan/{{answer}}": row(
        rules.nothing(), ids={**COST, "answer": "de-acuerdo"}, data=SEEN
    ),
    f"POST {OWN}/{{cost:uuid}}/partes/{{part:uuid}}/{{answer}}": row(
        rules.nothing(), ids={**COST, "part": NO_SUCH, "answer": "recibida"}, data=SEEN
    ),
    f"POST {DESK}/{{cost:uuid}}/cobro": row(ABSENT, ids=COST, data=SEEN),
}
