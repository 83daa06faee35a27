"""The rows of what a person may ask, about the own data or a refusal, and of who answers."""

from collections.abc import Mapping

from permits.people import Permission, Role
from permits.visibility import Group
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, row

OWN_DATA = row(rules.role(Role.WORKER))
ERASING = "POST /mis-datos/{application:uuid}/borrar"
_MINE = rules.acts(Permission.APPLICATION_READ_OWN)
_REQUEST = row(rules.absent(Permission.DATA_REQUEST_DECIDE), ids={"identity": NO_SUCH})
_APPEAL = row(rules.absent(Permission.APPEAL_DECIDE), ids={"appeal": NO_SUCH})

DATA_ROWS: Mapping[str, Row] = {
    "GET /api/v1/me/data": OWN_DATA,
    "GET /api/v1/me/looks": OWN_DATA,
    "GET /mis-datos": OWN_DATA,
    "GET /mis-datos/copia": OWN_DATA,
    "GET /mis-datos/copia.json": OWN_DATA,
    "GET /mis-datos/copia.pdf": OWN_DATA,
    "POST /mis-datos/consentimientos/{consent:uuid}/retirar": row(
        rules.absent(Permission.APPLICATION_READ_OWN), ids={"consent": NO_SUCH}
    ),
    "GET /mis-datos/{application:uuid}/borrar": row(_MINE, 200, 303, 409),
    ERASING: row(rules.acts(Permission.APPLICATION_EDIT_OWN), 303, 409, 422),
    "GET /mis-datos/{application:uuid}/corregir": row(_MINE, 200, 303),
    "POST /mis-datos/{application:uuid}/corregir": row(_MINE, 303, 409, 422),
    "GET /auditoria": row(rules.may(Permission.ACCESS_LOG_READ)),
    "GET /auditoria/{event}": row(rules.may(Permission.ACCESS_LOG_READ), ids={"event": 1}),
    "GET /mi-solicitud/{application:uuid}/reclamar": row(rules.own(), 200, 409),
    "POST /mi-solicitud/{application:uuid}/reclamar": row(
        rules.acts(Permission.APPLICATION_EDIT_OWN), 303, 409, data={"words": "Es mío."}
    ),
    "GET /mi-solicitud/{application:uuid}/reclamos/{appeal:uuid}/carta.pdf": row(
        rules.reads_none(Group.NOTES), ids={"appeal": NO_SUCH}
    ),
    "GET /recursos": row(rules.may(Permission.APPEAL_DECIDE)),
    "GET /recursos/{appeal:uuid}": _APPEAL,
    "POST /recursos/{appeal:uuid}": _APPEAL,
    "GET /pedidos-de-datos": row(rules.may(Permission.DATA_REQUEST_DECIDE)),
    "GET /pedidos-de-datos/{identity:uuid}": _REQUEST,
    "POST /pedidos-de-datos/{identity:uuid}": _REQUEST,
}
