"""The rows of work abroad: the roster, the selection, candidates. The matrix's own programme keeps
no roster, so that whoever is let in is told so."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.employer_rows import own_vacancy
from tests.web.api.matrix.row import Row, row

P = Permission
OWN, DESK = "/mi-solicitud/{application:uuid}/lista", "/seleccion"
FARM = "/mis-vacantes/{vacancy:uuid}/candidatos"
ONE = {"candidacy": NO_SUCH}

ABROAD_ROWS: Mapping[str, Row] = {
    f"GET {OWN}": row(rules.own(), 409),
    f"POST {OWN}": row(rules.own(), 409),
    f"POST {OWN}/salir": row(rules.own(), 409),
    f"POST {OWN}/{{candidacy:uuid}}/{{answer}}": row(
        rules.nothing(), ids={**ONE, "answer": "aceptar"}
    ),
    f"GET {DESK}": row(rules.may(P.ROSTER_MATCH)),
    f"GET {DESK}/{{vacancy:uuid}}": row(rules.absent(P.ROSTER_MATCH), ids={"vacancy": NO_SUCH}),
    f"POST {DESK}/{{vacancy:uuid}}": row(rules.absent(P.ROSTER_MATCH), ids={"vacancy": NO_SUCH}),
    f"GET {FARM}": row(own_vacancy(), 409),
    f"POST {FARM}/requisitos": row(own_vacancy(), 409),
    f"GET {FARM}/{{candidacy:uuid}}": row(own_vacancy(), 409, ids=ONE),
    f"POST {FARM}/{{candidacy:uuid}}/{{act}}": row(
        own_vacancy(), 409, ids={**ONE, "act": "invitar"}
    ),
}
