"""What time alone asks for; each task is small, and harmless when done twice."""

from collections.abc import Callable
from datetime import timedelta

from app.services import (
    acceptance_reminders,
    account_reviews,
    answer_terms,
    appointments,
    authorisations,
    candidates,
    card_batches,
    check_in_complaints,
    check_ins,
    complaint_alarms,
    complaint_nights,
    complaint_terms,
    complaint_wishes,
    contract_waits,
    cost_complaints,
    employer_bars,
    improvement_notices,
    issuing,
    journeys,
    judging_runs,
    key_care,
    list_places,
    lost_keys,
    moved_terms,
    overdue_cases,
    partners,
    pool_ends,
    published,
    ratings,
    repayments,
    request_terms,
    retention,
    return_surveys,
    roster,
    status_lists,
    stays,
    unpaid_wages,
    unsent_drafts,
    unused_rights,
    waiting_revocations,
    watch,
)
from app.services.work import Work
from app.storage import (
    captures,
    devices,
    federation,
    idempotency,
    outbox,
    permit_shields,
    phone_codes,
    recoveries,
    sessions,
    sign_in_steps,
    throttles,
    wallet_secrets,
)
from permits.deadlines import legal_day
from permits.notices import SHORT_LIVED
from permits.phone_codes import LIFETIME
from permits.retention_terms import CAPTURES_KEPT, RECOVERY_PHONES_KEPT, SHIELD_KEPT
from permits.signing import KeyUse

KEYS_KEPT = timedelta(hours=48)
WINDOWS_KEPT = timedelta(hours=25)
BROWSERS_KEPT = timedelta(days=180)


def forget_old_rows(work: Work) -> int:
    """Sessions that are over, answers nobody will ask for again, counters of past windows."""
    captures.remove_before(work.session, CAPTURES_KEPT.before(work.now))
    idempotency.remove_before(work.session, work.now - KEYS_KEPT)
    federation.remove_askings_before(work.session, work.now)
    throttles.remove_windows_before(work.session, work.now - WINDOWS_KEPT)
    devices.remove_over(work.session, work.now)
    recoveries.forget_phones(work.session, RECOVERY_PHONES_KEPT.before(work.now))
    phone_codes.remove_codes_before(work.session, work.now)
    outbox.remove_messages(work.session, SHORT_LIVED, work.now - LIFETIME)
    wallet_secrets.remove_over(work.session, work.now)
    permit_shields.remove_over(work.session, legal_day(SHIELD_KEPT.before(work.now)))
    sign_in_steps.remove_before(work.session, work.now, work.now - BROWSERS_KEPT)
    return sessions.remove_expired(work.session, work.now)


TASKS: tuple[Callable[[Work], int], ...] = (
    lost_keys.prepare_anew,
    issuing.sign_pending,
    key_care.rotate_due_keys,
    key_care.settle_retired_keys,
    key_care.renew_trust_list,
    key_care.note_changed_keys,
    authorisations.end_suspensions,
    list_places.open_due_list,
    status_lists.republish_due,
    published.put_out_all,
    partners.take_lists,
    employer_bars.return_late,
    employer_bars.return_blocked,
    moved_terms.move_terms,
    answer_terms.lapse_returned,
    unused_rights.end_unused,
    pool_ends.end_hopeless,
    waiting_revocations.lapse_forgotten,
    account_reviews.plan_review,
    card_batches.discard_forgotten,
    forget_old_rows,
    retention.run_daily,
    judging_runs.judge_daily,
    unpaid_wages.judge_unpaid,
    stays.tell_stays,
    check_ins.ask_due,
    return_surveys.ask_returned,
    return_surveys.close_returned,
    return_surveys.count_returned,
    ratings.count_stays,
    overdue_cases.tell_overdue,
    request_terms.tell_overdue,
    answer_terms.remind_returned,
    unused_rights.tell_unused,
    unsent_drafts.remind_unsent,
    contract_waits.remind,
    acceptance_reminders.remind,
    watch.ask_new,
    watch.ask_again,
    candidates.expire_offers,
    roster.remind_ending,
    journeys.ask_arrived,
    check_in_complaints.file_waiting,
    cost_complaints.file_waiting,
    repayments.tell_late,
    improvement_notices.tell_week,
    complaint_terms.begin_clocks,
    complaint_alarms.raise_alarms,
    complaint_wishes.alarm_retaliation,
    complaint_alarms.tell_digest,
    complaint_alarms.take_replies,
    appointments.free_closed,
    appointments.remind_of_tomorrow,
    complaint_nights.run_nightly,
)


def check_ready(work: Work) -> int:
    """Ask the database and the keys, and return how many effects wait for the worker.

    Raises what they raise: Conflict("no-active-key"), or the database's own error.
    """
    work.ports.keys.signer(KeyUse.PERMIT)
    return outbox.count_waiting(work.session)
