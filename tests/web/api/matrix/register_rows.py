"""The rows of older registers: for whoever may import one; 404 for one that is not there."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, row

HERE = "/registros"
MAY = rules.may(Permission.REGISTER_IMPORT)
ABSENT = rules.absent(Permission.REGISTER_IMPORT)
REGISTER, PERMIT = {"register": NO_SUCH}, {"permit": NO_SUCH}
NOBODY = {"data": {"whose": "nadie", "seen": "alone"}}

REGISTER_ROWS: Mapping[str, Row] = {
    f"GET {HERE}": row(MAY),
    f"POST {HERE}": row(MAY, 422),
    f"POST {HERE}/confirmar": row(MAY, 422),
    f"GET {HERE}/plantilla.xlsx": row(MAY),
    f"GET {HERE}/{{register:uuid}}": row(ABSENT, ids=REGISTER),
    f"POST {HERE}/{{register:uuid}}/quitar": row(ABSENT, ids=REGISTER),
    f"GET {HERE}/permisos/{{permit:uuid}}": row(ABSENT, ids=PERMIT),
    f"POST {HERE}/permisos/{{permit:uuid}}": row(ABSENT, ids=PERMIT, **NOBODY),
}
