"""The rows of employers that may not hire: for whoever may bar one; 404 for an unknown one."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, row

HERE, API = "/empleadores", "/api/v1/employers"
REASON = {"data": {"reason": "fee-charged"}}
ABSENT = rules.absent(Permission.EMPLOYER_BAR)
UNKNOWN = {"employer": NO_SUCH}

BAR_ROWS: Mapping[str, Row] = {
    f"GET {HERE}": row(rules.may(Permission.EMPLOYER_BAR)),
    f"GET {HERE}/{{employer:uuid}}": row(ABSENT, ids=UNKNOWN),
    f"POST {HERE}/{{employer:uuid}}/vetar": row(ABSENT, ids=UNKNOWN, **REASON),
    f"POST {HERE}/{{employer:uuid}}/levantar": row(ABSENT, ids=UNKNOWN),
    f"GET {API}": row(rules.may(Permission.EMPLOYER_BAR)),
    f"GET {API}/{{employer}}": row(ABSENT, ids=UNKNOWN),
    f"POST {API}/{{employer}}/bar": row(ABSENT, ids=UNKNOWN, json={"reason": "fee-charged"}),
    f"POST {API}/{{employer}}/bar/lift": row(ABSENT, ids=UNKNOWN),
}
