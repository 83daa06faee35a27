"""Who may do what with the tables of the machine itself, as rows of the table of grants."""

from collections.abc import Mapping

from app.storage.database_roles import ADD, APP, AUDITOR, LOG, READ, WORKER, DatabaseRole

MACHINE: Mapping[str, Mapping[DatabaseRole, str]] = {
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
    "alembic_version": {APP: READ, WORKER: READ, AUDITOR: READ},
    "api_clients": {
        APP: "SELECT, INSERT, UPDATE (secret_hash, previous_secret_hash, previous_until,"
        " disabled_at, used_on)",
        WORKER: READ,
    },
    "audit_checkpoints": {APP: READ, WORKER: ADD, AUDITOR: READ},
    # The log is written and read; nobody changes it, or says which transaction wrote an event.
    "audit_events": {APP: LOG, WORKER: LOG, AUDITOR: READ},
    "audit_exports": {APP: READ, WORKER: ADD, AUDITOR: READ},
    "audit_leaves": {APP: READ, WORKER: ADD, AUDITOR: READ},
    "audit_nodes": {APP: READ, WORKER: ADD, AUDITOR: READ},
    "challenges": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    "device_enrolments": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    "devices": {
        APP: "SELECT, INSERT, UPDATE (name, revoked_at, revoked_by, seen_on)",
        WORKER: READ,
    },
    "daily_jobs": {APP: READ, WORKER: "SELECT, INSERT, UPDATE (day)"},
    "erasures": {APP: READ, WORKER: ADD},
    "enrolments": {
        APP: "SELECT, INSERT, UPDATE (secret_sealed, expires_at), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "factors": {
        APP: "SELECT, INSERT, UPDATE (name, last_step, used_at, sign_count), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "federated_identities": {APP: ADD, WORKER: READ},
    "federated_sign_ins": {APP: "SELECT, INSERT, DELETE", WORKER: "SELECT, DELETE"},
    "grants": {APP: "SELECT, INSERT, UPDATE (ended_at, ended_by)", WORKER: READ},
    "idempotency_keys": {
        APP: "SELECT, INSERT, UPDATE (status, body, etag)",
        WORKER: "SELECT, DELETE",
    },
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
    # What a channel reports comes to the site.
    "messages": {
        APP: "SELECT, UPDATE (delivered_at, undelivered_at)",
        WORKER: "SELECT, INSERT, DELETE",
    },
    "opened_status_lists": {APP: ADD, WORKER: ADD},
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
    "recoveries": {
        APP: "SELECT, INSERT, UPDATE (worker, application, document_kind, compared, asked_by,"
        " asked_at, status, old_phone, new_phone, decided_by, decided_at, refusal, code_shown_at,"
        " objection_hash)",
        WORKER: "SELECT, UPDATE (old_phone, new_phone), DELETE",
    },
    # Written by who restores, as the owner.
    "ended_places": {APP: READ, WORKER: READ},
    "restorations": {APP: READ, WORKER: READ},
    "sessions": {
        APP: "SELECT, INSERT, UPDATE (seen_at, token_hash, proven_at), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "sign_in_steps": {
        APP: "SELECT, INSERT, UPDATE (stage, way, tries), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "looks": {APP: "SELECT, INSERT, UPDATE (version)", WORKER: "SELECT, DELETE"},
    # A proposal stands as it was made; one word settles it.
    "dated_changes": {APP: "SELECT, INSERT, UPDATE (state, decided_by, decided_at)", WORKER: READ},
    "saved_views": {
        APP: "SELECT, INSERT, UPDATE (official, agency, name, words, shared, saved_at), DELETE",
        WORKER: "SELECT, DELETE",
    },
    "throttles": {
        APP: "SELECT, INSERT, UPDATE (tries)",
        # The worker counts what it sends: SMS of the whole service.
        WORKER: "SELECT, INSERT, UPDATE (tries), DELETE",
    },
    "used_challenges": {APP: ADD, WORKER: "SELECT, DELETE"},
    # A token is bound to the first key that is shown with it.
    "wallet_secrets": {
        APP: "SELECT, INSERT, UPDATE (holder_key), DELETE",
        WORKER: "SELECT, DELETE",
    },
}
