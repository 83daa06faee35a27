"""The rows of going on: renewal, another employer, and who travels along."""

from collections.abc import Mapping
from typing import Any

from permits.people import Actor, Agency, Permission
from permits.visibility import Group
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH, Owned
from tests.web.api.matrix.row import NEVER_SEEN, Row, public, row
from tests.web.api.matrix.rules import Answer, Rule, known

P = Permission
RENEW, EMPLOYER, DATA = (
    f"/mi-permiso/{{credential:uuid}}/{name}" for name in ("renovar", "empleador", "datos")
)
OTHER_DATA = {
    "document_kind": "gt-dpi",
    "document_number": "1234567892004",
    "given_names": "Ana",
    "surnames": "Paz",
    "date_of_birth": "1994-03-27",
    "sex": "female",
    "reason": "mistyped",
    "evidence": str(NO_SUCH),
}
LEAVE = "/mi-permiso/{credential:uuid}/terminar"
ALONG = "/mi-solicitud/{application:uuid}/acompanantes"
CONTRACT = "/mi-solicitud/{application:uuid}/contrato"
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
    return officers_of(Agency.SETRASS)


def officers_of(*agencies: Agency) -> Rule:
    """Officers of these agencies, on a case with a right."""

    def rule(actor: Actor | None, owned: Owned | None) -> Answer:
        if actor is None:
            return Answer.SIGN_IN
        if not actor.can(P.APPLICATION_DECIDE) or actor.agency not in agencies:
            return Answer.FORBIDDEN
        there = known(actor, owned) and owned is not None and owned.authorisation is not None
        return Answer.ALLOWED if there else Answer.HIDDEN

    return rule


API_ONE, API_RIGHT = "/api/v1/applications/{application}", "/api/v1/authorisations/{authorisation}"
TOLD = {"json": {"relation": "child", "full_name": "José", "date_of_birth": "2018-05-04"}}
WORDS = {"json": {"words": "Es mío."}}

API_STAYING: Mapping[str, Row] = {
    f"GET {API_ONE}/companions": row(rules.changes(P.APPLICATION_EDIT_OWN)),
    f"POST {API_ONE}/companions": row(rules.changes(P.APPLICATION_EDIT_OWN), 201, 409, **TOLD),
    f"POST {API_ONE}/companions/{{companion}}/remove": row(
        rules.changes(P.APPLICATION_EDIT_OWN), 404, ids={"companion": NO_SUCH}
    ),
    f"POST {API_ONE}/companions/{{companion}}/ask": row(
        rules.changes(P.APPLICATION_EDIT_OWN), 404, ids={"companion": NO_SUCH}
    ),
    f"GET {API_ONE}/contract": row(rules.reads(Group.NOTES), 200, 409),
    f"POST {API_ONE}/contract/accept": row(
        rules.changes(P.APPLICATION_EDIT_OWN), 409, json={"digest": "0" * 64, "heard": True}
    ),
    "GET /api/v1/unread-contracts": row(rules.may(P.CONTRACT_LOOK)),
    f"POST {API_ONE}/contract/{{version}}/look": row(
        rules.absent(P.CONTRACT_LOOK),
        ids={"version": 9},
        json={
            "base_sha256": "0" * 64,
            "sha256": "1" * 64,
            "weighed": "same",
            "reason": "Es lo mismo.",
        },
    ),
    f"POST {API_ONE}/contract/report": row(
        rules.changes(P.APPLICATION_EDIT_OWN), 200, 409, json={"fields": ["wage"]}
    ),
    f"GET {API_ONE}/appeals": row(rules.own()),
    f"POST {API_ONE}/appeals": row(rules.acts(P.APPLICATION_EDIT_OWN), 201, 409, **WORDS),
    "POST /api/v1/appeals/{appeal}/ruling": row(
        rules.absent(P.APPEAL_DECIDE),
        ids={"appeal": NO_SUCH},
        json={"ruling": "upheld", "answer": "x"},
    ),
    f"POST {API_RIGHT}/end": row(rules.carried(rules.acts(P.APPLICATION_EDIT_OWN)), 412),
    f"GET {API_ONE}/return-survey": row(rules.own(), 409),
    f"POST {API_ONE}/return-survey": row(
        rules.acts(P.APPLICATION_EDIT_OWN), 409, json={"treated_well": "yes"}
    ),
    f"POST {API_RIGHT}/renewal": row(rules.carried(rules.acts(P.APPLICATION_CREATE)), 409),
    f"POST {API_RIGHT}/employer-changes": row(
        rules.carried(rules.acts(P.APPLICATION_EDIT_OWN)), 422, json={"vacancy": str(NO_SUCH)}
    ),
    f"POST {API_RIGHT}/employer-changes/take-back": row(
        rules.carried(rules.acts(P.APPLICATION_EDIT_OWN)), 409
    ),
    f"POST {API_RIGHT}/identity-changes": row(
        rules.carried(rules.acts(P.APPLICATION_EDIT_OWN)), 422, json=OTHER_DATA
    ),
    f"POST {API_RIGHT}/identity-changes/evidence": row(
        rules.carried(rules.acts(P.APPLICATION_EDIT_OWN)), 422, content=b"x"
    ),
    f"POST {API_RIGHT}/identity-changes/take-back": row(
        rules.carried(rules.acts(P.APPLICATION_EDIT_OWN)), 409
    ),
    f"POST {API_ONE}/identity-change": row(officers_of(*Agency), 409, json={"opinion": "approve"}),
    f"POST {API_ONE}/employer-change": row(labour_alone(), 409, json={"outcome": "granted"}),
}

STAYING_ROWS: Mapping[str, Row] = {
    **API_STAYING,
    f"GET {RENEW}": own_permit(200),
    f"POST {RENEW}": own_permit(409),
    f"GET {EMPLOYER}": own_permit(200),
    f"POST {EMPLOYER}": own_permit(422, data={"vacancy": str(NO_SUCH)}),
    f"POST {EMPLOYER}/retirar": own_permit(409),
    f"POST {EMPLOYER}/preguntas/{{ask:uuid}}": own_permit(303, ids={"ask": NO_SUCH}),
    f"GET {LEAVE}": own_permit(200),
    f"POST {LEAVE}": own_permit(412, data={"version": NEVER_SEEN}),
    "POST /casos/{application}/empleador/decidir": row(
        labour_alone(), 409, data={"change_verdict": "grant"}
    ),
    "POST /casos/{application}/datos/decidir": row(
        officers_of(*Agency), 409, data={"data_verdict": "grant"}
    ),
    "POST /casos/{application}/empleador/borrador.pdf": row(
        labour_alone(), 409, data={"change_verdict": "grant"}
    ),
    "POST /casos/{application}/datos/borrador.pdf": row(
        officers_of(*Agency), 409, data={"data_verdict": "grant"}
    ),
    "GET /mi-solicitud/{application:uuid}/cambios/{change:uuid}/carta.pdf": row(
        rules.reads_none(Group.NOTES), ids={"change": NO_SUCH}
    ),
    "GET /cambios-de-empleador": row(rules.may(P.CREDENTIAL_READ)),
    "GET /revocaciones": row(rules.may(P.AUTHORISATION_REVOKE)),
    "GET /cambios-de-datos": row(rules.may(P.CREDENTIAL_READ)),
    f"GET {DATA}": own_permit(200),
    f"POST {DATA}": own_permit(422),
    f"POST {DATA}/retirar": own_permit(409),
    f"GET {ALONG}": row(rules.own(), 200),
    f"POST {ALONG}": row(rules.own(), 303, data=COMPANION),
    f"POST {ALONG}/{{companion:uuid}}/preguntar": row(rules.nothing(), ids={"companion": NO_SUCH}),
    f"GET {CONTRACT}": row(rules.own(), 200, 409),
    f"POST {CONTRACT}": row(rules.own(), 409, data={"digest": "0" * 64, "heard": "yes"}),
    f"POST {CONTRACT}/otro": row(rules.own(), 303, 409, data={"fields": "wage"}),
    f"GET {CONTRACT}.pdf": row(rules.own(), 200, 409),
    "GET /contratos-cambiados": row(rules.may(P.CONTRACT_LOOK)),
    "GET /contratos-cambiados/{application:uuid}/{version}": row(
        rules.absent(P.CONTRACT_LOOK), ids={"version": 9}
    ),
    "POST /contratos-cambiados/{application:uuid}/{version}": row(
        rules.absent(P.CONTRACT_LOOK), ids={"version": 9}
    ),
    "GET /marcas-de-contratos": row(rules.may(P.CREW_WITNESS)),
    "POST /marcas-de-contratos": row(
        rules.absent(P.CREW_WITNESS), data={"receipt": "2026-0000-0000", "digest": "0" * 64}
    ),
    "GET /acompanar/{token}": public(404, ids={"token": "x" * 43}),
    "POST /acompanar/{token}": public(404, 422, ids={"token": "x" * 43}),
    "GET /marcas-de-acompanantes": row(rules.may(P.CREW_WITNESS)),
    "POST /marcas-de-acompanantes/{companion:uuid}": row(
        rules.absent(P.CREW_WITNESS), ids={"companion": NO_SUCH}, data={"answer": "yes"}
    ),
    f"POST {ALONG}/{{companion:uuid}}/quitar": row(rules.own(), 303, ids={"companion": NO_SUCH}),
}
