"""The lists that officials work from: filters in words, the one that is due first on top."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.services.searching import fold
from app.services.work import Work
from app.storage import queues
from app.storage.queues import Order, QueueFilter, QueueRow
from permits.errors import Forbidden
from permits.people import Permission
from permits.policies import check_permission

__all__ = ["PAGE", "QueueFilter", "QueuePage", "QueueRow", "list_queue"]

PAGE = 50


@dataclass(frozen=True)
class QueuePage:
    """Some rows, how many the filter finds in all, and the key of the next page."""

    rows: tuple[QueueRow, ...]
    total: int
    next: tuple[datetime, UUID] | None


def list_queue(
    work: Work,
    wanted: QueueFilter,
    *,
    limit: int = PAGE,
    after: tuple[datetime, UUID] | None = None,
) -> QueuePage:
    """Applications that an official may see, by the filter; drafts never."""
    check_permission(work.actor, Permission.APPLICATION_LIST)
    if work.actor.agency is None:
        raise Forbidden("agency-not-required")
    wanted = replace(wanted, text=fold(wanted.text))
    orders = [
        Order(programme.code, programme.agencies, programme.sequential)
        for programme in work.ports.reference.programmes.values()
    ]
    rows = queues.list_queue(work.session, wanted, orders, limit=limit + 1, after=after)
    shown = tuple(rows[:limit])
    more = (shown[-1].due_at, shown[-1].id) if len(rows) > limit else None
    return QueuePage(shown, queues.count_queue(work.session, wanted, orders), more)
