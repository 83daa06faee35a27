"""The rows of vacancies as employers write them, and as officials look at them."""

from collections.abc import Mapping

from permits.people import Actor, Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH, Owned
from tests.web.api.matrix.row import Row, public, row
from tests.web.api.matrix.rules import Answer, Rule
from tests.web.api.own_vacancies import STEP_INPUT, VACANCY_INPUT

OWN, DESK, API = "/mis-vacantes", "/revision-de-vacantes", "/api/v1/vacancies"
ONE = "{vacancy:uuid}"


def looked_at(*, own: bool, desk: bool) -> Rule:
    """Who acts for the employer whose vacancy it is, and officials who look at all of them."""

    def rule(actor: Actor | None, owned: Owned | None) -> Answer:
        if actor is None:
            return Answer.SIGN_IN
        if desk and actor.can(Permission.VACANCY_REVIEW):
            return Answer.ALLOWED if owned else Answer.HIDDEN
        if not own or not actor.can(Permission.VACANCY_WRITE):
            return Answer.FORBIDDEN
        mine = owned is not None and owned.file.employer == actor.employer
        return Answer.ALLOWED if mine else Answer.HIDDEN

    return rule


WRITES = rules.may(Permission.VACANCY_WRITE)
REVIEWS = rules.may(Permission.VACANCY_REVIEW)
MINE, FILE = looked_at(own=True, desk=False), looked_at(own=False, desk=True)
VAGUE = {**STEP_INPUT, "evidence": "x"}
"""A step without evidence, which nobody writes down."""

WORD = {"agrees": "yes", "grounds": "x" * 20, "seen": "00" * 32, "id": str(NO_SUCH)}
VACANCY_ROWS: Mapping[str, Row] = {
    f"GET {OWN}/nueva": row(WRITES),
    f"POST {OWN}/nueva": row(WRITES, 422),
    f"GET {OWN}/{ONE}/trabajo": row(MINE),
    f"POST {OWN}/{ONE}/trabajo": row(MINE, 422),
    f"GET {OWN}/{ONE}/condiciones": row(MINE),
    f"POST {OWN}/{ONE}/condiciones": row(MINE, 412),
    f"POST {OWN}/{ONE}/pedir-revision": row(MINE, 409),
    f"POST {OWN}/{ONE}/estado/{{act}}": row(MINE, 409, ids={"act": "publicar"}),
    f"GET {DESK}": row(REVIEWS),
    f"GET {DESK}/{ONE}": row(FILE),
    f"POST {DESK}/{ONE}/excepcion": row(FILE, 422),
    f"POST {DESK}/{ONE}/paso": row(FILE, 422),
    f"POST {DESK}/{ONE}/dispensa": row(FILE, 422),
    f"GET {DESK}/{ONE}/papeles": row(FILE),
    f"POST {DESK}/{ONE}/papeles": row(FILE, 422),
    f"GET {DESK}/{ONE}/papeles/{{paper:uuid}}": row(rules.lacking(FILE), ids={"paper": NO_SUCH}),
    f"GET /atestaciones/{ONE}": row(rules.absent(Permission.VACANCY_ATTEST)),
    f"POST /atestaciones/{ONE}": row(rules.absent(Permission.VACANCY_ATTEST), data=WORD),
    f"GET /atestaciones/{ONE}/clausulas": row(rules.absent(Permission.VACANCY_ATTEST)),
    f"POST /atestaciones/{ONE}/clausulas": row(rules.absent(Permission.VACANCY_ATTEST), data=WORD),
    "GET /salarios-minimos": row(REVIEWS),
    "GET /api/v1/minimum-wages": public(),
    "GET /api/v1/judging-runs": row(REVIEWS),
    f"POST {API}": row(WRITES, 201, json=dict(VACANCY_INPUT)),
    f"PUT {API}/{{vacancy}}": row(MINE, 412, json=dict(VACANCY_INPUT)),
    f"POST {API}/{{vacancy}}/moves": row(MINE, 409, json={"action": "reopen"}),
    f"GET {API}/{{vacancy}}/findings": row(looked_at(own=True, desk=True)),
    f"POST {API}/{{vacancy}}/steps": row(FILE, 422, json=VAGUE),
}
