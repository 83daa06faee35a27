"""What the night does for complaints: the log told by the day, order taken out, time's end kept."""

from dataclasses import replace
from datetime import timedelta

from app.services import complaint_figures, daily
from app.services.complaint_evidence import FOLDER
from app.services.erasing import EFFECT
from app.services.work import Work
from app.storage import (
    complaint_batches,
    complaint_files,
    complaint_groups,
    complaint_keys,
    complaint_shredding,
    complaints,
    outbox,
)
from app.storage.complaint_batches import Untold
from permits.audit import Act, AuditEvent
from permits.deadlines import legal_day
from recruitment.complaints.effects import PATTERN_WITHIN
from recruitment.complaints.filed import Filed
from recruitment.complaints.moves import RETENTION, Action, move

HOURS_KEPT = timedelta(days=2)
"""An hour is kept for the clocks of S1 and S2, whose longest runs for a day; then it goes."""

STRAY_AFTER = timedelta(hours=36)
"""A file without a complaint was of a filing that broke off; its time is noon of its day."""

BATCH = 200
JOB = "complaints"


def run_nightly(work: Work) -> int:
    """The task of the hour: once a local day after two in the morning."""
    complaint_groups.remove_doors_before(work.session, work.now)
    today = daily.due_day(work, JOB, daily.NIGHT)
    if today is None:
        return 0
    told = tell_log(work)
    complaint_batches.forget_leaning(work.session)
    complaint_batches.forget_hours(work.session, today - HOURS_KEPT)
    complaint_batches.forget_sources(work.session, today - PATTERN_WITHIN)
    told += complaint_figures.tell_quarters(work)
    shredded = shred_due(work)
    swept = sweep_files(work)
    if shredded < BATCH:
        daily.mark_done(work, JOB, today)
    return told + shredded + swept


def tell_log(work: Work) -> int:
    """Tell the log what complainants did on past days: which case, which day, and nobody.

    In the order of random ids, in one transaction, with the night's own time; the rows are written
    anew with it, so that nothing in the database's files tells an hour.
    """
    today = legal_day(work.now)
    untold = complaint_batches.list_untold(work.session, today)
    events = [_event(work, one) for one in untold]
    told = {one.complaint for one in untold}
    complaint_batches.note_told(work.session, told, today, events=events)
    return len(events)


def _event(work: Work, one: Untold) -> AuditEvent:
    facts: dict[str, str | int] = {"day": one.day.isoformat()}
    if one.first:
        return work.event(Act.COMPLAINT_FILED, one.complaint, facts)
    return work.event(Act.COMPLAINT_CONTINUED, one.complaint, {**facts, "messages": one.messages})


def shred_due(work: Work, limit: int = BATCH) -> int:
    """Destroy keys and content of what was closed two years ago; the row for figures remains."""
    before = legal_day(work.now) - RETENTION
    due = complaints.list_closed_before(work.session, before, limit)
    for filed in due:
        shred(work, filed)
    return len(due)


def shred(work: Work, filed: Filed) -> None:
    """Destroy a complaint's key and all that it sealed: words, files, their way; who had a part.

    What is left says of it only what figures count. Conflict where it is not over.
    """
    event = work.event(Act.COMPLAINT_SHREDDED, filed.id)
    objects = complaint_files.list_object_keys(work.session, [filed.id])
    complaint_keys.shred_keys(work.session, [filed.id], event=event)
    complaint_shredding.shred_content(work.session, filed.id)
    left = replace(
        filed,
        status=move(filed.status, Action.ANONYMISE),
        employer=None,
        farm=None,
        handler=None,
        hour=None,
        due_on=None,
        kept_out=b"",
        version=filed.version + 1,
        source=None,
    )
    complaints.save_shredded(work.session, left)
    for key in objects:
        outbox.put(work.session, outbox.Effect(EFFECT, f"delete:{key}", {"key": key}), work.now)


def sweep_files(work: Work) -> int:
    """Forget files whose filing broke off between the store and the database."""
    lying = list(work.ports.objects.names_before(FOLDER, work.now - STRAY_AFTER))
    strays = complaint_files.list_strays(work.session, lying)
    for key in strays:
        outbox.put(work.session, outbox.Effect(EFFECT, f"delete:{key}", {"key": key}), work.now)
    return len(strays)
