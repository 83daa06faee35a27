"""The rows of going on: renewal, another employer, and who travels along."""

from collections.abc import Mapping
from typing import Any

from permits.people import Actor, Agency, Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH, Owned
from tests.web.api.matrix.row import NEVER_SEEN, Row, row
from tests.web.api.matrix.rules import Answer, Rule, known

P = Permission
RENEW, EMPLOYER = (f"/mi-permiso/{{credential:uuid}}/{name}" for name in ("renovar", "empleador"))
LEAVE = "/mi-permiso/{credential:uuid}/terminar"
ALONG = "/mi-solicitud/{application:uuid}/acompanantes"
COMPANION = {
    "relation": "child",
    "full_name": "José",
    "date_of_birth-day": "4",
    "date_of_birth-month": "5",
    "date_of_birth-year": "2018",
}


def own_permit(*allowed: int, **sent: Any) -> Row:  # noqa: ANN401
    return row(rules.carried(rules.own()), *allowed, **sent)


def labour_alone() -> Rule:
    """Officers of SETRASS, on a case with a right; for the other agency it is not theirs."""

    def rule(actor: Actor | None, owned: Owned | None) -> Answer:
        if actor is None:
            return Answer.SIGN_IN
        if not actor.can(P.APPLICATION_DECIDE):
            return Answer.FORBIDDEN
        if not known(actor, owned) or owned is None or owned.authorisation is None:
            return Answer.HIDDEN
        return Answer.ALLOWED if actor.agency is Agency.SETRASS else Answer.FORBIDDEN

    return rule


STAYING_ROWS: Mapping[str, Row] = {
    f"GET {RENEW}": own_permit(200),
    f"POST {RENEW}": own_permit(409),
    f"GET {EMPLOYER}": own_permit(200),
    f"POST {EMPLOYER}": own_permit(422, data={"vacancy": str(NO_SUCH)}),
    f"POST {EMPLOYER}/retirar": own_permit(409),
    f"GET {LEAVE}": own_permit(200),
    f"POST {LEAVE}": own_permit(412, data={"version": NEVER_SEEN}),
    "POST /casos/{application}/empleador/decidir": row(
        labour_alone(), 409, data={"change_verdict": "grant"}
    ),
    "GET /cambios-de-empleador": row(rules.may(P.CREDENTIAL_READ)),
    f"GET {ALONG}": row(rules.own(), 200),
    f"POST {ALONG}": row(rules.own(), 303, data=COMPANION),
    f"POST {ALONG}/{{companion:uuid}}/quitar": row(rules.nothing(), ids={"companion": NO_SUCH}),
}
