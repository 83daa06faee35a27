"""Lists that leave the house: few may take one, with a fresh proof, and every row is remembered."""

from collections.abc import Sequence

from app.services import queues
from app.services.queues import QueueFilter, QueueRow
from app.services.work import Work
from app.storage import audit
from permits.audit import Act
from permits.errors import Conflict
from permits.people import Permission
from permits.policies import check_permission

MOST_ROWS = 5_000
"""Of one export; who needs more names a programme, a status or a term."""


def count_export(work: Work, wanted: QueueFilter) -> int:
    """How many rows an export would have, at most one more than it may have."""
    check_permission(work.actor, Permission.APPLICATION_EXPORT)
    return queues.count_queue(work, wanted, MOST_ROWS)


def export_queue(work: Work, wanted: QueueFilter) -> Sequence[QueueRow]:
    """The rows of a filter, to be taken away; each of these people is told (N8).

    One event tells of the export, and one about each case in it, in the transaction of the
    export: what was not remembered does not leave. Conflict("too-many-rows") beyond `MOST_ROWS`.
    """
    check_permission(work.actor, Permission.APPLICATION_EXPORT)
    page = queues.list_queue(work, wanted, limit=MOST_ROWS)
    if page.next is not None:
        raise Conflict("too-many-rows", most=MOST_ROWS)
    export = work.new_id()
    facts = {"export": str(export)}
    told = [work.event(Act.APPLICATIONS_EXPORTED, export, {"cases": len(page.rows)})]
    told += [work.event(Act.APPLICATION_EXPORTED, row.id, facts) for row in page.rows]
    audit.append_all(work.session, told)
    return page.rows
