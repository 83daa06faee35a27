"""Who may do what with the tables of the permit, as rows of the table of grants."""

from collections.abc import Mapping

from app.storage.database_roles import ADD, APP, READ, WORKER, DatabaseRole

PERMITS: Mapping[str, Mapping[DatabaseRole, str]] = {
    # Which agencies there are, and which a programme asks: the owner alone writes it.
    "agencies": {APP: READ, WORKER: READ},
    "agency_sets": {APP: READ, WORKER: READ},
    "set_agencies": {APP: READ, WORKER: READ},
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
    # Only the worker process counts terms anew.
    "term_calendar": {APP: READ, WORKER: "SELECT, INSERT, UPDATE (closures, counted_at)"},
    # A place is taken, and ended once; the worker process reminds of it, and ends those of closed
    # applications.
    "appointments": {
        APP: "SELECT, INSERT, UPDATE (ended_at, ending)",
        WORKER: "SELECT, UPDATE (reminded_at, ended_at, ending), DELETE",
    },
    # A right is suspended, given back and taken back; its approvals and its days stand for ever.
    "authorisations": {
        APP: "SELECT, INSERT, UPDATE (status, version, suspension, suspended_until,"
        " suspension_ending, revocation, revocation_outcome, ended_at,"
        " ending)",
        # A suspension ends by its days, and so does a right that nobody takes up.
        WORKER: "SELECT, UPDATE (status, version, suspension, suspended_until, suspension_ending,"
        " ended_at, ending)",
    },
    "right_approvals": {APP: ADD, WORKER: READ},
    "captures": {APP: "SELECT, INSERT, UPDATE (application)", WORKER: "SELECT, DELETE"},
    # The web orders, settles and lets go; the worker draws, and settles what nobody settled.
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
    # What was told stands, and may end before; it is forgotten with nobody.
    "care_arrangements": {APP: "SELECT, INSERT, UPDATE (ended_on)", WORKER: READ},
    "senaf_handovers": {
        APP: "SELECT, INSERT, UPDATE (received_by, received_on, noted_by)",
        WORKER: "SELECT, DELETE",
    },
    "consents": {APP: "SELECT, INSERT, UPDATE (withdrawn_at)", WORKER: "SELECT, DELETE"},
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
    "crossing_counts": {APP: READ, WORKER: "SELECT, INSERT, UPDATE (crossings)"},
    # What a device told is never changed; what it means may be, once an earlier crossing arrives.
    "crossings": {APP: "SELECT, INSERT, UPDATE (anomalies)", WORKER: "SELECT, DELETE"},
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
        # Nor may a wish wait that nobody can grant any more.
        WORKER: "SELECT, UPDATE (outcome, official, decided_at, note)",
    },
    "handed_in": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    # What was asked never changes; what was answered does until it is handed in. The texts end with
    # the file.
    "info_items": {
        APP: "SELECT, INSERT, UPDATE (answer, document)",
        WORKER: "SELECT, UPDATE (question, answer, document)",
    },
    "info_requests": {APP: "SELECT, INSERT, UPDATE (answered_at)", WORKER: READ},
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
    # Whose a past permit was is found by the worker process, or said by an official. An import is
    # taken out whole.
    "past_permits": {
        APP: "SELECT, INSERT, UPDATE (standing, worker, settled_at, settled_by), DELETE",
        WORKER: "SELECT, UPDATE (standing, worker, settled_at, settled_by), DELETE",
    },
    "register_imports": {APP: "SELECT, INSERT, UPDATE (undone_at, undone_by)", WORKER: READ},
    # A place is taken and given back whole; its status goes along with the application's.
    # The worker process gives back what a case holds whose worker was asked and is silent.
    "quota_places": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    # What was recommended never changes; the words to colleagues end with the file.
    "recommendations": {APP: ADD, WORKER: "SELECT, UPDATE (note)"},
    # By the worker process a proposal lapses on which nobody decided.
    "revocations": {
        APP: "SELECT, INSERT, UPDATE (outcome, decided_by, decided_at)",
        WORKER: "SELECT, UPDATE (hearing, note, outcome, decided_at)",
    },
    # A day stands as it was told, and is called off once.
    "reception_days": {
        APP: "SELECT, INSERT, UPDATE (cancelled_at, cancelled_by)",
        WORKER: READ,
    },
    "stay_notices": {APP: READ, WORKER: ADD},
    # The worker process asks and closes; the worker answers, and the desk does what they ask for.
    "return_surveys": {
        APP: "SELECT, UPDATE (answers, answered_at, tasks, attended_at, attended_by)",
        WORKER: "SELECT, INSERT, UPDATE (answers, counted, rated, closed_at, rehire), DELETE",
    },
    # The desk writes down the yes, the day and the end; the person may say no.
    "return_referrals": {
        APP: "SELECT, INSERT, UPDATE (day, hour, outcome, closed_at, closed_by)",
        WORKER: "SELECT, DELETE",
    },
    "case_notes": {APP: "SELECT, INSERT", WORKER: "SELECT, UPDATE (words), DELETE"},
    "case_notices": {APP: READ, WORKER: ADD},
    "age_marks": {
        APP: "SELECT, INSERT, UPDATE (ended_by, ended_at, reason, seen_by, seen_at)",
        WORKER: "SELECT, DELETE",
    },
    "shown_papers": {
        APP: "SELECT, INSERT, UPDATE (taken_back_by, taken_back_at)",
        WORKER: "SELECT, DELETE",
    },
    "read_zones": {
        APP: "SELECT, INSERT, UPDATE (text, confirmed, read_by, read_at)",
        WORKER: "SELECT, UPDATE (text), DELETE",
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
    # Nothing of it is changed, but holding a row (FOR UPDATE) asks for UPDATE somewhere.
    "worker_numbers": {APP: "SELECT, INSERT, UPDATE (given_at)", WORKER: ADD},
    "workers": {
        APP: "SELECT, INSERT, UPDATE (phone, resume_hash, resume_index, whatsapp)",
        WORKER: "SELECT, DELETE",
    },
}
