"""The rows of printed cards: batches, which no file names, and the counter."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, row


def batch() -> Row:
    return row(rules.absent(Permission.CARD_PRINT), ids={"batch": NO_SUCH})


def mark() -> Row:
    return row(rules.absent_any(Permission.AGE_MARK, Permission.AGE_CLEAR), ids={"mark": NO_SUCH})


CARD_ROWS: Mapping[str, Row] = {
    "GET /tarjetas": row(rules.may(Permission.CARD_PRINT)),
    "POST /tarjetas": row(rules.may(Permission.CARD_PRINT), 422),
    "GET /tarjetas/{batch:uuid}": batch(),
    "GET /tarjetas/{batch:uuid}/tarjetas.pdf": batch(),
    "POST /tarjetas/{batch:uuid}/impresas": batch(),
    "POST /tarjetas/{batch:uuid}/descartar": batch(),
    "GET /entregas": row(rules.may(Permission.CARD_HAND_OVER)),
    "POST /entregas": row(rules.may(Permission.CARD_HAND_OVER), 422),
    # An agent's mark of a child (R05).
    "GET /parece-menor": row(rules.may(Permission.AGE_MARK, Permission.AGE_CLEAR)),
    "POST /parece-menor": row(rules.may(Permission.AGE_MARK), 422),
    "POST /parece-menor/{mark:uuid}/vista": row(
        rules.absent(Permission.AGE_CLEAR), ids={"mark": NO_SUCH}
    ),
    "GET /parece-menor/{mark:uuid}/quitar": mark(),
    "POST /parece-menor/{mark:uuid}/quitar": mark(),
    "GET /api/v1/age-marks": row(rules.may(Permission.AGE_MARK, Permission.AGE_CLEAR)),
    "POST /api/v1/age-marks": row(
        rules.may(Permission.AGE_MARK), 422, json={"number": "2026-0000-0000", "sign": "looks"}
    ),
    "POST /api/v1/age-marks/{mark}/seen": row(
        rules.absent(Permission.AGE_CLEAR), ids={"mark": NO_SUCH}
    ),
    "POST /api/v1/age-marks/{mark}/take-back": row(
        rules.absent_any(Permission.AGE_MARK, Permission.AGE_CLEAR),
        ids={"mark": NO_SUCH},
        json={"reason": "Era otra persona."},
    ),
    # None of the permits here is on a card.
    "GET /entregas/{credential:uuid}": row(rules.absent(Permission.CARD_HAND_OVER)),
    "POST /entregas/{credential:uuid}": row(rules.absent(Permission.CARD_HAND_OVER)),
}
