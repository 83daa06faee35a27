"""The one table of routes: by which rule each is let in, and what it answers whom it lets in.

A new route needs a row here. What is sent is harmless on purpose: a version that nobody has seen,
or a form without its answers, so that who is let in is told so (412, 422, 428) and nothing changes;
that what is allowed then truly happens is the business of each room's own tests.
"""

from collections.abc import Mapping
from typing import Any

from app.services.published import partner_key
from permits.people import Permission, Role
from permits.visibility import Group
from tests.web.api.matrix import rules
from tests.web.api.matrix.advice_rows import ADVICE_ROWS
from tests.web.api.matrix.assist_rows import ASSIST_ROWS
from tests.web.api.matrix.border_rows import BORDER_ROWS
from tests.web.api.matrix.card_rows import CARD_ROWS
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.data_rows import DATA_ROWS, ERASING
from tests.web.api.matrix.desk_rows import DESK_ROWS
from tests.web.api.matrix.employer_rows import EMPLOYER_ROWS
from tests.web.api.matrix.own_rows import OWN_ROWS
from tests.web.api.matrix.right_rows import RIGHT_ROWS
from tests.web.api.matrix.row import NEVER_SEEN, Row, public, row
from tests.web.api.matrix.staying_rows import STAYING_ROWS
from tests.web.api.operations import crossing
from tests.web.api.world import PARTNER_LIST

PARTNER = partner_key(PARTNER_LIST.uri)
P = Permission
API = "/api/v1"
ONE = f"{API}/applications/{{application}}"
CASE = "/casos/{application}"
OWN = "/solicitud/{application:uuid}"


def worker(*allowed: int, **sent: Any) -> Row:  # noqa: ANN401
    return row(rules.role(Role.WORKER), *allowed, **sent)


def own(*allowed: int, **more: Any) -> Row:  # noqa: ANN401
    return row(rules.own(), *(allowed or (200, 303)), **more)


def own_permit(*allowed: int) -> Row:
    return row(rules.carried(rules.own()), *(allowed or (200,)))


def recovery(permission: Permission) -> Row:
    return row(rules.absent(permission), ids={"recovery": NO_SUCH})


IN_HAND = {
    "kind": "gt-dpi",
    "number": "1234567892004",
    "born-day": "1",
    "born-month": "marzo",
    "born-year": "1990",
}
SEEN = {"data": {"version": NEVER_SEEN}}
EDITED = {"json": {"answers": {"given_names": "María"}}}
CROSSED = {"json": {"crossings": [crossing()]}}
TEXT = {"json": {"text": "7K3M-9XQ2-HB4T"}}

API_ROWS: Mapping[str, Row] = {
    f"POST {API}/token": public(400),
    f"GET {API}/programmes": public(),
    f"GET {API}/vacancies": public(),
    f"POST {API}/verify": public(**TEXT),
    f"GET {API}/trust-list": public(),
    f"GET {API}/status-lists": public(),
    f"GET {API}/status-lists/{{number}}": public(ids={"number": 1}),
    f"GET {API}/status-lists/partners/{{name}}": public(ids={"name": PARTNER}),
    "GET /st/{number}": public(ids={"number": 1}),
    "GET /st/aggregation.json": public(),
    "GET /.well-known/jwks.json": public(),
    "GET /.well-known/openid-credential-issuer": public(),
    "GET /.well-known/oauth-authorization-server": public(),
    "GET /.well-known/jwt-vc-issuer": public(),
    "POST /billetera/token": public(400),
    "POST /billetera/reto": public(),
    "POST /billetera/permiso": public(400, 401),
    f"GET {API}/health": public(),
    "GET /health/live": public(),
    "GET /health/ready": public(),
    f"GET {API}/audit/checkpoint": public(404),
    f"GET {API}/audit/keys": public(),
    f"GET {API}/audit/events": row(rules.may(P.ACCESS_LOG_READ)),
    f"GET {API}/audit/events/{{leaf}}/proof": row(rules.may(P.AUDIT_READ), 404, ids={"leaf": 1}),
    f"GET {API}/audit/consistency": row(rules.may(P.AUDIT_READ), 404, params={"from": 1, "to": 1}),
    f"POST {API}/applications": row(
        rules.may(P.APPLICATION_CREATE), 201, json={"programme": "coffee-hn-gt"}
    ),
    f"GET {API}/applications": row(rules.may(P.APPLICATION_LIST, P.APPLICATION_READ_OWN)),
    f"GET {ONE}": row(rules.reads()),
    f"PATCH {ONE}": row(rules.changes(P.APPLICATION_EDIT_OWN), 409, 412, **EDITED),
    f"POST {ONE}/submit": row(rules.changes(P.APPLICATION_EDIT_OWN), 412),
    f"POST {ONE}/withdraw": row(rules.changes(P.APPLICATION_EDIT_OWN), 412),
    f"POST {ONE}/reinstate": row(rules.changes(P.APPLICATION_EDIT_OWN), 409, 412),
    f"PUT {ONE}/documents/{{kind}}": row(
        rules.changes(P.APPLICATION_EDIT_OWN), 409, 412, ids={"kind": "photo"}, content=b"x"
    ),
    f"POST {ONE}/decisions": row(
        rules.acts(P.APPLICATION_DECIDE), 412, json={"opinion": "approve"}
    ),
    f"POST {ONE}/hold": row(rules.acts(P.APPLICATION_HOLD), 412),
    f"DELETE {ONE}/hold": row(rules.acts(P.APPLICATION_HOLD), 412),
    f"GET {API}/authorisations/{{authorisation}}": row(rules.opens_permit()),
    f"GET {API}/credentials/{{credential}}": row(rules.opens_permit()),
    f"POST {API}/credentials/verify": row(rules.may(P.CREDENTIAL_VERIFY), **TEXT),
    f"POST {API}/crossings": row(rules.may(P.CROSSING_RECORD), **CROSSED),
    f"GET {API}/crossings": row(rules.may(P.CROSSING_LIST)),
}

OPEN_PAGES: Mapping[str, Row] = {
    "GET /": public(),
    "GET /extranjero": public(),
    "GET /v": public(),
    "GET /idioma/{code}": public(303, ids={"code": "es"}),
    "GET /entrar": public(200, 303),
    "POST /entrar": public(422, 429),
    "POST /entrar/llave": public(422, 429),
    "GET /entrar/segundo-paso": public(303),
    "POST /entrar/segundo-paso": public(303),
    "GET /entrar/inscripcion": public(303),
    "GET /entrar/inscripcion/simbolo.svg": public(404),
    "POST /entrar/inscripcion": public(303),
    "GET /entrar/codigos": public(303),
    "POST /entrar/codigos": public(303),
    "POST /entrar/codigos/nuevos": public(303),
    "GET /entrar/puesto": public(303),
    "POST /entrar/puesto": public(303),
    "POST /llaves/entrar.json": public(200, 429),
    "POST /llaves/segundo-paso.json": public(401),
    "POST /llaves/inscripcion.json": public(401),
    "POST /salir": public(303),
    "POST /entrar/prueba": row(rules.in_session()),
    "POST /llaves/prueba.json": row(rules.in_session()),
    "POST /llaves/agregar.json": row(rules.in_session()),
    "GET /mi-cuenta": row(rules.in_session()),
    "POST /mi-cuenta/puesto": row(rules.in_session()),
    "POST /mi-cuenta/sesiones/cerrar": row(rules.in_session()),
    "GET /mi-cuenta/codigo": row(rules.in_session()),
    "GET /mi-cuenta/codigo/simbolo.svg": row(rules.in_session()),
    "POST /mi-cuenta/codigo": row(rules.in_session()),
    "GET /mi-cuenta/llave": row(rules.in_session()),
    "POST /mi-cuenta/llave": row(rules.in_session()),
    "POST /mi-cuenta/codigos": row(rules.in_session()),
    "GET /mi-cuenta/contrasena": row(rules.in_session()),
    "POST /mi-cuenta/contrasena": row(rules.in_session()),
    "POST /mi-cuenta/sesiones/{session:uuid}/cerrar": row(
        rules.in_session(), ids={"session": NO_SUCH}
    ),
    "POST /mi-cuenta/factores/{factor:uuid}/nombre": row(
        rules.in_session(), ids={"factor": NO_SUCH}
    ),
    "POST /mi-cuenta/factores/{factor:uuid}/quitar": row(
        rules.in_session(), ids={"factor": NO_SUCH}
    ),
    "GET /entrar/con/{provider}": public(303, 404, ids={"provider": "setrass"}),
    "GET /entrar/retorno": public(303, 404, 422),
    "GET /entrar/institucion": public(422),
    "GET /retomar": public(200, 303),
    "POST /retomar": public(422, 429),
    "POST /retomar/otro": public(303, 422, 429),
    "GET /retomar/mensaje": public(200, 303),
    "POST /retomar/mensaje": public(303, 422, 429),
    "GET /retomar/quien": public(200, 303),
    "POST /retomar/quien": public(303, 422, 429),
    "GET /retomar/papel": public(200, 303),
    "POST /retomar/papel": public(422, 429),
    "GET /solicitud": public(200, 303),
    "GET /solicitud/nueva": public(),
    "GET /solicitud/nueva/{programme}": public(ids={"programme": "coffee-hn-gt"}),
    "POST /solicitud/nueva/{programme}": public(422, 429, ids={"programme": "coffee-hn-gt"}),
    "GET /empleadores/respuesta/{token}": public(404, ids={"token": "x" * 43}),
    "POST /empleadores/respuesta/{token}": public(404, 422, ids={"token": "x" * 43}),
    "GET /no-fui-yo/{link}": public(200, 404, ids={"link": "x" * 43}),
    "POST /no-fui-yo/{link}": public(404, ids={"link": "x" * 43}),
    "GET /demo/mensajes": public(),
    "GET /demo/permiso-de-guatemala.svg": public(404),
}

PAGE_ROWS: Mapping[str, Row] = {
    "GET /mi-pin": row(rules.role(Role.BORDER_AGENT)),
    "POST /mi-pin": row(rules.role(Role.BORDER_AGENT), 422),
    "GET /recuperacion": row(rules.may(P.WORKER_RECOVER)),
    "POST /recuperacion": row(rules.may(P.WORKER_RECOVER), 200, 303, 409, 422, data=IN_HAND),
    "GET /recuperacion/{recovery:uuid}": recovery(P.WORKER_RECOVER),
    "POST /recuperacion/{recovery:uuid}": recovery(P.WORKER_RECOVER),
    "POST /recuperacion/{recovery:uuid}/codigo": recovery(P.WORKER_RECOVER),
    "POST /recuperacion/{recovery:uuid}/mostrar": recovery(P.WORKER_RECOVER),
    "GET /recuperaciones": row(rules.may(P.WORKER_RECOVERY_APPROVE)),
    "GET /recuperaciones/{recovery:uuid}": recovery(P.WORKER_RECOVERY_APPROVE),
    "POST /recuperaciones/{recovery:uuid}": recovery(P.WORKER_RECOVERY_APPROVE),
    f"GET {CASE}": row(rules.acts(P.APPLICATION_READ, officials=True)),
    f"GET {CASE}/archivos/{{document}}": row(rules.reads(Group.DOCUMENTS)),
    f"POST {CASE}/tomar": row(rules.acts(P.APPLICATION_HOLD), 412, **SEEN),
    f"POST {CASE}/soltar": row(rules.acts(P.APPLICATION_HOLD), 412, **SEEN),
    "GET /mi-acceso": worker(),
    "GET /mi-acceso/codigo": row(rules.signed_in(), 303),
    "POST /mi-acceso/codigo": worker(200),
    "GET /mi-acceso/telefono": worker(),
    "POST /mi-acceso/telefono": worker(303, 429, data={"phone": "55512399"}),
    "GET /mi-acceso/telefono/codigo": worker(200, 303),
    "POST /mi-acceso/telefono/codigo": worker(303, 422),
    "GET /mi-solicitud": worker(200, 303),
    "GET /mi-solicitud/{application:uuid}": own(),
    "GET /mi-solicitud/{application:uuid}/carta.pdf": row(rules.reads(Group.NOTES), 200, 409),
    "GET /mi-solicitud/{application:uuid}/aprobacion.pdf": row(rules.reads(Group.NOTES), 200, 409),
    "GET /mi-permiso": worker(303),
    "GET /mi-permiso/{credential:uuid}": own_permit(),
    "GET /mi-permiso/{credential:uuid}/qr.svg": own_permit(),
    "GET /mi-permiso/{credential:uuid}/qr.png": own_permit(),
    "GET /mi-permiso/{credential:uuid}/foto.png": own_permit(),
    "GET /mi-permiso/{credential:uuid}/billetera": own_permit(),
    "POST /mi-permiso/{credential:uuid}/billetera": own_permit(),
    "GET /mi-permiso/{credential:uuid}/tarjeta.pdf": row(rules.opens_permit()),
    "GET /mi-permiso/{credential:uuid}/hoja.pdf": row(rules.opens_permit()),
    f"GET {OWN}": own(),
    f"GET {OWN}/codigo": own(),
    f"GET {OWN}/revisar": own(),
    f"POST {OWN}/revisar": own(303, 409, 422),
    f"GET {OWN}/recibo": own(),
    f"GET {OWN}/retirar": own(),
    f"POST {OWN}/retirar": own(303, 409),
    f"POST {OWN}/retomar": own(303, 409),
    f"GET {OWN}/municipio": own(),
    f"POST {OWN}/municipio": own(303, 422),
    f"GET {OWN}/trabajo": own(),
    f"GET {OWN}/trabajo/{{vacancy:uuid}}": own(),
    f"POST {OWN}/trabajo/{{vacancy:uuid}}": own(303, 409, 422),
    f"GET {OWN}/papeles": own(),
    f"POST {OWN}/papeles": own(303, 409, 422),
    f"GET {OWN}/foto": own(),
    f"POST {OWN}/foto": own(303, 409, 422),
    f"GET {OWN}/archivo/{{document:uuid}}": own(),
    f"GET {OWN}/{{slug}}": own(ids={"slug": "nombre"}),
    f"POST {OWN}/{{slug}}": own(409, 422, ids={"slug": "nombre"}),
}

ACCOUNTS, CLIENTS = "/administracion/cuentas", "/administracion/clientes"
ACCOUNT, CLIENT = f"{ACCOUNTS}/{{person:uuid}}", f"{CLIENTS}/{{client}}"
PROPOSAL = f"{ACCOUNTS}/propuestas/{{pending:uuid}}"
JUDGED = "/proteccion-de-datos/aperturas"


def missing(permission: Permission, name: str, **sent: Any) -> Row:  # noqa: ANN401
    """Something that is not there, of a kind that this permission opens."""
    return row(rules.absent(permission), ids={name: NO_SUCH}, **sent)


CARE_ROWS: Mapping[str, Row] = {
    "GET /invitacion/{token}": public(404, 429, ids={"token": "x" * 43}),
    "POST /invitacion/{token}": public(404, 422, 429, ids={"token": "x" * 43}),
    f"GET {ACCOUNTS}": row(rules.may(P.ACCOUNT_LIST)),
    f"GET {ACCOUNTS}/invitar": row(rules.may(P.ACCOUNT_INVITE)),
    f"POST {ACCOUNTS}/invitar": row(rules.may(P.ACCOUNT_INVITE), 422),
    f"GET {ACCOUNT}": missing(P.ACCOUNT_LIST, "person"),
    f"POST {ACCOUNT}/bloquear": missing(P.ACCOUNT_LOCK, "person", data={"reason": "on-leave"}),
    f"POST {ACCOUNT}/desbloquear": missing(P.ACCOUNT_LOCK, "person"),
    f"POST {ACCOUNT}/enlace": missing(P.ACCOUNT_INVITE, "person"),
    f"POST {ACCOUNT}/roles": missing(P.ACCOUNT_GRANT, "person", data={"role": "auditor"}),
    f"POST {ACCOUNT}/roles/quitar": missing(P.ACCOUNT_GRANT, "person", data={"role": "auditor"}),
    f"POST {PROPOSAL}/confirmar": missing(P.ACCOUNT_GRANT, "pending"),
    f"POST {PROPOSAL}/rechazar": missing(P.ACCOUNT_GRANT, "pending"),
    f"GET {CLIENTS}": row(rules.may(P.API_CLIENT_MANAGE)),
    f"POST {CLIENTS}": row(rules.may(P.API_CLIENT_MANAGE), 422),
    f"POST {CLIENT}/rotar": missing(P.API_CLIENT_MANAGE, "client"),
    f"POST {CLIENT}/desactivar": missing(P.API_CLIENT_MANAGE, "client"),
    "GET /aperturas": row(rules.may(P.APPLICATION_BREAK_GLASS)),
    "POST /aperturas": row(rules.may(P.APPLICATION_BREAK_GLASS), 422),
    "GET /aperturas/{opening:uuid}": missing(P.APPLICATION_BREAK_GLASS, "opening"),
    "GET /aperturas/{opening:uuid}/archivos/{document:uuid}": missing(
        P.APPLICATION_BREAK_GLASS, "opening"
    ),
    f"GET {JUDGED}": row(rules.may(P.BREAK_GLASS_REVIEW)),
    f"GET {JUDGED}/{{opening:uuid}}": missing(P.BREAK_GLASS_REVIEW, "opening"),
    f"POST {JUDGED}/{{opening:uuid}}": missing(P.BREAK_GLASS_REVIEW, "opening"),
}

ROWS: Mapping[str, Row] = {
    **ADVICE_ROWS,
    **API_ROWS,
    **OPEN_PAGES,
    **PAGE_ROWS,
    **{**ASSIST_ROWS, **BORDER_ROWS},
    **CARD_ROWS,
    **OWN_ROWS,
    **CARE_ROWS,
    **DATA_ROWS,
    **DESK_ROWS,
    **EMPLOYER_ROWS,
    **RIGHT_ROWS,
    **STAYING_ROWS,
}

LAST = ("", f"POST {OWN}/revisar", f"POST {OWN}/retirar", ERASING)
"""What a worker does for good; nobody else's cells differ before and after."""
