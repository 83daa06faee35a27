"""What must happen between bringing a backup back and letting anybody in."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from app.services import erasing, status_lists
from app.services.work import Work
from app.storage import endings, list_openings, restorations, sessions
from app.storage import status_lists as stored
from app.storage.restorations import Restoration
from permits.audit import Act
from permits.generations import list_after
from permits.people import SYSTEM_PERSON

_ALWAYS = timedelta(days=36_500)


def begin_anew(work: Work, backup_at: datetime, manifest: str, erased: Iterable[UUID] = ()) -> int:
    """Make a restored database safe to serve; returns the status list that begins.

    1. a new status list, and with it marked receipts: what was given out after the backup is
    never given out again; 2. every session is over, for some had been ended since; 3. the
    files that were erased since are erased again; 4. every list is signed anew, with what was
    ended again before (`ending_again.end_again`).
    """
    published = [each.list for each in stored.list_published(work.session)]
    known = list_openings.list_known(work.session)
    begins = list_after(work.now, {*known, *published})
    event = work.event(
        Act.DATABASE_RESTORED, SYSTEM_PERSON, {"list": begins, "backup_at": backup_at.isoformat()}
    )
    restored = Restoration(begins, work.now, backup_at, manifest)
    restorations.add_restoration(work.session, restored, event=event)  # 1
    sessions.remove_expired(work.session, work.now + _ALWAYS)  # 2
    erasing.erase_again(work, erased)  # 3
    lost = endings.list_lists(work.session)
    for number in sorted({begins, *known, *published, *lost}):  # 4
        status_lists.publish_status_list(work, number)
    return begins
