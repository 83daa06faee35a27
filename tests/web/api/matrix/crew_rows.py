"""The rows of crew lists. No file of the matrix came by one: who may ask is told so."""

from collections.abc import Mapping

from permits.people import Actor, Permission, Role
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH, Owned
from tests.web.api.matrix.row import Row, row
from tests.web.api.matrix.rules import Answer, Rule

P = Permission
CREW = {"crew": NO_SUCH}
VACANCY = "/listas/vacante/{vacancy:uuid}"
MARK = "/marcas/{crew:uuid}/{application:uuid}"
CASE = "/cuadrillas/{crew:uuid}/{application:uuid}"


def lists_for() -> Rule:
    """An employer for the own vacancies, a brigade for any."""

    def rule(actor: Actor | None, owned: Owned | None) -> Answer:
        if actor is None:
            return Answer.SIGN_IN
        if not actor.can(P.CREW_REGISTER):
            return Answer.FORBIDDEN
        brigade = actor.role is Role.FACILITATOR
        mine = owned is not None and (brigade or owned.file.employer == actor.employer)
        return Answer.ALLOWED if mine else Answer.HIDDEN

    return rule


def for_officials() -> Rule:
    """Officials of an agency are told that there is no such list; everybody else is refused."""

    def rule(actor: Actor | None, owned: Owned | None) -> Answer:
        if actor is None:
            return Answer.SIGN_IN
        reads = actor.agency is not None and actor.can(P.APPLICATION_READ)
        return Answer.HIDDEN if reads else Answer.FORBIDDEN

    return rule


def lists() -> Rule:
    """The own lists of an employer or a brigade, and those with a case of an official."""

    def rule(actor: Actor | None, owned: Owned | None) -> Answer:
        if actor is None:
            return Answer.SIGN_IN
        reads = actor.agency is not None and actor.can(P.APPLICATION_READ)
        return Answer.ALLOWED if reads or actor.can(P.CREW_REGISTER) else Answer.FORBIDDEN

    return rule


OWN = row(rules.absent(P.APPLICATION_READ_OWN))
WITNESSED = row(rules.absent(P.CREW_WITNESS), ids=CREW)
OFFICIAL = row(for_officials(), ids=CREW)
REGISTERING = row(rules.may(P.CREW_REGISTER))

CREW_ROWS: Mapping[str, Row] = {
    "GET /api/v1/crews": row(lists()),
    "GET /api/v1/crews/{crew}": row(rules.absent(P.CREW_REGISTER), ids=CREW),
    "GET /api/v1/crews/{crew}/cases": OFFICIAL,
    "POST /api/v1/vacancies/{vacancy}/crew-list": row(lists_for(), 422, content=b""),
    "POST /api/v1/vacancies/{vacancy}/crews/{crew}": row(lists_for(), 422, ids=CREW, content=b""),
    "GET /listas": REGISTERING,
    "GET /listas/plantilla.xlsx": REGISTERING,
    "GET /listas/plantilla.csv": REGISTERING,
    f"GET {VACANCY}": row(lists_for()),
    f"POST {VACANCY}": row(lists_for(), 422),
    f"POST {VACANCY}/confirmar": row(lists_for(), 422),
    "GET /listas/{crew:uuid}": row(rules.absent(P.CREW_REGISTER), ids=CREW),
    "GET /listas/{crew:uuid}/lista.pdf": row(rules.absent(P.CREW_REGISTER), ids=CREW),
    "GET /cuadrillas/{crew:uuid}/lista.pdf": OFFICIAL,
    "GET /consentir": row(rules.may(P.APPLICATION_READ_OWN)),
    "GET /consentir/{application:uuid}": OWN,
    "POST /consentir/{application:uuid}": OWN,
    "GET /marcas": row(rules.may(P.CREW_WITNESS)),
    "GET /marcas/{crew:uuid}": WITNESSED,
    f"GET {MARK}": WITNESSED,
    f"POST {MARK}": WITNESSED,
    "GET /cuadrillas": row(rules.official(P.APPLICATION_READ)),
    "GET /cuadrillas/{crew:uuid}": OFFICIAL,
    f"GET {CASE}": OFFICIAL,
    f"POST {CASE}": OFFICIAL,
    "POST /cuadrillas/{crew:uuid}/aprobar": row(rules.absent(P.APPLICATION_DECIDE), ids=CREW),
}
