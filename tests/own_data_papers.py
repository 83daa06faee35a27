"""All that may be kept about a worker, as the printers are given it."""

from app.web.wording import own_data_paper, own_data_tables
from permits.prints import PrintedLook, PrintedOwnData
from tests.permits.samples import CLAIMS


def own_data() -> PrintedOwnData:
    """A row of every kind, with every column and each way to say nothing, yes and no."""
    values = {"accepted": True, "brings_photo": False, "content": {}}
    whole = {name: values.get(name) for name in own_data_paper.FIELDS}
    rows = {name: [{"id": "x", "answers": whole}] for name in own_data_tables.TABLES}
    look = PrintedLook(CLAIMS.issued_at, "inm-officer", "application:read", "review")
    return PrintedOwnData(rows, [look], CLAIMS.issued_at)
