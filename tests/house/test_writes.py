"""No write without an audit event in the same transaction: the signatures of storage say so."""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import UpdateBase

import app.storage
from permits.audit import AuditEvent

READING = ("get_", "find_", "list_", "count_", "has_", "is_", "lock", "read_")
WRITING_CALLS = {"insert", "pg_insert", "update", "delete", "add_row", "add_once", "put"}

NO_ROOMS = {
    "app.storage.database": "the engine, no table",
    "app.storage.audit": "the log itself",
    "app.storage.reaching": "a condition of queries, no table",
    "app.storage.own_looks": "who looked, read from the log",
    "app.storage.own_data": "all that is kept about a person, read by class",
    "app.storage.data_classes": "what the columns tell about people, no table",
    "app.storage.columns": "what columns have in common, no table",
    "app.storage.offer_columns": "an offer as columns, no table",
    "app.storage.farm_columns": "a farm as columns, no table",
    "app.storage.copying": "loads of made-up cases, with an event for each act in them",
    "app.storage.search_keys": "texts as keys, no table",
    "app.storage.statements": "statements that are made once, no table",
    "app.storage.searched": "a condition of queries, no table",
    "app.storage.queue_filters": "conditions of queries, no table",
    "app.storage.sealed": "what the vault promises, no table",
    "app.storage.grants": "who may do what, no row",
    "app.storage.grants_of_complaints": "who may do what, no row",
    "app.storage.grants_of_machine": "who may do what, no row",
    "app.storage.grants_of_permits": "who may do what, no row",
    "app.storage.grants_of_recruitment": "who may do what, no row",
    "app.storage.database_roles": "the users of the database, no row",
    "app.storage.snapshots": "what is copied, no row",
    "app.storage.rights": "who may do what, no row",
    "app.storage.roles": "the users of the database, no row",
}
EXEMPT = {
    "saved_views.save_view": "a filter with a name: no person's data, and no case is touched",
    "saved_views.remove_view": "a filter with a name: no person's data, and no case is touched",
    "registry_answers.forget_answers": "what was told anew is handed in, which is logged",
    "resealing.reseal_batch": "the same text under a newer key",
    "captures.claim": "the name belongs to a registration whose acts are logged",
    "captures.settle": "the name belongs to a registration whose acts are logged",
    "captures.remove_before": "forgetting names that no tablet sends any more",
    "complaint_batches.forget_leaning": "writes rows anew as they are",
    "complaint_batches.forget_sources": "forgetting tokens that no pattern needs any more",
    "complaint_batches.forget_hours": "forgetting hours that no clock needs any more",
    "complaint_files.add_file": "of a complainant: the nightly batch tells the log, by the day",
    "complaint_groups.close_door": "shuts what an unlocking opened, for this session",
    "complaint_groups.open_door": "for one session; what is opened through it is logged",
    "complaint_groups.remove_doors_before": "forgetting what is over",
    "complaint_keys.add_key": "of a complainant: the nightly batch tells the log, by the day",
    "complaint_keys.move_key": "the rotation is logged, with how many",
    "complaint_keys.note_return": "of a complainant: when somebody came back is not told",
    "complaint_messages.add_told": "of a complainant: the nightly batch tells the log, by the day",
    "complaint_remedies.save_said": "of a complainant: the nightly batch tells the log, by the day",
    "complaints.add_complaint": "of a complainant: the nightly batch tells the log, by the day",
    "complaints.save_shredded": "follows from the shredding of the key, which is logged",
    "card_batches.save_progress": "how far a job is; its end is logged",
    "closed_accounts.anonymise_closed_before": "retention: the run tells its counts in one event",
    "consents.give_consent": "given by handing in, which is logged",
    "crossing_counts.fold_crossings_before": "retention: the run tells its counts in one event",
    "wage_runs.note_progress": "how far a run is; its beginning and what it finds are logged",
    "judging_runs.note_progress": "how far a run is; its beginning and each judgement are logged",
    "complaint_wishes.note_alarmed": "that an alarm went; what it is about is in no log",
    "complaint_clocks.note_alarm": "how often an alarm went; what it is about is in no log",
    "complaint_clocks.remove_clocks": "of a case whose move is logged",
    "complaint_clocks.save_clocks": "of a case whose move is logged, or of a complainant",
    "complaint_remedies.plan_follow_ups": "follows from a closing, which is logged",
    "complaint_shredding.shred_content": "follows from the key's shredding, which is logged",
    "complaint_steps.add_step": "of a case that is saved with it, which is logged",
    "complaints.note_departure": "of a case that the service opens, with it: as `note_due`",
    "complaints.note_due": "of a complainant: the nightly batch tells the log, by the day",
    "codecisions.ask_anew": "follows from a shield, whose opening is logged",
    "permit_shields.remove_over": "forgetting what is over; its end was logged",
    "term_calendars.keep_counted": "a note for the next run; each term that moved is told",
    "daily_jobs.mark_done": "a note to other processes; the job logs what it does",
    "data_requests.forget_words_before": "retention: the run tells its counts in one event",
    "erasures.remember": "the list of what was erased; the erasure is logged",
    "accounts.note_sign_in": "the day of a sign-in, which is logged by itself",
    "api_clients.note_use": "the day of a token, which is logged by itself",
    "federation.add_asking": "a sign-in that was begun; its end is logged",
    "federation.remove_askings_before": "forgetting sign-ins from which nobody came back",
    "federation.take_asking": "a sign-in that was begun; its end is logged",
    "checkpoints.add_checkpoint": "the log's own seal; sealing is no act",
    "checkpoints.add_export": "the log's own seal; sealing is no act",
    "devices.count_wrong": "a counter; the refusal is logged",
    "devices.forget_wrong": "a counter; the sign-in is logged",
    "devices.note_seen": "seen again, by day; the sign-in is logged",
    "devices.remove_over": "forgetting codes and challenges that are over",
    "devices.take_enrolment": "used up by an enrolment that is logged, or by a try",
    "devices.use_challenge": "used up by a sign-in that is logged",
    "child_alerts.remove_before": "retention: the run tells its counts in one event",
    "past_permits.remove_ended_before": "retention: the run tells its counts in one event",
    "hindrances.block_vacancies": "follows from a judgement, which is logged with its findings",
    "handed_in.remove_before": "retention: the run tells its counts in one event",
    "idempotency.claim": "the key belongs to a request whose act is logged",
    "idempotency.keep": "the key belongs to a request whose act is logged",
    "idempotency.remove_before": "forgetting answers that nobody asks for again",
    "log_tree.add_leaves": "the log's own seal; sealing is no act",
    "log_tree.add_nodes": "the log's own seal; sealing is no act",
    "offer_reports.remove_dismissed_before": "retention: the run tells its counts in one event",
    "registration_drafts.remove_drafts_before": "retention: the run tells its counts in one event",
    "outbox.add_message": "what was sent follows from an effect, which follows from a logged act",
    "outbox.finish": "an effect follows from a logged act",
    "outbox.finish_all": "an effect follows from a logged act",
    "outbox.postpone": "an effect follows from a logged act",
    "outbox.note_report": "whether a message came to the phone, as its channel reports it",
    "outbox.remove_messages": "forgetting the text of codes that are worth nothing any more",
    "outbox.forget_given_up": "forgetting what could not be sent; the run of retention is logged",
    "phone_codes.count_guess": "a counter; the refusal is logged",
    "phone_codes.remove_code": "used up by an act that is logged",
    "phone_codes.remove_codes_before": "forgetting codes that are over",
    "case_judgements.add_judgement": "follows from an act that is logged, or from a run that is",
    "phone_codes.set_proved": "used up by a sign-in that is logged",
    "phone_codes.set_sent": "follows from a request that is logged",
    "outbox.put": "an effect follows from a logged act",
    "wallet_secrets.bind_token": "used by a taking that is logged",
    "wallet_secrets.remove_over": "forgetting what is over",
    "wallet_secrets.take_code": "used up by a token that is logged, or by a refusal that is",
    "right_approvals.resting": "a statement alone; the right that it goes with is logged",
    "quotas.give_back": "follows from an act that is logged: a decision, a withdrawal, an end",
    "quota_moves.give_back_others": "the change of employer that it follows from is logged",
    "quota_moves.hand_over": "the approval, the change or the end that it follows from is logged",
    "quotas.taking": "a statement alone; the decision that it goes with is logged",
    "quotas.take_places": "the decision that takes them is logged with them",
    "recoveries.forget_phones": "forgetting phones that nobody needs any more",
    "sessions.remove_expired": "forgetting sessions that are over",
    "sessions.touch_session": "seen again; the sign-in is logged",
    "factors.use_paper_code": "used up; the sign-in or the proof is logged",
    "factors.use_passkey": "used; the sign-in or the proof is logged",
    "factors.use_step": "used up; the sign-in or the proof is logged",
    "sign_in_steps.add_challenge": "asked of a passkey; what it opens is logged",
    "sign_in_steps.add_step": "a sign-in that was begun, which is logged",
    "sign_in_steps.advance_step": "a sign-in under way; its end is logged",
    "sign_in_steps.count_wrong": "a counter; the refusal is logged",
    "sign_in_steps.keep_browser": "follows from a sign-in that is logged",
    "sign_in_steps.put_enrolment": "waits for its confirmation, which is logged",
    "sign_in_steps.remove_before": "forgetting what is over",
    "sign_in_steps.remove_browsers_of": "follows from an act that is logged",
    "sign_in_steps.remove_enrolment": "used up by an act that is logged",
    "sign_in_steps.remove_step": "a sign-in that ended, which is logged",
    "sign_in_steps.remove_steps_of": "follows from an act that is logged",
    "sign_in_steps.take_challenge": "used up; what it opens is logged",
    "suspensions.close_suspension": "the right ended with it, which is logged",
    "throttles.give_back": "a counter; the sign-in is logged",
    "throttles.count_try": "a counter; the refusal is logged",
    "throttles.remove_windows_before": "forgetting counters of the past",
}
ROOMS = sorted({m.name for m in pkgutil.iter_modules(app.storage.__path__, "app.storage.")})


def _functions(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    room = module.__name__.rsplit(".", 1)[1]
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            yield f"{room}.{name}", function


def _all() -> dict[str, Callable[..., Any]]:
    rooms = [r for r in ROOMS if r not in NO_ROOMS and r != "app.storage.migrations"]
    return dict(f for room in rooms for f in _functions(importlib.import_module(room)))


def _writes(function: Callable[..., Any]) -> bool:
    """Whether the function makes a statement that writes, or calls one that may.

    A statement that the room makes once, or a function of its own that makes it, counts as well.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    names = {getattr(f, "id", getattr(f, "attr", "")) for f in called}
    if names & (WRITING_CALLS | {name.split(".")[1] for name in EXEMPT}):
        return True
    room = vars(inspect.getmodule(function))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    own = [room[name] for name in used if name.startswith("_") and name in room]
    return any(isinstance(one, UpdateBase) or (_is_made_once(one) and _writes(one)) for one in own)


def _is_made_once(thing: object) -> bool:
    """Whether it is a function whose result is kept: a statement."""
    return inspect.isfunction(getattr(thing, "__wrapped__", None))


TOLD = (AuditEvent, Sequence[AuditEvent])
"""One event, or one for each row that is written."""


def _takes_event(function: Callable[..., Any]) -> bool:
    hints = inspect.get_annotations(function, eval_str=True)
    parameters = inspect.signature(function).parameters.values()
    return any(
        p.kind is p.KEYWORD_ONLY and hints.get(p.name) in TOLD and p.default is p.empty
        for p in parameters
    )


FUNCTIONS = _all()


def _is_reading(name: str) -> bool:
    return name.split(".")[1].startswith(READING) and name not in EXEMPT


@pytest.mark.asvs("16.2.1")
@pytest.mark.feature("D2")
def test_every_write_takes_an_audit_event() -> None:
    named = {name: function for name, function in FUNCTIONS.items() if name not in EXEMPT}
    reading = {name for name in named if _is_reading(name)}
    assert [name for name in sorted(reading) if _writes(named[name])] == [], "named as if they read"
    assert [n for n in sorted(named.keys() - reading) if not _takes_event(named[n])] == []


def test_the_walk_sees_the_rooms_and_every_exemption_is_needed() -> None:
    assert len(FUNCTIONS) > 50
    assert sum(_takes_event(function) for function in FUNCTIONS.values()) > 20
    assert set(EXEMPT) <= set(FUNCTIONS)
    assert [name for name in EXEMPT if _takes_event(FUNCTIONS[name])] == []
    assert [name for name in EXEMPT if not _writes(FUNCTIONS[name])] == []
