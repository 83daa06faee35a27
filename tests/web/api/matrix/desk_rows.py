"""The rows of the officials' desk: cases that are given, views with a name, notes."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.abroad_rows import ABROAD_ROWS
from tests.web.api.matrix.asked_rows import ASKED_ROWS
from tests.web.api.matrix.bar_rows import BAR_ROWS
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.change_rows import CHANGE_ROWS
from tests.web.api.matrix.check_in_rows import CHECK_IN_ROWS
from tests.web.api.matrix.cost_rows import COST_ROWS
from tests.web.api.matrix.farm_rows import FARM_ROWS
from tests.web.api.matrix.number_rows import NUMBER_ROWS
from tests.web.api.matrix.office_rows import OFFICE_ROWS
from tests.web.api.matrix.reception_rows import RECEPTION_ROWS
from tests.web.api.matrix.register_rows import REGISTER_ROWS
from tests.web.api.matrix.registration_rows import REGISTRATION_ROWS
from tests.web.api.matrix.row import Row, public, row
from tests.web.api.matrix.vacancy_rows import VACANCY_ROWS
from tests.web.api.matrix.welfare_rows import WELFARE_ROWS

P = Permission

DESK_ROWS: Mapping[str, Row] = {
    **ABROAD_ROWS,
    **CHANGE_ROWS,
    **ASKED_ROWS,
    **BAR_ROWS,
    **CHECK_IN_ROWS,
    **COST_ROWS,
    **WELFARE_ROWS,
    **OFFICE_ROWS,
    **FARM_ROWS,
    **RECEPTION_ROWS,
    **VACANCY_ROWS,
    **REGISTRATION_ROWS,
    **REGISTER_ROWS,
    "GET /mi-solicitud/{application:uuid}/retorno": row(rules.own(), 409),
    "POST /mi-solicitud/{application:uuid}/retorno": row(rules.acts(P.APPLICATION_EDIT_OWN), 409),
    "GET /retornos": row(rules.may(P.RETURN_ATTEND)),
    "POST /retornos/{application:uuid}": row(rules.acts(P.RETURN_ATTEND), 409),
    "GET /retornos/{application:uuid}/ayuda": row(rules.acts(P.RETURN_ATTEND), 409),
    "POST /retornos/{application:uuid}/ayuda": row(rules.acts(P.RETURN_ATTEND), 409),
    "POST /retornos/{application:uuid}/ayuda/cita": row(rules.acts(P.RETURN_ATTEND), 409),
    "POST /retornos/{application:uuid}/ayuda/fin": row(rules.acts(P.RETURN_ATTEND), 409),
    "POST /mi-solicitud/{application:uuid}/retorno/ayuda": row(
        rules.acts(P.APPLICATION_EDIT_OWN), 409
    ),
    "GET /bandeja": row(rules.official(P.APPLICATION_READ)),
    "GET /reglas-y-plazos": row(rules.official(P.APPLICATION_READ)),
    "GET /reglas-eticas": public(),
    "GET /api/v1/ethics/rules": public(),
    "GET /bandeja/exportar": row(rules.may(P.APPLICATION_EXPORT)),
    "POST /bandeja/casos.csv": row(rules.may(P.APPLICATION_EXPORT)),
    "GET /bandeja/asignar": row(rules.official(P.APPLICATION_READ), 303),
    "POST /bandeja/asignar": row(rules.may(P.APPLICATION_HOLD), 422),
    "GET /bandeja/imprimir": row(rules.official(P.APPLICATION_READ), 303),
    "POST /bandeja/imprimir": row(rules.official(P.APPLICATION_READ), 422),
    "POST /bandeja/vistas": row(rules.official(P.APPLICATION_READ), 422),
    "POST /bandeja/vistas/{view:uuid}/quitar": row(
        rules.official(P.APPLICATION_READ), 404, ids={"view": NO_SUCH}
    ),
    "GET /casos/{application}/parecidas": row(rules.acts(P.APPLICATION_READ, officials=True)),
    **NUMBER_ROWS,
    "POST /casos/{application}/documento/leer": row(
        rules.acts(P.APPLICATION_READ, officials=True), 409, 422
    ),
    "POST /casos/{application}/documento": row(
        rules.acts(P.APPLICATION_READ, officials=True), 409, 422
    ),
    "POST /casos/{application}/notas": row(rules.acts(P.APPLICATION_READ, officials=True), 422),
}
