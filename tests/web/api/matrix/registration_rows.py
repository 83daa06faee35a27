"""The rows of employers who register, of recruiters, and of the public scam check."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, public, row

P = Permission
HERE, DESK, API = "/registro-empleador", "/registros-de-empleadores", "/api/v1"
TO_START = public(303)
"""Without the cookie that follows the code everybody begins with the phone."""
ONE = {"registration": NO_SUCH}
ABSENT = rules.absent(P.EMPLOYER_VERIFY)
SAID = {"action": "return", "note": "Falta la finca.", "version": "1"}
LICENCE = {"registry": "hn-recruiters", "number": "HN-999", "licence": "HN-999"}
PAPER = {"paper": NO_SUCH}
REPORT = {"report": NO_SUCH, "state": "confirmed"}

REGISTRATION_ROWS: Mapping[str, Row] = {
    f"GET {HERE}": public(),
    f"POST {HERE}": public(422),
    f"POST {HERE}/otro-codigo": TO_START,
    f"GET {HERE}/codigo": TO_START,
    f"POST {HERE}/codigo": TO_START,
    f"POST {HERE}/salir": TO_START,
    f"GET {HERE}/mi-registro": TO_START,
    f"GET {HERE}/paso/{{slug}}": public(303, ids={"slug": "tipo"}),
    f"POST {HERE}/paso/{{slug}}": public(303, ids={"slug": "tipo"}),
    f"POST {HERE}/enviar": TO_START,
    f"GET {HERE}/fincas/nueva": TO_START,
    f"POST {HERE}/fincas/nueva": TO_START,
    f"GET {HERE}/fincas/{{farm:uuid}}": public(303, ids={"farm": NO_SUCH}),
    f"POST {HERE}/fincas/{{farm:uuid}}": public(303, ids={"farm": NO_SUCH}),
    f"POST {HERE}/fincas/{{farm:uuid}}/quitar": public(303, ids={"farm": NO_SUCH}),
    f"GET {HERE}/cambios/nueva": TO_START,
    f"POST {HERE}/cambios/nueva": TO_START,
    f"GET {HERE}/cambios/{{farm:uuid}}/datos": public(303, ids={"farm": NO_SUCH}),
    f"POST {HERE}/cambios/{{farm:uuid}}/datos": public(303, ids={"farm": NO_SUCH}),
    f"GET {HERE}/cambios/{{farm:uuid}}/quitar": public(303, ids={"farm": NO_SUCH}),
    f"POST {HERE}/cambios/{{farm:uuid}}/quitar": public(303, ids={"farm": NO_SUCH}),
    f"POST {HERE}/cambios/{{farm:uuid}}/datos/retirar": public(303, ids={"farm": NO_SUCH}),
    f"GET {HERE}/reclutadores": public(200, 303),
    f"POST {HERE}/reclutadores": public(303, 422),
    f"POST {HERE}/reclutadores/{{mandate:uuid}}/terminar": public(
        303, 409, ids={"mandate": NO_SUCH}
    ),
    f"GET {HERE}/telefono": TO_START,
    f"POST {HERE}/telefono": TO_START,
    f"GET {HERE}/telefono/codigos": TO_START,
    f"POST {HERE}/telefono/codigos": TO_START,
    f"GET {HERE}/papeles": TO_START,
    f"POST {HERE}/papeles": TO_START,
    f"GET {HERE}/papeles/{{paper:uuid}}": public(303, ids=PAPER),
    f"POST {HERE}/papeles/{{paper:uuid}}/quitar": public(303, ids=PAPER),
    f"GET {HERE}/iris": public(303, 404),
    f"POST {HERE}/iris": public(303, 404),
    f"GET {HERE}/licencias/{{registry}}/{{number}}": public(303, ids=LICENCE),
    f"POST {HERE}/licencias/{{registry}}/{{number}}": public(303, ids=LICENCE),
    "GET /reclutadores/{registry}/{number}/iris": row(rules.absent(P.RECRUITER_JUDGE), ids=LICENCE),
    "GET /reclutadores/{registry}/{number}/iris/papeles/{paper:uuid}": row(
        rules.absent(P.RECRUITER_JUDGE), ids=LICENCE | {"paper": str(NO_SUCH)}
    ),
    "POST /reclutadores/{registry}/{number}/iris": row(
        rules.absent(P.RECRUITER_JUDGE), ids=LICENCE
    ),
    "GET /verificar-oferta": public(),
    "POST /verificar-oferta": public(422),
    "GET /verificar-oferta/avisar": public(),
    "POST /verificar-oferta/avisar": public(422),
    "GET /reclutadores": public(),
    "GET /reclutadores/{registry}/{number}": public(404, ids=LICENCE),
    "GET /reclutadores/{registry}/{number}/qr.svg": public(404, ids=LICENCE),
    "GET /empleador/{employer:uuid}": public(404, ids={"employer": NO_SUCH}),
    f"GET {DESK}": row(rules.may(P.EMPLOYER_VERIFY)),
    f"GET {DESK}/{{registration:uuid}}": row(ABSENT, ids=ONE),
    f"POST {DESK}/{{registration:uuid}}/decidir": row(ABSENT, ids=ONE, data=SAID),
    f"POST {DESK}/{{registration:uuid}}/preguntar": row(ABSENT, ids=ONE),
    f"POST {DESK}/{{registration:uuid}}/iris": row(
        ABSENT, ids=ONE, data={"criterion": "1-fees", "said": "confirm", "version": "1"}
    ),
    f"POST {DESK}/{{registration:uuid}}/telefono": row(
        ABSENT,
        ids=ONE,
        data={"phone": "9988-7766", "evidence": "tax-certificate", "version": "1"},
    ),
    f"GET {DESK}/{{registration:uuid}}/cambios/nueva": row(ABSENT, ids=ONE),
    f"POST {DESK}/{{registration:uuid}}/cambios/nueva": row(ABSENT, ids=ONE),
    f"GET {DESK}/{{registration:uuid}}/cambios/{{farm:uuid}}/datos": row(
        ABSENT, ids={**ONE, "farm": NO_SUCH}
    ),
    f"POST {DESK}/{{registration:uuid}}/cambios/{{farm:uuid}}/datos": row(
        ABSENT, ids={**ONE, "farm": NO_SUCH}
    ),
    f"GET {DESK}/{{registration:uuid}}/cambios/{{farm:uuid}}/quitar": row(
        ABSENT, ids={**ONE, "farm": NO_SUCH}
    ),
    f"POST {DESK}/{{registration:uuid}}/cambios/{{farm:uuid}}/quitar": row(
        ABSENT, ids={**ONE, "farm": NO_SUCH}
    ),
    f"GET {DESK}/{{registration:uuid}}/papeles": row(ABSENT, ids=ONE),
    f"POST {DESK}/{{registration:uuid}}/papeles": row(
        ABSENT, ids=ONE, data={"evidence": "tax-certificate", "version": "1"}
    ),
    f"GET {DESK}/{{registration:uuid}}/papeles/{{paper:uuid}}": row(ABSENT, ids={**ONE, **PAPER}),
    "GET /atestaciones": row(rules.may(P.VACANCY_ATTEST)),
    "GET /listas-de-registros": row(rules.may(P.RECRUITER_JUDGE)),
    "POST /listas-de-registros": row(rules.may(P.RECRUITER_JUDGE), 422),
    "GET /avisos-de-ofertas": row(rules.may(P.RECRUITER_JUDGE)),
    "POST /avisos-de-ofertas/{report:uuid}/{state}": row(
        rules.absent(P.RECRUITER_JUDGE), ids=REPORT
    ),
    "GET /medidas": row(rules.may(P.RECRUITER_JUDGE), 404),
    "POST /medidas": row(rules.may(P.RECRUITER_JUDGE), 404),
    "POST /medidas/{measure:uuid}/saldar": row(
        rules.may(P.RECRUITER_JUDGE), 404, ids={"measure": NO_SUCH}
    ),
    f"POST {API}/offer-checks": public(json={"text": "Nadie de Ninguna Parte"}),
    f"GET {API}/recruiters": public(),
    f"GET {API}/recruiters/{{registry}}/{{licence}}": public(404, ids=LICENCE),
    f"GET {API}/employer-profiles/{{employer}}": public(404, ids={"employer": NO_SUCH}),
    f"GET {API}/employer-registrations": row(rules.may(P.EMPLOYER_VERIFY)),
    f"GET {API}/employer-registrations/{{registration}}": row(ABSENT, ids=ONE),
    f"POST {API}/employer-registrations/{{registration}}/decisions": row(
        ABSENT,
        ids=ONE,
        json={"action": "return", "note": "Falta la finca."},
    ),
}
