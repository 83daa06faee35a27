"""The rows of farms: the employer's registers, a foreman's gate, the worker's own, inspections."""

from collections.abc import Mapping

from permits.people import Actor, Permission
from recruitment.ethics.words import HousingItem
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH, Owned
from tests.web.api.matrix.employer_rows import own_vacancy
from tests.web.api.matrix.row import Row, public, row
from tests.web.api.matrix.rules import Answer, Rule

FARM = {"farm": NO_SUCH}
KEEPS, INSPECTS = rules.absent(Permission.FARM_KEEP), rules.absent(Permission.FARM_INSPECT)
CHANGES, CHANGE = "/registros-de-empleadores/cambios-de-fincas", {"change": NO_SUCH}
ASKS, POINT = rules.absent(Permission.CLAIM_INSPECT), {"point": NO_SUCH}
PLAN, OWN_PLAN = "/inspecciones/{farm:uuid}/mejoras", "/mis-fincas/mejoras"
JUDGES = rules.absent(Permission.EMPLOYER_VERIFY)
SLIP = {
    "json": {
        "version": 0,
        "first_day": "2026-11-16",
        "last_day": "2026-11-21",
        "days": 1,
        "units": "1",
        "rate": "1",
    }
}
CHILDREN = "/casos/{application:uuid}/menores"
TELLS = rules.acts(Permission.FARM_INSPECT, officials=True)
CARED = {
    "id": str(NO_SUCH),
    "kind": "school",
    "places": 4,
    "where": "Escuela",
    "starts_on": "2026-12-01",
    "ends_on": "2027-02-01",
}
CARE = "/mis-fincas/{farm:uuid}/cuido"
HOUSING = "/inspecciones/{farm:uuid}/vivienda"
LOOK = {
    "id": str(NO_SUCH),
    "inspected_on": "2026-11-20",
    "capacity": 4,
    "toilets": 1,
    "showers": 1,
    "items": dict.fromkeys(HousingItem, True),
}
PAID, SHEET = "/mis-fincas/salarios", "/mis-vacantes/{vacancy:uuid}/planilla"
API = "/api/v1/applications/{application}/payslips"
DAY = {"first_day": "2026-11-16", "day": "2026-11-16"}
GATE = {"token": "x" * 22}


def own_hand(*, or_worker: bool = False) -> Rule:
    """Who acts for the employer of a permit's vacancy; where it is said, its worker too."""

    def rule(actor: Actor | None, owned: Owned | None) -> Answer:
        if actor is None:
            return Answer.SIGN_IN
        if or_worker and not actor.can(Permission.FARM_KEEP):
            return rules.own()(actor, owned)
        if not actor.can(Permission.FARM_KEEP):
            return Answer.FORBIDDEN
        mine = owned is not None and owned.file.employer == actor.employer
        granted = owned is not None and owned.authorisation is not None
        return Answer.ALLOWED if mine and granted else Answer.HIDDEN

    return rule


NO_NOTES = {"sent_at": "2026-11-23T15:00:00Z", "notes": []}

FARM_ROWS: Mapping[str, Row] = {
    "GET /mis-fincas": row(rules.may(Permission.FARM_KEEP)),
    "GET /mis-fincas/{farm:uuid}": row(KEEPS, ids=FARM),
    "POST /mis-fincas/{farm:uuid}": row(KEEPS, ids=FARM),
    "POST /mis-fincas/{farm:uuid}/enlaces": row(KEEPS, ids=FARM),
    "POST /mis-fincas/{farm:uuid}/enlaces/{link:uuid}/terminar": row(
        KEEPS, ids={**FARM, "link": NO_SUCH}
    ),
    # No employer of the cast was registered here: there is nothing of theirs to change.
    "GET /mis-fincas/nueva": row(KEEPS),
    "POST /mis-fincas/nueva": row(KEEPS),
    "GET /mis-fincas/{farm:uuid}/datos": row(KEEPS, ids=FARM),
    "POST /mis-fincas/{farm:uuid}/datos": row(KEEPS, ids=FARM),
    "GET /mis-fincas/{farm:uuid}/quitar": row(KEEPS, ids=FARM),
    "POST /mis-fincas/{farm:uuid}/quitar": row(KEEPS, ids=FARM),
    "POST /mis-fincas/{farm:uuid}/datos/retirar": row(KEEPS, ids=FARM),
    f"GET {OWN_PLAN}": row(rules.may(Permission.FARM_KEEP)),
    f"GET {OWN_PLAN}/{{point:uuid}}": row(KEEPS, ids=POINT),
    f"POST {OWN_PLAN}/{{point:uuid}}": row(KEEPS, ids=POINT),
    f"GET {PLAN}": row(ASKS, ids=FARM),
    f"POST {PLAN}": row(ASKS, ids=FARM),
    f"GET {PLAN}/{{point:uuid}}": row(ASKS, ids={**FARM, **POINT}),
    f"POST {PLAN}/{{point:uuid}}": row(ASKS, ids={**FARM, **POINT}),
    f"GET {CHANGES}": row(rules.may(Permission.EMPLOYER_VERIFY)),
    f"GET {CHANGES}/{{change:uuid}}": row(JUDGES, ids=CHANGE),
    f"POST {CHANGES}/{{change:uuid}}": row(JUDGES, ids=CHANGE),
    "GET /porton/{token}": public(404, ids=GATE),
    "POST /porton/{token}": public(404, 422, ids=GATE),
    "POST /porton/{token}/notas.json": public(404, 422, ids=GATE),
    "GET /porton/sin-red": public(),
    "GET /porton/sw.js": public(),
    "POST /mis-fincas/{farm:uuid}/notas.json": row(KEEPS, ids=FARM, json=NO_NOTES),
    "GET /mi-solicitud/{application:uuid}/finca": row(rules.own()),
    "POST /mi-solicitud/{application:uuid}/finca/{movement:uuid}": row(
        rules.own(), 422, ids={"movement": NO_SUCH}
    ),
    "GET /inspecciones": row(rules.may(Permission.FARM_INSPECT)),
    "GET /inspecciones/{farm:uuid}": row(INSPECTS, ids=FARM),
    "GET /api/v1/farms": row(rules.may(Permission.FARM_KEEP, Permission.FARM_INSPECT)),
    "GET /api/v1/farms/{farm}/movements": row(
        rules.absent_any(Permission.FARM_KEEP, Permission.FARM_INSPECT), ids=FARM
    ),
    "POST /api/v1/farms/{farm}/movements": row(KEEPS, ids=FARM, json={"movements": []}),
    f"GET {PAID}": row(rules.may(Permission.FARM_KEEP)),
    f"GET {PAID}/{{application:uuid}}": row(own_hand()),
    f"POST {PAID}/{{application:uuid}}": row(own_hand(), 422),
    f"POST {PAID}/{{application:uuid}}/{{day}}/responder": row(own_hand(), 422, ids=DAY),
    "GET /mis-vacantes/planilla.csv": row(rules.may(Permission.FARM_KEEP)),
    f"GET {SHEET}": row(own_vacancy()),
    f"POST {SHEET}": row(own_vacancy(), 422),
    f"POST {SHEET}/confirmar": row(own_vacancy(), 422),
    "GET /mi-solicitud/{application:uuid}/salarios": row(rules.own()),
    "POST /mi-solicitud/{application:uuid}/salarios/{day}": row(rules.own(), 422, ids=DAY),
    "GET /mi-solicitud/{application:uuid}/salarios/{day}.pdf": row(rules.nothing(), ids=DAY),
    f"GET {HOUSING}": row(INSPECTS, ids=FARM),
    f"POST {HOUSING}": row(INSPECTS, ids=FARM),
    f"POST {HOUSING}/{{inspection:uuid}}": row(INSPECTS, ids={**FARM, "inspection": NO_SUCH}),
    "GET /api/v1/farms/{farm}/housing": row(
        rules.absent_any(Permission.FARM_KEEP, Permission.FARM_INSPECT), ids=FARM
    ),
    "POST /api/v1/farms/{farm}/housing-inspections": row(INSPECTS, ids=FARM, json=LOOK),
    "POST /api/v1/farms/{farm}/housing-inspections/{inspection}/mended": row(
        INSPECTS,
        ids={**FARM, "inspection": NO_SUCH},
        json={"item": "cooking", "mended_on": "2026-11-22", "evidence": "Acta 3"},
    ),
    "GET /api/v1/farms/{farm}/child-care": row(KEEPS, ids=FARM),
    "POST /api/v1/farms/{farm}/child-care": row(KEEPS, ids=FARM, json=CARED),
    "POST /api/v1/farms/{farm}/child-care/{arrangement}/close": row(
        KEEPS, ids={**FARM, "arrangement": NO_SUCH}
    ),
    f"GET {CARE}": row(KEEPS, ids=FARM),
    f"POST {CARE}": row(KEEPS, ids=FARM),
    f"POST {CARE}/{{arrangement:uuid}}/terminar": row(KEEPS, ids={**FARM, "arrangement": NO_SUCH}),
    f"GET {CHILDREN}": row(TELLS),
    f"POST {CHILDREN}": row(TELLS, 303, 409),
    f"GET {CHILDREN}.pdf": row(rules.lacking(TELLS)),
    f"POST {CHILDREN}/{{handover:uuid}}": row(TELLS, 422, ids={"handover": NO_SUCH}),
    "GET /inspecciones/plan": row(rules.may(Permission.FARM_INSPECT)),
    "GET /inspecciones/menores": row(rules.may(Permission.FARM_INSPECT)),
    "GET /inspecciones/salarios": row(rules.may(Permission.FARM_INSPECT)),
    f"GET {API}": row(own_hand(or_worker=True)),
    f"POST {API}": row(own_hand(), 200, 422, **SLIP),
    f"POST {API}/{{first_day}}/answer": row(
        rules.own(),
        *(200, 404, 409),
        ids=DAY,
        json={"version": 1, "answer": "acknowledged"},
    ),
}
