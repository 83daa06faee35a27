"""The rows of farms: the employer's registers, a foreman's gate, the worker's own, inspections."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, public, row

FARM = {"farm": NO_SUCH}
KEEPS, INSPECTS = rules.absent(Permission.FARM_KEEP), rules.absent(Permission.FARM_INSPECT)
GATE = {"token": "x" * 22}

FARM_ROWS: Mapping[str, Row] = {
    "GET /mis-fincas": row(rules.may(Permission.FARM_KEEP)),
    "GET /mis-fincas/{farm:uuid}": row(KEEPS, ids=FARM),
    "POST /mis-fincas/{farm:uuid}": row(KEEPS, ids=FARM),
    "POST /mis-fincas/{farm:uuid}/enlaces": row(KEEPS, ids=FARM),
    "POST /mis-fincas/{farm:uuid}/enlaces/{link:uuid}/terminar": row(
        KEEPS, ids={**FARM, "link": NO_SUCH}
    ),
    "GET /porton/{token}": public(404, ids=GATE),
    "POST /porton/{token}": public(404, 422, ids=GATE),
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
}
