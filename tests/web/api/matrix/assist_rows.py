"""The rows of who helps: facilitator, tablet, kiosk; and the letter that is looked at first."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, public, row

ASSIST = rules.may(Permission.APPLICATION_ASSIST)
ONE = "/asistencia/{application:uuid}"

ASSIST_ROWS: Mapping[str, Row] = {
    "GET /asistencia": row(ASSIST),
    "GET /asistencia/mensajes": row(ASSIST),
    "POST /asistencia/mensajes": row(ASSIST, 422),
    # Nobody of the cast began one of its files: they are there for none of them.
    f"GET {ONE}/permiso": row(rules.nothing()),
    f"POST {ONE}/permiso": row(rules.nothing()),
    f"POST {ONE}/permiso/codigo": row(rules.nothing()),
    f"POST {ONE}/permiso/dicho": row(rules.nothing()),
    "GET /asistencia/{registered:uuid}/recibo": row(ASSIST, 303, ids={"registered": NO_SUCH}),
    "POST /casos/{application}/borrador.pdf": row(
        rules.acts(Permission.APPLICATION_DECIDE), 200, 409, data={"opinion": "approve"}
    ),
    "GET /quiosco": public(),
    "POST /quiosco": public(303),
    "POST /quiosco/quitar": public(303),
    "GET /quiosco/fin": public(303),
    "GET /brigada": public(303, 307, 308),
    "GET /brigada/": public(),
    "GET /brigada/sw.js": public(),
    "GET /brigada/paginas.json": public(),
    "GET /brigada/preguntas/{programme}": public(ids={"programme": "coffee-hn-gt"}),
    "GET /brigada/yo.json": row(ASSIST),
    "POST /brigada/casos.json": row(ASSIST, 400),
}
