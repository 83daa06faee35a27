"""Who may do what in the database: one table, from which the grants are made and tested.

A new table needs a line here: what stands in no line nobody may touch, except its owner. The verbs
are written as in SQL's GRANT; UPDATE names the columns that a service changes, DELETE stands where
a service deletes, and TRUNCATE, REFERENCES and TRIGGER stand nowhere.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple


class DatabaseRole(StrEnum):
    """The users of the database; each process signs in as its own."""

    OWNER = "vereda_owner"
    """Owns the tables: migrations, grants, restoring."""
    APP = "vereda_app"
    """The web processes and the command line."""
    WORKER = "vereda_worker"
    """The background worker: signs, publishes, sends, forgets what is due."""
    AUDITOR = "vereda_auditor"
    """Reads the log, for `vereda audit verify`."""
    COMPLAINTS = "vereda_complaints"
    """The content of complaints, which nobody else reads."""
    BACKUP = "vereda_backup"
    """Reads everything, for `vereda backup`."""


OWNER, APP, WORKER, AUDITOR, COMPLAINTS, BACKUP = DatabaseRole

READ = "SELECT"
ADD = "SELECT, INSERT"
LOG = "SELECT, INSERT (act, subject, person, role, at, request, facts)"

GRANTS: Mapping[str, Mapping[DatabaseRole, str]] = {
    "acceptances": {
        APP: "SELECT, INSERT, UPDATE (token_hash, worker_name, asked_at, expires_at, accepted,"
        " answered_at)",
        WORKER: "SELECT, DELETE",
    },
    "accounts": {
        APP: "SELECT, INSERT, UPDATE (password_hash, disabled_at, lock_reason, signed_in_on,"
        " opened_on)",
        # The nightly look locks what nobody used.
        WORKER: "SELECT, UPDATE (email, phone, name, identity_index, password_hash, disabled_at,"
        " lock_reason)",
    },
    "agent_pins": {
        APP: "SELECT, INSERT, UPDATE (pin_hash, one_time, wrong, expires_at)",
        WORKER: READ,
    },
    # Which agencies there are, and which a programme asks: the owner alone writes it.
    "agencies": {APP: READ, WORKER: READ},
    "agency_sets": {APP: READ, WORKER: READ},
    "set_agencies": {APP: READ, WORKER: READ},
    "alembic_version": {APP: READ, WORKER: READ, AUDITOR: READ},
    "api_clients": {
        APP: "SELECT, INSERT, UPDATE (secret_hash, previous_secret_hash, previous_until,"
        " disabled_at, used_on)",
        WORKER: READ,
    },
    # What was asked never changes; it is judged once, and its words end with the file.
    "appeals": {
        APP: "SELECT, INSERT, UPDATE (ruling, answer, decided_by, decided_at)",
        WORKER: "SELECT, UPDATE (words, answer)",
    },
    # What was handed in is never changed: a correction is a new round.
    "application_rounds": {APP: ADD, WORKER: READ},
    "applications": {
        APP: "SELECT, INSERT, UPDATE (status, round, digest, receipt, submitted_at, due_at,"
        " held_by, held_by_name, held_since, lapsed_at, reinstated_at, barred_at, agency_set,"
        " version, updated_at, answers, worker_name, search_text, search_keys, vacancy,"
        " employer_name, document_sealed, document_index, worker_number)",
        WORKER: "SELECT, UPDATE (status, round, digest, receipt, submitted_at, due_at, held_by,"
        " held_by_name, held_since, lapsed_at, reinstated_at, barred_at, agency_set, version,"
        " updated_at,"
        " answers, worker_name, search_text, search_keys, document_sealed, document_index,"
        " worker_number, erased_at), DELETE",
    },
    # The log is written and read; nobody changes it, or says which transaction wrote an event.
    # A place is taken, and ended once; the worker process reminds of it, and ends those of closed
    # applications.
    "appointments": {
        APP: "SELECT, INSERT, UPDATE (ended_at, ending)",
        WORKER: "SELECT, UPDATE (reminded_at, ended_at, ending), DELETE",
    },
    # A criterion is declared and audited anew; how it stood before is in the log.
    "assessments": {
        APP: "SELECT, INSERT, UPDATE (status, evidence, version, set_by, set_at)",
        WORKER: READ,
    },
    "audit_checkpoints": {APP: READ, WORKER: ADD, AUDITOR: READ},
    "audit_events": {APP: LOG, WORKER: LOG, AUDITOR: READ},
    "audit_exports": {APP: READ, WORKER: ADD, AUDITOR: READ},
    "audit_leaves": {APP: READ, WORKER: ADD, AUDITOR: READ},
    "audit_nodes": {APP: READ, WORKER: ADD, AUDITOR: READ},
    # A right is suspended, given back and taken back; its approvals and its days stand for ever.
    "authorisations": {
        APP: "SELECT, INSERT, UPDATE (status, version, suspension, suspended_until,"
        " suspension_ending, revocation, revocation_outcome, ended_at)",
        # A suspension ends by its days.
        WORKER: "SELECT, UPDATE (status, version, suspension, suspended_until, suspension_ending)",
    },
    "right_approvals": {APP: ADD, WORKER: READ},
    # The web orders, settles and lets go; the worker draws, and settles what nobody settled.
    "captures": {APP: "SELECT, INSERT, UPDATE (application)", WORKER: "SELECT, DELETE"},
    "card_batches": {
        APP: "SELECT, INSERT, UPDATE (state, settled_at, settled_by)",
        WORKER: "SELECT, UPDATE (drawn, state, ready_at, settled_at, settled_by)",
    },
    "card_prints": {
        APP: "SELECT, INSERT, UPDATE (printed_at, handed_over_at, handed_over_by), DELETE",
        WORKER: "SELECT, DELETE",
    },
    # To erase a file is to destroy its key; who is asked to is the worker.
    "case_keys": {APP: ADD, WORKER: "SELECT, DELETE"},
    "child_alerts": {APP: ADD, WORKER: "SELECT, DELETE"},
    # A grown one is asked by a link, and says yes once; a no forgets them.
    "companions": {
        APP: "SELECT, INSERT, UPDATE (token_hash, asked_at, way, consented_at, witness,"
        " text_version), DELETE",
        WORKER: "SELECT, DELETE",
    },
    # What stands in clear of a complaint; its content only its number or a phrase opens, and no
    # user of the database. The worker tells the log by the day, writes rows anew, and shreds.
    "complaints": {
        APP: "SELECT, INSERT, UPDATE (filing, categories, proposed, severity, status, flags,"
        " outcome, employer, farm, department, received_on, hour, handler, due_on, closed_on,"
        " version)",
        WORKER: "SELECT, INSERT, UPDATE (filing, categories, proposed, severity, status, flags,"
        " outcome,"
        " employer, farm, department, received_on, hour, handler, due_on, closed_on, version,"
        " noted)",
    },
    "complaint_messages": {APP: ADD, WORKER: "SELECT, INSERT, UPDATE (noted), DELETE"},
    "complaint_files": {APP: ADD, WORKER: "SELECT, UPDATE (noted), DELETE"},
    "complaint_custody": {APP: ADD, WORKER: "SELECT, UPDATE (why), DELETE"},
    # A row that a filing leant on remembers it: the worker writes the group's anew by night.
    "complaint_groups": {
        APP: "SELECT, INSERT, UPDATE (retired_on)",
        WORKER: "SELECT, UPDATE (retired_on)",
    },
    "complaint_handlers": {APP: "SELECT, INSERT, DELETE", WORKER: READ},
    "complaint_shares": {APP: "SELECT, INSERT, DELETE", WORKER: READ},
    "complaint_keys": {
        APP: "SELECT, INSERT, UPDATE (returned, group, group_sealed)",
        WORKER: "SELECT, INSERT, UPDATE (returned, noted), DELETE",
    },
    # Steps and notes stand as they were written; the worker process shreds them, runs the clocks
    # and asks whether its alarms went.
    "complaint_figures": {APP: "SELECT, UPDATE (repaid)", WORKER: "SELECT, INSERT"},
    "inspection_proposals": {APP: "SELECT, INSERT, UPDATE (result, answered_on, answered_by)"},
    "complaint_duties": {APP: "SELECT, INSERT, DELETE", WORKER: READ},
    "complaint_steps": {APP: ADD, WORKER: "SELECT, INSERT, DELETE"},
    "complaint_notes": {APP: ADD, WORKER: "SELECT, INSERT, DELETE"},
    "complaint_clocks": {
        APP: "SELECT, INSERT, UPDATE (started_at, due_at, working_days, paused_at, paused_days,"
        " met_at), DELETE",
        WORKER: "SELECT, INSERT, UPDATE (started_at, due_at, working_days, paused_at, paused_days,"
        " met_at, alarms)",
    },
    "complaint_remedies": {
        APP: "SELECT, INSERT, UPDATE (state, verifier, version, verified_on)",
        WORKER: "SELECT, DELETE",
    },
    "complaint_follow_ups": {
        APP: "SELECT, INSERT, UPDATE (done_on, done_by, retaliation), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "complaint_referrals": {
        APP: "SELECT, INSERT, UPDATE (state, confirmed_on, number, version)",
        WORKER: "SELECT, DELETE",
    },
    "complaint_unlocks": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    "consents": {APP: "SELECT, INSERT, UPDATE (withdrawn_at)", WORKER: "SELECT, DELETE"},
    # Every version stands as it was drawn, and so does who agreed to it.
    "contracts": {APP: ADD, WORKER: "SELECT, DELETE"},
    "contract_agreements": {APP: ADD, WORKER: "SELECT, DELETE"},
    "contract_reports": {APP: ADD, WORKER: "SELECT, DELETE"},
    # A list stands; each worker of it answers once, and an official confirms anew what changed.
    "crew_confirmations": {
        APP: "SELECT, INSERT, UPDATE (digest, findings, version, confirmed_at)",
        WORKER: "SELECT, DELETE",
    },
    "crew_members": {
        APP: "SELECT, INSERT, UPDATE (way, consented_at, witness)",
        WORKER: "SELECT, DELETE",
    },
    "crews": {APP: ADD, WORKER: READ},
    # The worker asks the list; who looks again says what of it, once.
    "watch_checks": {
        APP: "SELECT, INSERT, UPDATE (state, reviewed_by, reviewed_at, note)",
        WORKER: "SELECT, INSERT, UPDATE (state, answered_at, found, note, reviewed_by, reviewed_at,"
        " cleared_by), DELETE",
    },
    "challenges": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    # The bytes, the number, the place in the status list and the dates stand for ever; the web
    # ends a credential and never gives it a text.
    "credentials": {
        APP: "SELECT, INSERT, UPDATE (state, revoked_at, revocation_reason, version)",
        # A trigger lets payload and to_be_signed become NULL, and nothing else. What waits for a
        # key that was given up ends, and another follows it.
        WORKER: "SELECT, INSERT, UPDATE (state, text, issued_at, version, payload, to_be_signed,"
        " erased_at, revoked_at, revocation_reason)",
    },
    # A face is signed with its card, and erased with it.
    "faces": {APP: READ, WORKER: "SELECT, INSERT, DELETE"},
    "device_enrolments": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    "devices": {
        APP: "SELECT, INSERT, UPDATE (name, revoked_at, revoked_by, seen_on)",
        WORKER: READ,
    },
    "crossing_counts": {APP: READ, WORKER: "SELECT, INSERT, UPDATE (crossings)"},
    # What a device told is never changed; what it means may be, once an earlier crossing arrives.
    "crossings": {APP: "SELECT, INSERT, UPDATE (anomalies)", WORKER: "SELECT, DELETE"},
    "daily_jobs": {APP: READ, WORKER: "SELECT, INSERT, UPDATE (day)"},
    "data_requests": {
        APP: "SELECT, INSERT, UPDATE (status, answer, answered_at, answered_by)",
        WORKER: "SELECT, UPDATE (words, answer)",
    },
    # The words to the worker end with the file; what was decided never changes.
    "decisions": {APP: ADD, WORKER: "SELECT, UPDATE (note)"},
    "documents": {APP: "SELECT, INSERT, UPDATE (replaced_at)", WORKER: "SELECT, DELETE"},
    # What was asked stays as it was asked; what became of it is written once. The words to the
    # worker end with the file.
    "employer_changes": {
        APP: "SELECT, INSERT, UPDATE (outcome, official, decided_at, note)",
        WORKER: "SELECT, UPDATE (note)",
    },
    # A bar stands as it was given, and is lifted once.
    "employer_bars": {
        APP: "SELECT, INSERT, UPDATE (lifted_by, lifted_at)",
        WORKER: READ,
    },
    # A draft that is forgotten takes its papers along.
    "employer_papers": {
        APP: "SELECT, INSERT, UPDATE (removed_at)",
        WORKER: "SELECT, DELETE",
    },
    "employers": {APP: "SELECT, INSERT, UPDATE (phone)", WORKER: READ},
    # The worker asks the registries and forgets drafts.
    "employer_registrations": {
        APP: "SELECT, INSERT, UPDATE (phone, access_hash, access_until, status, kind, name,"
        " tax_number, size, contact, coffee_key, version, handed_in_at, decided_at, decided_by,"
        " note, evidence, employer)",
        WORKER: "SELECT, UPDATE (version), DELETE",
    },
    "erasures": {APP: READ, WORKER: ADD},
    "enrolments": {
        APP: "SELECT, INSERT, UPDATE (secret_sealed, expires_at), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "factors": {
        APP: "SELECT, INSERT, UPDATE (name, last_step, used_at, sign_count), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "farms": {
        APP: "SELECT, INSERT, UPDATE (name, municipality, housed, grower, latitude, longitude),"
        " DELETE",
        WORKER: "SELECT, DELETE",
    },
    "federated_identities": {APP: ADD, WORKER: READ},
    "federated_sign_ins": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    "grants": {APP: "SELECT, INSERT, UPDATE (ended_at, ended_by)", WORKER: READ},
    "handed_in": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    # An inspection stands as it was written; what failed is closed once.
    "housing_inspections": {APP: ADD, WORKER: READ},
    "housing_shortcomings": {
        APP: "SELECT, INSERT, UPDATE (mended_on, evidence, mended_by)",
        WORKER: READ,
    },
    "idempotency_keys": {
        APP: "SELECT, INSERT, UPDATE (status, body, etag)",
        WORKER: "SELECT, DELETE",
    },
    # What was asked never changes; what was answered does until it is handed in. The texts end with
    # the file.
    "info_items": {
        APP: "SELECT, INSERT, UPDATE (answer, document)",
        WORKER: "SELECT, UPDATE (question, answer, document)",
    },
    "info_requests": {APP: "SELECT, INSERT, UPDATE (answered_at)", WORKER: READ},
    "invitations": {
        APP: "SELECT, INSERT, UPDATE (token_hash, purpose, invited_by, invited_at, expires_at),"
        " DELETE",
        WORKER: READ,
    },
    "legal_holds": dict.fromkeys((APP, WORKER), "SELECT, INSERT, UPDATE (lifted_by, lifted_at)"),
    "known_browsers": {
        APP: "SELECT, INSERT, UPDATE (seen_at), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "mandates": {APP: "SELECT, INSERT, UPDATE (ended_on)", WORKER: READ},
    # A measure stands as it was written, and is settled once.
    "measures": {APP: "SELECT, INSERT, UPDATE (settled_on, settled_by)", WORKER: READ},
    # A report of WhatsApp comes to the site.
    "messages": {APP: "SELECT, UPDATE (delivered_at)", WORKER: "SELECT, INSERT, DELETE"},
    "nominations": {APP: "SELECT, INSERT, DELETE", WORKER: READ},
    # A warning is judged once; the worker forgets what was none.
    "offer_reports": {
        APP: "SELECT, INSERT, UPDATE (state, judged_by, judged_at)",
        WORKER: "SELECT, UPDATE (told), DELETE",
    },
    "opened_status_lists": {APP: ADD, WORKER: ADD},
    # What was asked stays as it was asked; each agency says its word once. What it said ends with
    # the file.
    "identity_changes": {
        APP: "SELECT, INSERT, UPDATE (outcome, approvals, refused_agency, refused_by, decided_at,"
        " note)",
        WORKER: "SELECT, UPDATE (content, note)",
    },
    "identity_approvals": {APP: ADD, WORKER: READ},
    # A join stands as it was made, and is undone once.
    "number_joins": {
        APP: "SELECT, INSERT, UPDATE (undone_ground, undone_by, undone_at)",
        WORKER: READ,
    },
    "openings": {
        APP: "SELECT, INSERT, UPDATE (reviewed_at, reviewed_by, justified, note)",
        WORKER: READ,
    },
    "outbox": {
        APP: ADD,
        WORKER: "SELECT, INSERT, UPDATE (done_at, error, attempts, due_at, failed_at, payload),"
        " DELETE",
    },
    # Nothing of it is changed, but holding a row (FOR UPDATE) asks for UPDATE somewhere.
    "pending_grants": {APP: "SELECT, INSERT, UPDATE (asked_at), DELETE", WORKER: READ},
    # Whose a past permit was is found by the worker process, or said by an official. An import is
    # taken out whole.
    "past_permits": {
        APP: "SELECT, INSERT, UPDATE (standing, worker, settled_at, settled_by), DELETE",
        WORKER: "SELECT, UPDATE (standing, worker, settled_at, settled_by), DELETE",
    },
    "register_imports": {APP: "SELECT, INSERT, UPDATE (undone_at, undone_by)", WORKER: READ},
    "paper_codes": {
        APP: "SELECT, INSERT, UPDATE (used_at), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "phone_codes": {
        APP: "SELECT, INSERT, UPDATE (holder, code_hash, tries, proved_at, expires_at), DELETE",
        WORKER: "SELECT, UPDATE (code_hash), DELETE",
    },
    "postings": {APP: ADD, WORKER: READ},
    "published_status_lists": {
        APP: READ,
        WORKER: "SELECT, INSERT, UPDATE (list, version, cwt, jwt, issued_at, expires)",
    },
    # A place is taken and given back whole; its status goes along with the application's.
    # The worker process gives back what a case holds whose worker was asked and is silent.
    "quota_places": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    # What was recommended never changes; the words to colleagues end with the file.
    "recommendations": {APP: ADD, WORKER: "SELECT, UPDATE (note)"},
    "recoveries": {
        APP: "SELECT, INSERT, UPDATE (worker, application, document_kind, compared, asked_by,"
        " asked_at, status, old_phone, new_phone, decided_by, decided_at, refusal, code_shown_at,"
        " objection_hash)",
        WORKER: "SELECT, UPDATE (old_phone, new_phone), DELETE",
    },
    "registry_answers": {
        APP: "SELECT, INSERT, DELETE",
        WORKER: "SELECT, INSERT, DELETE",
    },
    # A list takes the place of the one before, whole.
    "registry_entries": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, INSERT, DELETE"},
    "registry_imports": {APP: ADD, WORKER: ADD},
    # Written by who restores, as the owner.
    "ended_places": {APP: READ, WORKER: READ},
    "restorations": {APP: READ, WORKER: READ},
    "revocations": {
        APP: "SELECT, INSERT, UPDATE (outcome, decided_by, decided_at)",
        WORKER: "SELECT, UPDATE (hearing, note)",
    },
    # A day stands as it was told, and is called off once.
    "reception_days": {
        APP: "SELECT, INSERT, UPDATE (cancelled_at, cancelled_by)",
        WORKER: READ,
    },
    "sessions": {
        APP: "SELECT, INSERT, UPDATE (seen_at, token_hash, proven_at), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "sign_in_steps": {
        APP: "SELECT, INSERT, UPDATE (stage, way, tries), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "stay_notices": {APP: READ, WORKER: ADD},
    "return_counts": {
        APP: READ,
        WORKER: "SELECT, INSERT, UPDATE (told, told_answers, waiting)",
    },
    # The worker process asks and closes; the worker answers, and the desk does what they ask for.
    "return_surveys": {
        APP: "SELECT, UPDATE (answers, answered_at, tasks, attended_at, attended_by)",
        WORKER: "SELECT, INSERT, UPDATE (answers, counted, rated, closed_at, rehire), DELETE",
    },
    "employer_ratings": {APP: READ, WORKER: "SELECT, INSERT, UPDATE (told, waiting)"},
    # An employer answers once; SETRASS takes it down once.
    "employer_replies": {APP: "SELECT, INSERT, UPDATE (hidden_at, hidden_by)", WORKER: READ},
    # The worker process asks; what was answered and found stands as it was told.
    "check_ins": {
        APP: "SELECT, UPDATE (answers, findings, answered_at, answer_way, noted_by)",
        WORKER: "SELECT, INSERT, UPDATE (answers, findings), DELETE",
    },
    "wanted_cases": {
        APP: "SELECT, INSERT, UPDATE (acknowledged_at, acknowledged_by, complaint, taken_up_at)",
        # The worker process makes complaints of them.
        WORKER: "SELECT, UPDATE (reasons, complaint, taken_up_at), DELETE",
    },
    # A movement stands as it was recorded; its worker says once how they came there.
    "farm_movements": {APP: "SELECT, INSERT, UPDATE (said, said_at)", WORKER: "SELECT, DELETE"},
    # Every version stands as it was written, and its worker's answer too; it is replied to once.
    "payslips": {APP: ADD, WORKER: "SELECT, DELETE"},
    "payslip_answers": {
        APP: "SELECT, INSERT, UPDATE (reply, replied_at)",
        WORKER: "SELECT, DELETE",
    },
    "foreman_links": {APP: "SELECT, INSERT, UPDATE (ended_at)", WORKER: READ},
    # Its worker alone changes and removes a payment; the desk moves what was asked back.
    "cost_entries": {
        APP: "SELECT, INSERT, UPDATE (told, receipt_key, status, version, asked_at,"
        " fee_confirmed_at, fee_confirmed_by, registry, licence), DELETE",
        WORKER: "SELECT, UPDATE (told), DELETE",
    },
    "case_notes": {APP: "SELECT, INSERT", WORKER: "SELECT, UPDATE (words), DELETE"},
    "case_notices": {APP: READ, WORKER: ADD},
    "looks": {APP: "SELECT, INSERT, UPDATE (version)", WORKER: "SELECT, DELETE"},
    "read_zones": {
        APP: "SELECT, INSERT, UPDATE (text, confirmed, read_by, read_at)",
        WORKER: "SELECT, UPDATE (text), DELETE",
    },
    # A proposal stands as it was made; one word settles it.
    "dated_changes": {APP: "SELECT, INSERT, UPDATE (state, decided_by, decided_at)", WORKER: READ},
    "saved_views": {
        APP: "SELECT, INSERT, UPDATE (official, agency, name, words, shared, saved_at), DELETE",
        WORKER: "SELECT, DELETE",
    },
    # A wish of an employer is answered once, or asked anew where the worker's standing changed.
    "codecisions": {
        APP: "SELECT, INSERT, UPDATE (state, answered_by, answered_at, why)",
        WORKER: "SELECT, UPDATE (words, why, state, answered_by, answered_at), DELETE",
    },
    "permit_shields": {
        APP: "SELECT, INSERT, UPDATE (ends_on)",
        WORKER: "SELECT, INSERT, DELETE",
    },
    "suspensions": {
        APP: "SELECT, INSERT, UPDATE (ending, ended_at, ended_by)",
        WORKER: "SELECT, UPDATE (ending, ended_at, note)",
    },
    "throttles": {
        APP: "SELECT, INSERT, UPDATE (tries)",
        # The worker counts what it sends: SMS of the whole service.
        WORKER: "SELECT, INSERT, UPDATE (tries), DELETE",
    },
    "used_challenges": {APP: ADD, WORKER: "SELECT, DELETE"},
    # Terms and status are the employer's; what holds it follows from what was found.
    "vacancies": {
        APP: "SELECT, INSERT, UPDATE (status, hiring, title, occupation, department, municipality,"
        " starts_on, ends_on, places, wage, currency, unit, unit_kg, hours_per_day, days_per_week,"
        " housing, transport, food, tops_up, version, held_at, asked_by, asked_at)",
        WORKER: "SELECT, UPDATE (held_at)",
    },
    # What was found, set aside or recorded stands as it was.
    "vacancy_attestations": {APP: ADD, WORKER: READ},
    "vacancy_judgements": {APP: ADD, WORKER: ADD},
    "vacancy_overrides": {APP: ADD, WORKER: READ},
    "vacancy_steps": {APP: ADD, WORKER: READ},
    "journey_notes": {
        APP: "SELECT, INSERT, DELETE",
        WORKER: "SELECT, UPDATE (asked_at), DELETE",
    },
    "orientation_sessions": {
        APP: "SELECT, INSERT, UPDATE (cancelled_at)",
        WORKER: READ,
    },
    "orientation_seats": {
        APP: "SELECT, INSERT, UPDATE (seat, invited, taken_at, attended_at, attended_by, ended_at)",
        WORKER: "SELECT, DELETE",
    },
    "orientation_tests": {
        APP: "SELECT, INSERT, UPDATE (correct, of, passed)",
        WORKER: "SELECT, DELETE",
    },
    "roster_entries": {
        APP: "SELECT, INSERT, UPDATE (profile, joined_at, renewed_at, valid_until, version,"
        " left_at)",
        WORKER: "SELECT, DELETE",
    },
    "candidacies": {
        APP: "SELECT, INSERT, UPDATE (status, version, why, lacking, interview_at,"
        " interview_place, outcome, offer_until, changed_at)",
        # Offers end by themselves; what is written over is the whole row.
        WORKER: "SELECT, INSERT, UPDATE (status, version, why, lacking, interview_at,"
        " interview_place, outcome, offer_until, changed_at), DELETE",
    },
    "vacancy_requirements": {
        APP: "SELECT, INSERT, UPDATE (years, proven, languages, education, licences)",
        WORKER: READ,
    },
    "vacancy_terms": {
        APP: "SELECT, INSERT, UPDATE (tasks_es, tasks_en, pay_day, rest_day, shift, arrival,"
        " way_back, insurance, notice_days, grievance, guaranteed_days, fees_charged, worker_pays,"
        " overtime_premium_percent, housing_deducted, food_deducted, deducted_in_writing,"
        " requirements, contacts, special_stay, foreigners, headcount, foreign_payroll, payroll)",
        WORKER: READ,
    },
    "judging_runs": {APP: ADD, WORKER: "SELECT, INSERT, UPDATE (judged, failing, ended_at)"},
    "share_waivers": {APP: ADD, WORKER: READ},
    # Nothing of it is changed, but holding a row (FOR UPDATE) asks for UPDATE somewhere.
    "worker_numbers": {APP: "SELECT, INSERT, UPDATE (given_at)", WORKER: ADD},
    "workers": {
        APP: "SELECT, INSERT, UPDATE (phone, resume_hash, resume_index, whatsapp)",
        WORKER: "SELECT, DELETE",
    },
    # A token is bound to the first key that is shown with it.
    "wallet_secrets": {
        APP: "SELECT, INSERT, UPDATE (holder_key), DELETE",
        WORKER: "SELECT, DELETE",
    },
}

CONTENT_OF_COMPLAINTS = "complaint_content"
"""A table whose name begins so is its role's alone; a copy of everything holds it too."""


class Grant(NamedTuple):
    """One right: the role, the verb in capitals, and the column, or "" for the whole table."""

    role: str
    verb: str
    column: str = ""


def rights_on(
    table: str, lines: Mapping[str, Mapping[DatabaseRole, str]] = GRANTS
) -> Mapping[DatabaseRole, str]:
    """The line of a table; no line, no rights, and of complaints' content only its role's."""
    line = lines.get(table, {})
    if table.startswith(CONTENT_OF_COMPLAINTS):
        line = {COMPLAINTS: line.get(COMPLAINTS, ADD)}
    return {**line, BACKUP: READ}


def grants_on(table: str, columns: frozenset[str]) -> Iterator[Grant]:
    """The rights on a table one by one; a column that it does not have (yet) is left out."""
    for role, verbs in rights_on(table).items():
        for verb, named in read_verbs(verbs):
            for column in named or ("",):
                if not column or column in columns:
                    yield Grant(role.value, verb, column)


_VERBS = r"(?:SELECT|DELETE|INSERT(?! \()|(?:INSERT|UPDATE) \(([a-z_0-9, ]+)\))"


def read_verbs(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The verbs of one cell, each with its columns; ValueError for one that has no place here."""
    if not re.fullmatch(rf"{_VERBS}(?:, {_VERBS})*", text):
        raise ValueError(text)
    found = re.finditer(_VERBS, text)
    return [
        (match[0].split(" ")[0], tuple(match[1].split(", ")) if match[1] else ()) for match in found
    ]
