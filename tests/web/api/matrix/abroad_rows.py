"""The rows of work abroad: the roster, the selection, candidates. The matrix's own programme keeps
no roster, so that whoever is let in is told so."""

from collections.abc import Mapping

from permits.people import Actor, Permission, Role
from tests.oriented import RIGHT
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH, Owned
from tests.web.api.matrix.employer_rows import own_vacancy
from tests.web.api.matrix.row import Row, public, row
from tests.web.api.matrix.rules import Answer, Rule
from tests.web.api.operations import PROFILE_INPUT

P = Permission
OWN, DESK = "/mi-solicitud/{application:uuid}/lista", "/seleccion"
FARM = "/mis-vacantes/{vacancy:uuid}/candidatos"
POOL = "/mis-vacantes/{vacancy:uuid}/bolsa"
API = "/api/v1/applications/{application}"
WAY = "/mi-solicitud/{application:uuid}/viaje"
PAPERS = "/mi-solicitud/{application:uuid}/papeles-del-viaje"
CASE_PAPERS = "/casos/{application:uuid}/papeles-del-viaje"
READS = P.APPLICATION_READ
HEARD = "/mi-solicitud/{application:uuid}/orientacion"
ONE = {"candidacy": NO_SUCH}
WORD = {
    "id": str(NO_SUCH),
    "agrees": True,
    "grounds": "LMIA 8812345, vista el 20 de noviembre.",
    "seen": "0" * 64,
}
SESSION = row(rules.absent(P.RECEPTION_HOLD), ids={"session": NO_SUCH})
RIGHT_ANSWERS = {topic.value: answer for topic, answer in RIGHT.items()}


def seen() -> Rule:
    """The worker's own, and cases within reach of an agency's officials."""

    def rule(actor: Actor | None, owned: Owned | None) -> Answer:
        if actor is None:
            return Answer.SIGN_IN
        fits = actor.role is Role.WORKER or actor.agency is not None
        return Answer.ALLOWED if fits and rules.known(actor, owned) else Answer.HIDDEN

    return rule


ABROAD_ROWS: Mapping[str, Row] = {
    f"GET {OWN}": row(rules.own(), 409),
    f"POST {OWN}": row(rules.own(), 409),
    f"POST {OWN}/salir": row(rules.own(), 409),
    f"POST {OWN}/{{candidacy:uuid}}/{{answer}}": row(
        rules.nothing(), ids={**ONE, "answer": "aceptar"}
    ),
    f"GET {API}/roster": row(rules.own(), 409),
    f"POST {API}/roster": row(rules.own(), 409, json=dict(PROFILE_INPUT)),
    "GET /api/v1/orientation-sessions": public(),
    f"GET {API}/journey": row(seen()),
    f"POST {API}/journey": row(seen(), 409, 422, json={"step": "arrived", "on": "2020-01-01"}),
    f"GET {API}/travel-papers": row(seen()),
    f"POST {API}/travel-papers": row(
        seen(), 409, 422, json={"kind": "visa", "got_on": "2026-11-01", "payer": "worker"}
    ),
    f"GET {WAY}": row(rules.own()),
    f"POST {WAY}": row(rules.own(), 422),
    f"POST {WAY}/{{note:uuid}}/quitar": row(rules.own(), 303, ids={"note": NO_SUCH}),
    "GET /casos/{application:uuid}/viaje": row(rules.acts(READS, officials=True)),
    "POST /casos/{application:uuid}/viaje": row(rules.acts(READS, officials=True), 422),
    "POST /casos/{application:uuid}/viaje/{note:uuid}/quitar": row(
        rules.acts(READS, officials=True), 303, ids={"note": NO_SUCH}
    ),
    f"GET {PAPERS}": row(rules.own()),
    f"POST {PAPERS}": row(rules.own(), 422),
    f"POST {PAPERS}/{{kind}}/quitar": row(rules.own(), 303, ids={"kind": "visa"}),
    f"GET {CASE_PAPERS}": row(rules.acts(READS, officials=True)),
    f"POST {CASE_PAPERS}": row(rules.acts(READS, officials=True), 422),
    f"POST {CASE_PAPERS}/{{kind}}/quitar": row(
        rules.acts(READS, officials=True), 303, ids={"kind": "insurance"}
    ),
    f"GET {HEARD}": row(rules.own()),
    f"POST {HEARD}": row(rules.own(), 422),
    f"POST {HEARD}/devolver": row(rules.own(), 409),
    f"GET {HEARD}/prueba": row(rules.own(), 409),
    f"POST {HEARD}/prueba": row(rules.own(), 409, data=RIGHT_ANSWERS),
    f"GET {HEARD}.pdf": row(rules.own(), 409),
    "GET /orientaciones": row(rules.may(P.RECEPTION_HOLD)),
    "GET /orientaciones/nueva": row(rules.may(P.RECEPTION_HOLD)),
    "POST /orientaciones/nueva": row(rules.may(P.RECEPTION_HOLD), 422),
    "GET /orientaciones/{session:uuid}": SESSION,
    "POST /orientaciones/{session:uuid}/asistencia": SESSION,
    "POST /orientaciones/{session:uuid}/invitar": SESSION,
    "POST /orientaciones/{session:uuid}/cancelar": SESSION,
    f"GET {DESK}": row(rules.may(P.ROSTER_MATCH)),
    f"GET {DESK}/{{vacancy:uuid}}": row(rules.absent(P.ROSTER_MATCH), ids={"vacancy": NO_SUCH}),
    f"POST {DESK}/{{vacancy:uuid}}": row(rules.absent(P.ROSTER_MATCH), ids={"vacancy": NO_SUCH}),
    "GET /api/v1/selections": row(rules.may(P.ROSTER_MATCH)),
    "GET /api/v1/vacancies/{vacancy}/selection": row(
        rules.absent(P.ROSTER_MATCH), ids={"vacancy": NO_SUCH}
    ),
    "POST /api/v1/vacancies/{vacancy}/selection": row(
        rules.absent(P.ROSTER_MATCH), ids={"vacancy": NO_SUCH}, json={"chosen": [str(NO_SUCH)]}
    ),
    "GET /api/v1/vacancies/{vacancy}/candidates": row(own_vacancy(), 409),
    "POST /api/v1/vacancies/{vacancy}/candidates/{candidacy}/moves": row(
        own_vacancy(), 409, ids=ONE, json={"version": 1, "action": "meet"}
    ),
    "GET /api/v1/attestations": row(rules.may(P.VACANCY_ATTEST)),
    "GET /api/v1/attestations/{vacancy}": row(
        rules.absent(P.VACANCY_ATTEST), ids={"vacancy": NO_SUCH}
    ),
    "POST /api/v1/attestations/{vacancy}": row(
        rules.absent(P.VACANCY_ATTEST), ids={"vacancy": NO_SUCH}, json=WORD
    ),
    "GET /api/v1/vacancies/{vacancy}/pool": row(own_vacancy()),
    "POST /api/v1/vacancies/{vacancy}/pool/asks": row(own_vacancy(), 409, 422, json={"number": 0}),
    f"GET {API}/pool-asks": row(rules.own()),
    f"POST {API}/pool-asks/{{ask}}": row(
        rules.nothing(), ids={"ask": NO_SUCH}, json={"accepts": False}
    ),
    f"GET {POOL}": row(own_vacancy()),
    f"POST {POOL}": row(own_vacancy(), 422),
    f"GET {FARM}": row(own_vacancy(), 409),
    f"POST {FARM}/requisitos": row(own_vacancy(), 409),
    f"GET {FARM}/{{candidacy:uuid}}": row(own_vacancy(), 409, ids=ONE),
    f"POST {FARM}/{{candidacy:uuid}}/{{act}}": row(
        own_vacancy(), 409, ids={**ONE, "act": "invitar"}
    ),
}
