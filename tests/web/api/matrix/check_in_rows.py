"""The rows of check-ins during the job, of their workers and of who protects them."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, public, row

OWN, DESK = "/mi-solicitud/{application:uuid}/como-esta", "/durante-el-trabajo"
API = "/api/v1/applications/{application}/check-ins"
ONE, ALARM = {"check_in": NO_SUCH}, {"alarm": NO_SUCH}
ATTENDS = rules.may(Permission.CHECK_IN_ATTEND)
ABSENT = rules.absent(Permission.CHECK_IN_ATTEND)
OWNER = rules.may(Permission.VACANCY_WRITE)
SAID = {"paid": "yes"}

CHECK_IN_ROWS: Mapping[str, Row] = {
    "GET /como-esta/{token}": public(404, ids={"token": "x"}),
    "POST /como-esta/{token}": public(404, ids={"token": "x"}, data=SAID),
    f"GET {OWN}": row(rules.own()),
    f"POST {OWN}/{{check_in:uuid}}": row(
        rules.lacking(rules.acts(Permission.APPLICATION_EDIT_OWN)), ids=ONE, data=SAID
    ),
    f"GET {API}": row(rules.own()),
    f"POST {API}/{{check_in}}": row(
        rules.acts(Permission.APPLICATION_EDIT_OWN), 404, ids=ONE, json=SAID
    ),
    "GET /mis-vacantes/lo-que-dicen": row(OWNER),
    "POST /mis-vacantes/lo-que-dicen": row(OWNER, 409, 422, data={"words": "Gracias."}),
    "POST /empleador/{employer:uuid}/respuesta/quitar": row(
        rules.absent(Permission.RECRUITER_JUDGE), ids={"employer": NO_SUCH}
    ),
    f"GET {DESK}": row(ATTENDS),
    f"GET {DESK}/alarmas/{{alarm:uuid}}": row(ABSENT, ids=ALARM),
    f"POST {DESK}/alarmas/{{alarm:uuid}}": row(ABSENT, ids=ALARM),
    f"GET {DESK}/llamar/{{check_in:uuid}}": row(ABSENT, ids=ONE),
    f"POST {DESK}/llamar/{{check_in:uuid}}": row(ABSENT, ids=ONE, data=SAID),
}
