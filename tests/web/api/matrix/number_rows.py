"""The rows of workers' numbers for life: who says whose they are."""

from collections.abc import Mapping

from permits.people import Permission
from tests.web.api.matrix import rules
from tests.web.api.matrix.cast import NO_SUCH
from tests.web.api.matrix.row import Row, row

PAGE = "/casos/{application}/parecidas/{other:uuid}"
API = "/api/v1/applications/{application}/worker-number"
OTHER = {"other": NO_SUCH}
MENDS = rules.acts(Permission.APPLICATION_DECIDE, officials=True)
NOBODY_ELSE = rules.lacking(MENDS)

NUMBER_ROWS: Mapping[str, Row] = {
    f"POST {PAGE}/unir": row(MENDS, 422, ids=OTHER),
    f"POST {PAGE}/separar": row(MENDS, 422, ids=OTHER),
    f"POST {API}/join": row(NOBODY_ELSE, json={"other": str(NO_SUCH), "ground": "recognised"}),
    f"POST {API}/part": row(NOBODY_ELSE, json={"other": str(NO_SUCH), "ground": "other-person"}),
}
