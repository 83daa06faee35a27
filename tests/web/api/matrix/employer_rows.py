"""The rows of an employer's own vacancies and lists: 404 for those of others, as for none."""

from collections.abc import Mapping

from permits.people import Actor, Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH, Owned
from tests.web.api.matrix.crew_rows import CREW_ROWS
from tests.web.api.matrix.row import Row, row
from tests.web.api.matrix.rules import Answer, Rule

HERE = "/mis-vacantes"


def own_vacancy() -> Rule:
    """Who acts for the employer whose vacancy it is."""

    def rule(actor: Actor | None, owned: Owned | None) -> Answer:
        if actor is None:
            return Answer.SIGN_IN
        if not actor.can(Permission.VACANCY_NAME):
            return Answer.FORBIDDEN
        mine = owned is not None and owned.file.employer == actor.employer
        return Answer.ALLOWED if mine else Answer.HIDDEN

    return rule


EMPLOYER_ROWS: Mapping[str, Row] = {
    **CREW_ROWS,
    f"GET {HERE}": row(rules.may(Permission.VACANCY_NAME)),
    f"GET {HERE}/{{vacancy:uuid}}": row(own_vacancy()),
    f"POST {HERE}/{{vacancy:uuid}}": row(own_vacancy(), 422),
    f"GET {HERE}/{{vacancy:uuid}}/contratos": row(own_vacancy()),
    f"POST {HERE}/{{vacancy:uuid}}/contratos": row(own_vacancy(), 303),
    f"GET {HERE}/{{vacancy:uuid}}/contratos/{{contract:uuid}}.pdf": row(
        own_vacancy(), 409, ids={"contract": NO_SUCH}
    ),
    f"POST {HERE}/{{vacancy:uuid}}/quitar": row(own_vacancy(), 422),
}
