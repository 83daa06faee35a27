"""The rows of a right and its cards: suspended, given back, taken back, revoked, replaced."""

from collections.abc import Mapping
from typing import Any

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import NEVER_SEEN, Row, row
from tests.web.api.operations import PROPOSE, SUSPEND

P = Permission
RIGHT = "/api/v1/authorisations/{authorisation}"
CARD = "/api/v1/credentials/{credential}"
CASE = "/casos/{application}"
REPLACE = "/mi-permiso/{credential:uuid}/reponer"

SEEN = {"right_version": NEVER_SEEN}
ON_CARD = {"reason": "lost", "card_reason": "lost", "credential_version": NEVER_SEEN}
PAUSE = {"pause_reason": "alert", "days": "5", "pause_origin": "own", "pause_note": "x"}
ENDING = {
    "end_grounds": "fraud",
    "heard": "in-person",
    "hearing": "x",
    "end_note": "x",
    "end_origin": "own",
}


def by_api(permission: Permission, **sent: Any) -> Row:  # noqa: ANN401
    return row(rules.carried(rules.acts(permission)), 412, **sent)


def on_page(permission: Permission, fields: Mapping[str, str]) -> Row:
    return row(rules.acts_on_permit(permission), 412, data=fields)


def draft(permission: Permission, fields: Mapping[str, str], done: int) -> Row:
    return row(rules.carried(rules.acts(permission)), done, data=fields)


RIGHT_ROWS: Mapping[str, Row] = {
    "GET /segunda-revision": row(rules.may(P.WATCH_REVIEW)),
    "GET /segunda-revision/{check:uuid}": row(rules.absent(P.WATCH_REVIEW), ids={"check": NO_SUCH}),
    "POST /segunda-revision/{check:uuid}": row(
        rules.absent(P.WATCH_REVIEW), ids={"check": NO_SUCH}
    ),
    f"POST {RIGHT}/suspend": by_api(P.AUTHORISATION_SUSPEND, **SUSPEND),
    f"POST {RIGHT}/reinstate": by_api(P.AUTHORISATION_REINSTATE),
    f"POST {RIGHT}/revocation": by_api(P.AUTHORISATION_REVOKE, **PROPOSE),
    f"POST {RIGHT}/revocation/confirm": by_api(P.AUTHORISATION_REVOKE),
    f"POST {RIGHT}/revocation/drop": by_api(P.AUTHORISATION_REVOKE),
    f"POST {CARD}/revoke": by_api(P.CREDENTIAL_REVOKE, json={"reason": "lost"}),
    f"POST {CARD}/replace": by_api(P.CREDENTIAL_REPLACE, json={"reason": "lost"}),
    f"POST {CASE}/credencial/revocar": on_page(
        P.CREDENTIAL_REVOKE, {name: ON_CARD[name] for name in ("reason", "credential_version")}
    ),
    f"POST {CASE}/credencial/reemplazar": on_page(
        P.CREDENTIAL_REPLACE,
        {name: ON_CARD[name] for name in ("card_reason", "credential_version")},
    ),
    f"POST {CASE}/autorizacion/suspender": on_page(P.AUTHORISATION_SUSPEND, PAUSE | SEEN),
    f"POST {CASE}/autorizacion/consultar": on_page(
        P.AUTHORISATION_SUSPEND, {"wish": "suspend", "wish_words": "x"} | SEEN
    ),
    f"POST {CASE}/autorizacion/restablecer": on_page(P.AUTHORISATION_REINSTATE, SEEN),
    f"POST {CASE}/autorizacion/proponer": on_page(P.AUTHORISATION_REVOKE, ENDING | SEEN),
    f"POST {CASE}/autorizacion/confirmar": on_page(P.AUTHORISATION_REVOKE, SEEN),
    f"POST {CASE}/autorizacion/suspender/borrador.pdf": draft(P.AUTHORISATION_SUSPEND, PAUSE, 200),
    f"POST {CASE}/autorizacion/proponer/borrador.pdf": draft(P.AUTHORISATION_REVOKE, ENDING, 200),
    f"POST {CASE}/autorizacion/confirmar/borrador.pdf": draft(P.AUTHORISATION_REVOKE, {}, 409),
    f"POST {CASE}/autorizacion/descartar/borrador.pdf": draft(P.AUTHORISATION_REVOKE, {}, 409),
    f"POST {CASE}/autorizacion/restablecer/borrador.pdf": draft(P.AUTHORISATION_REINSTATE, {}, 409),
    f"POST {CASE}/credencial/revocar/borrador.pdf": draft(
        P.CREDENTIAL_REVOKE, {"reason": "lost"}, 200
    ),
    f"POST {CASE}/autorizacion/descartar": on_page(P.AUTHORISATION_REVOKE, SEEN),
    f"GET {REPLACE}": row(rules.carried(rules.own()), 200, 303),
    f"POST {REPLACE}": row(
        rules.carried(rules.own()), 412, data={"reason": "lost", "version": NEVER_SEEN}
    ),
}
