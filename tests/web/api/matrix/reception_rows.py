"""The rows of the days on which people are received."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, public, row

P = Permission
HERE, API = (
    "/mi-solicitud/{application:uuid}/cita",
    "/api/v1/applications/{application}/appointment",
)
HOLDING = row(rules.may(P.RECEPTION_HOLD))
DAY = row(rules.absent(P.RECEPTION_HOLD), ids={"day": NO_SUCH})

RECEPTION_ROWS: Mapping[str, Row] = {
    "GET /api/v1/reception-days": public(),
    f"POST {API}": row(
        rules.acts(P.APPLICATION_EDIT_OWN), 404, json={"day": str(NO_SUCH), "begins": "08:00"}
    ),
    f"POST {API}/give-back": row(rules.acts(P.APPLICATION_EDIT_OWN), 409),
    f"GET {HERE}": row(rules.own()),
    f"POST {HERE}": row(rules.own(), 422),
    f"POST {HERE}/devolver": row(rules.acts(P.APPLICATION_EDIT_OWN), 409),
    "GET /jornadas": HOLDING,
    "GET /jornadas/nueva": HOLDING,
    "POST /jornadas/nueva": row(rules.may(P.RECEPTION_HOLD), 422),
    "GET /jornadas/{day:uuid}": DAY,
    "GET /jornadas/{day:uuid}/lista.pdf": DAY,
    "POST /jornadas/{day:uuid}/cancelar": DAY,
}
