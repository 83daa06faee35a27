"""The rows of the complaints office: its desk, its cases, and what it hands over."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, public, row

P = Permission
API = "/api/v1/consultations"
TOLD = {"filing": "anonymous", "categories": ["hours"], "words": "x"}
CASE = {"complaint": NO_SUCH}

OFFICE_ROWS: Mapping[str, Row] = {
    "GET /quejas": row(rules.may(P.COMPLAINT_HANDLE)),
    "POST /quejas": row(rules.may(P.COMPLAINT_HANDLE), data={}),
    "POST /quejas/consultas/{codecision:uuid}": row(
        rules.absent(P.COMPLAINT_HANDLE),
        ids={"codecision": NO_SUCH},
        data={"agreed": "no", "why": "x"},
    ),
    "POST /quejas/inspecciones": row(
        rules.may(P.COMPLAINT_HANDLE), 409, data={"employer": str(NO_SUCH)}
    ),
    "POST /inspecciones/propuestas/{proposal:uuid}": row(
        rules.absent(P.CLAIM_INSPECT), ids={"proposal": NO_SUCH}, data={"result": "nothing"}
    ),
    "POST /quejas/guardia": row(rules.may(P.COMPLAINT_SUPERVISE), 303, data={}),
    "GET /quejas/{complaint:uuid}": row(rules.absent(P.COMPLAINT_HANDLE), ids=CASE),
    "GET /quejas/{complaint:uuid}/pruebas/{file:uuid}": row(
        rules.absent(P.COMPLAINT_HANDLE), ids={**CASE, "file": NO_SUCH}
    ),
    "POST /quejas/{complaint:uuid}/{deed}": row(
        rules.absent(P.COMPLAINT_HANDLE), ids={**CASE, "deed": "tomar"}, data={"version": "1"}
    ),
    "GET /quejas/{complaint:uuid}/remisiones/{referral:uuid}/oficio.pdf": row(
        rules.absent(P.COMPLAINT_HANDLE), ids={**CASE, "referral": NO_SUCH}
    ),
    "GET /remisiones/oficio": public(422),
    "GET /api/v1/complaint-figures": public(),
    "GET /consulta/cifras": public(),
    "GET /consulta/voz/{language}/{slug}": public(404, ids={"language": "es", "slug": "nada"}),
    "POST /quejas/devuelto": row(
        rules.may(P.COMPLAINT_SUPERVISE), 404, data={"quarter": "2020-01-01"}
    ),
    f"POST {API}/forms": public(),
    f"POST {API}": public(422, json={**TOLD, "form": "x"}),
    f"POST {API}/read": public(422, 429, json={"number": "1111 2222 3333 4444"}),
    f"POST {API}/messages": public(422, 429, json={"number": "1111", "words": "x"}),
    f"POST {API}/remedies": public(
        *(422, 429), json={"number": "1111", "remedy": str(NO_SUCH), "version": 1, "said": "verify"}
    ),
    f"POST {API}/files": public(422, 429, data={"number": "1111"}),
    "GET /remisiones": row(rules.may(P.COMPLAINT_CONFIRM)),
    "POST /remisiones/{referral:uuid}/contestar": row(
        rules.absent(P.COMPLAINT_CONFIRM), ids={"referral": NO_SUCH}, data={"answer": "confirm"}
    ),
    "GET /remisiones/aviso/{address}": public(404, ids={"address": "x"}),
    "POST /remisiones/aviso/{address}": public(
        404, ids={"address": "x"}, data={"cases": str(NO_SUCH)}
    ),
    "GET /remisiones/{referral:uuid}": public(ids={"referral": NO_SUCH}),
    "POST /remisiones/{referral:uuid}": public(
        422, ids={"referral": NO_SUCH}, data={"code": "1111"}
    ),
}
