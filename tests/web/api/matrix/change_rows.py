"""The rows of texts and lists that change, of complaints that anybody tells, and of their keys.

The site of the tests has no shelf for lists, which is said to whoever may change them.
"""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, public, row

CHANGES = Permission.REFERENCE_CHANGE
LISTS, TEXTS = "/administracion/listas", "/administracion/textos"
QUESTIONS, COFFEE = "/administracion/preguntas", {"programme": "coffee-hn-gt"}
CHANGE = {"change": NO_SUCH, "verdict": "aprobar"}
CLOSURES, NO_TEXT = {"name": "closures"}, {"text": "nothing"}
TEXT = {"es": "Algo.", "en": "Something.", "source": "Acta", "valid_from-day": "1"}
WHOLE = {**TEXT, "valid_from-month": "12", "valid_from-year": "2099"}

PLACE, KEY = "/consulta", "/quejas/llave"
HANDLER = rules.may(Permission.COMPLAINT_HANDLE)

CHANGE_ROWS: Mapping[str, Row] = {
    f"GET {LISTS}": row(rules.may(CHANGES), 409),
    f"GET {LISTS}/{{name}}": row(rules.may(CHANGES), 409, ids=CLOSURES),
    f"POST {LISTS}/{{name}}": row(rules.may(CHANGES), 409, ids=CLOSURES),
    f"POST {LISTS}/{{name}}/{{change:uuid}}/{{verdict}}": row(
        rules.absent(CHANGES), ids={**CLOSURES, **CHANGE}
    ),
    f"GET {TEXTS}": row(rules.may(CHANGES)),
    f"GET {TEXTS}/{{text}}": row(rules.absent(CHANGES), ids=NO_TEXT),
    f"POST {TEXTS}/{{text}}": row(rules.absent(CHANGES), ids=NO_TEXT, data=WHOLE),
    f"POST {TEXTS}/{{text}}/carta.pdf": row(
        rules.absent(CHANGES), ids=NO_TEXT, data=WHOLE, params={"papel": "refusal"}
    ),
    f"POST {TEXTS}/{{text}}/{{change:uuid}}/{{verdict}}": row(
        rules.absent(CHANGES), ids={**NO_TEXT, **CHANGE}
    ),
    f"GET {QUESTIONS}": row(rules.may(CHANGES), 409),
    f"GET {QUESTIONS}/{{programme}}": row(rules.may(CHANGES), 409, ids=COFFEE),
    f"POST {QUESTIONS}/{{programme}}": row(rules.may(CHANGES), 409, ids=COFFEE),
    f"GET {QUESTIONS}/{{programme}}/terminar": row(rules.may(CHANGES), 409, ids=COFFEE),
    f"POST {QUESTIONS}/{{programme}}/terminar": row(rules.may(CHANGES), 409, ids=COFFEE),
    f"POST {QUESTIONS}/{{programme}}/{{change:uuid}}/{{verdict}}": row(
        rules.absent(CHANGES), ids={**COFFEE, **CHANGE}
    ),
    # Who is signed in is not asked.
    f"GET {PLACE}": public(),
    f"GET {PLACE}/contar": public(200, 503),
    f"POST {PLACE}/contar": public(400, 422, 503),
    f"POST {PLACE}/numero": public(400, 422, 503),
    f"POST {PLACE}/mensaje": public(400, 422, 503),
    f"POST {PLACE}/reparacion": public(400, 422, 503),
    f"POST {PLACE}/archivo": public(400, 404, 422, 503),
    # Whose reports are not signed finds no such door.
    "POST /avisos/sms": public(404),
    "GET /avisos/whatsapp": public(404),
    "POST /avisos/whatsapp": public(404),
    "POST /mis-datos/avisos": row(rules.signed_in(), 422),
    # A program has no session whose cookie could hold what a phrase opens.
    f"GET {KEY}": row(HANDLER),
    f"POST {KEY}/frase": row(HANDLER, 422),
    f"POST {KEY}/abrir": row(HANDLER, 422),
    f"POST {KEY}/cerrar": row(HANDLER, 409),
    f"POST {KEY}/dejar-entrar": row(HANDLER, 422),
    f"POST {KEY}/quitar": row(HANDLER, 422),
}
