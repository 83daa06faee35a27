"""The rows of a post: its scanner, its devices, and what they hand over."""

from collections.abc import Mapping

from permits.people import Permission, Role
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, public, row
from tests.web.api.operations import child_alert

BORDER_ROWS: Mapping[str, Row] = {
    "POST /api/v1/child-alerts": row(
        rules.may(Permission.CROSSING_RECORD), json={"alerts": [child_alert()]}
    ),
    "GET /escaner": public(303, 307, 308),
    "GET /escaner/": public(),
    "GET /escaner/sw.js": public(),
    "GET /escaner/inscribir": public(),
    "GET /escaner/entrar": public(),
    "POST /escaner/equipo/inscribir.json": public(422),
    "POST /escaner/equipo/reto.json": public(422),
    "POST /escaner/equipo/agentes.json": public(422),
    "POST /escaner/equipo/entrar-llave.json": public(422),
    "POST /escaner/equipo/entrar.json": public(422),
    "POST /escaner/equipo/estado.json": public(422),
    "POST /escaner/equipo/entrega.json": public(422),
    "POST /escaner/equipo/borrado": public(204),
    "GET /escaner/config.json": row(rules.role(Role.BORDER_AGENT, otherwise=rules.ENTER)),
    "GET /puestos/pasos": row(rules.may(Permission.CROSSING_LIST)),
    "GET /puestos/no-han-salido": row(rules.may(Permission.CROSSING_LIST)),
    "GET /puestos/dispositivos": row(rules.may(Permission.DEVICE_MANAGE)),
    "POST /puestos/dispositivos": row(rules.may(Permission.DEVICE_MANAGE), 422),
    "POST /puestos/dispositivos/{device:uuid}/nombre": row(
        rules.absent(Permission.DEVICE_MANAGE), ids={"device": NO_SUCH}, data={"name": "Tableta"}
    ),
    "POST /puestos/dispositivos/{device:uuid}/baja": row(
        rules.absent(Permission.DEVICE_MANAGE), ids={"device": NO_SUCH}
    ),
    "POST /puestos/dispositivos/{device:uuid}/registrar-entrega": row(
        rules.absent(Permission.DEVICE_MANAGE, Permission.CROSSING_RECORD), ids={"device": NO_SUCH}
    ),
    "POST /puestos/dispositivos/{device:uuid}/descartar-entrega": row(
        rules.absent(Permission.DEVICE_MANAGE), ids={"device": NO_SUCH}
    ),
    "POST /puestos/dispositivos/agentes/{person:uuid}/pin": row(
        rules.absent(Permission.DEVICE_MANAGE), ids={"person": NO_SUCH}
    ),
}
