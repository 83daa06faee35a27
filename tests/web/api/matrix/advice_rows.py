"""The routes of a decision and of what comes before it: recommending it to the own agency."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.row import NEVER_SEEN, Row, row

ONE = "/api/v1/applications/{application}"
CASE = "/casos/{application}"

ADVICE_ROWS: Mapping[str, Row] = {
    f"POST {ONE}/recommendations": row(
        rules.acts(Permission.APPLICATION_RECOMMEND), 412, json={"opinion": "approve"}
    ),
    f"POST {CASE}/decidir": row(
        rules.acts(Permission.APPLICATION_DECIDE),
        412,
        data={"version": NEVER_SEEN, "opinion": "approve"},
    ),
    f"POST {CASE}/recomendar": row(
        rules.acts(Permission.APPLICATION_RECOMMEND),
        412,
        data={"version": NEVER_SEEN, "advice": "approve"},
    ),
}
