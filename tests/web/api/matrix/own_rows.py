"""The rows of signing in, and of one's own account: its factors, its sessions, its password.

The matrix asks with tokens of programs. What belongs to a browser's session refuses them; that a
session is let in is shown where these pages are tested.
"""

from collections.abc import Mapping

from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, public, row

ON_THE_WAY = public(303)
"""A step of a sign-in that nobody has begun, or that is over: it leads to where one belongs."""

NOT_BEGUN = public(401)
A_SESSION = row(rules.a_session())
_UNDER_FACTOR = row(rules.a_session(), ids={"factor": NO_SUCH})
MINE = "/mi-cuenta"

OWN_ROWS: Mapping[str, Row] = {
    "GET /seguimiento": public(200),
    "POST /seguimiento": public(422, 429),
    "POST /entrar/llave": public(422),
    "GET /entrar/segundo-paso": ON_THE_WAY,
    "POST /entrar/segundo-paso": ON_THE_WAY,
    "GET /entrar/puesto": ON_THE_WAY,
    "POST /entrar/puesto": ON_THE_WAY,
    "GET /entrar/inscripcion": ON_THE_WAY,
    "GET /entrar/inscripcion/simbolo.svg": public(404),
    "POST /entrar/inscripcion": ON_THE_WAY,
    "GET /entrar/codigos": ON_THE_WAY,
    "POST /entrar/codigos": ON_THE_WAY,
    "POST /entrar/codigos/nuevos": ON_THE_WAY,
    "POST /llaves/entrar.json": public(),
    "POST /llaves/segundo-paso.json": NOT_BEGUN,
    "POST /llaves/inscripcion.json": NOT_BEGUN,
    "POST /llaves/prueba.json": A_SESSION,
    "POST /llaves/agregar.json": A_SESSION,
    "POST /entrar/prueba": A_SESSION,
    f"GET {MINE}": A_SESSION,
    f"GET {MINE}/codigo": A_SESSION,
    f"GET {MINE}/codigo/simbolo.svg": A_SESSION,
    f"POST {MINE}/codigo": A_SESSION,
    f"GET {MINE}/llave": A_SESSION,
    f"POST {MINE}/llave": A_SESSION,
    f"GET {MINE}/contrasena": A_SESSION,
    f"POST {MINE}/contrasena": A_SESSION,
    f"POST {MINE}/puesto": A_SESSION,
    f"POST {MINE}/codigos": A_SESSION,
    f"POST {MINE}/factores/{{factor:uuid}}/nombre": _UNDER_FACTOR,
    f"POST {MINE}/factores/{{factor:uuid}}/quitar": _UNDER_FACTOR,
    f"POST {MINE}/sesiones/{{session:uuid}}/cerrar": row(
        rules.a_session(), ids={"session": NO_SUCH}
    ),
    f"POST {MINE}/sesiones/cerrar": A_SESSION,
}
