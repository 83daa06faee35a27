"""The class of every column: here, or in the column's own `info={"class": ...}`."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Column

from app.storage.migrations import known_tables
from permits.data_classes import DataClass

PUBLIC, OPERATIONAL = DataClass.PUBLIC, DataClass.OPERATIONAL
PSEUDONYMOUS, PERSONAL = DataClass.PSEUDONYMOUS, DataClass.PERSONAL
SENSITIVE, SECRET = DataClass.SENSITIVE, DataClass.SECRET

CLASSES: Mapping[str, Mapping[DataClass, str]] = {
    "acceptances": {
        PSEUDONYMOUS: "application",
        SECRET: "token_hash",
        PERSONAL: "worker_name accepted answered_at",
        OPERATIONAL: "vacancy asked_at expires_at",
    },
    "accounts": {
        PSEUDONYMOUS: "person",
        PERSONAL: "email phone name lock_reason signed_in_on",
        SECRET: "password_hash identity_index",
        OPERATIONAL: "disabled_at opened_on created_at",
    },
    "agent_pins": {
        PSEUDONYMOUS: "person",
        SECRET: "pin_hash",
        OPERATIONAL: "one_time wrong expires_at",
    },
    "api_clients": {
        OPERATIONAL: (
            "client role name post department employer country permissions previous_until used_on"
            " disabled_at created_at"
        ),
        PSEUDONYMOUS: "person",
        SECRET: "secret_hash previous_secret_hash",
    },
    "application_rounds": {
        PSEUDONYMOUS: "application worker digest",
        SENSITIVE: "content",
        OPERATIONAL: "round",
        PERSONAL: "submitted_at",
    },
    "applications": {
        PSEUDONYMOUS: "id worker digest document_index held_by renews assisted_by",
        PERSONAL: (
            "answers worker_name search_text search_keys status receipt vacancy employer_name"
            " submitted_at due_at created_at updated_at programme held_by_name lapsed_at"
            " reinstated_at worker_number"
        ),
        SENSITIVE: "document_sealed",
        OPERATIONAL: "round version held_since erased_at",
    },
    "appeals": {
        PSEUDONYMOUS: "id application worker digest refused_by decided_by",
        PERSONAL: "agency stage filed_at ruling decided_at",
        SENSITIVE: "words answer",
        OPERATIONAL: "round opinion",
    },
    "audit_checkpoints": {PUBLIC: "size note sealed_at", OPERATIONAL: "sealed_below"},
    "audit_events": {
        PSEUDONYMOUS: "subject person facts",
        OPERATIONAL: "id act role at request xid",
    },
    "audit_exports": {PUBLIC: "place size exported_at", OPERATIONAL: "answer"},
    "audit_leaves": {PSEUDONYMOUS: "hash", OPERATIONAL: "leaf event"},
    "audit_nodes": {PSEUDONYMOUS: "hash", OPERATIONAL: "level node"},
    "authorisations": {
        PSEUDONYMOUS: ("id application worker digest suspension revocation"),
        PERSONAL: "valid_from valid_until granted_at programme status suspended_until",
        OPERATIONAL: ("round application_status version suspension_ending revocation_outcome"),
    },
    "case_keys": {PSEUDONYMOUS: "application", SECRET: "sealed", OPERATIONAL: "made_at"},
    "challenges": {SECRET: "hash", PSEUDONYMOUS: "subject", OPERATIONAL: "purpose expires_at"},
    "captures": {
        PSEUDONYMOUS: "id facilitator application fingerprint",
        OPERATIONAL: "received_at",
    },
    "card_batches": {
        OPERATIONAL: (
            "id programme language agency department ordered_at total drawn state ready_at"
            " settled_at"
        ),
        PSEUDONYMOUS: "ordered_by settled_by",
    },
    "card_prints": {
        PSEUDONYMOUS: "credential handed_over_by",
        PERSONAL: "printed_at handed_over_at",
        OPERATIONAL: "batch position",
    },
    "child_alerts": {
        PSEUDONYMOUS: "id agent device",
        PERSONAL: "number post direction device_time minors",
        OPERATIONAL: "received_at",
    },
    "companions": {
        PSEUDONYMOUS: "id application worker",
        PERSONAL: "relation full_name date_of_birth added_at",
        SENSITIVE: "document",
    },
    "consents": {
        PSEUDONYMOUS: "id worker application witness",
        PERSONAL: "purpose text_version given_at expires_at withdrawn_at way",
    },
    "credentials": {
        PSEUDONYMOUS: "id authorisation replaces",
        SENSITIVE: "to_be_signed payload text",
        PERSONAL: (
            "number state valid_from expires issued_at revoked_at revocation_reason replacement"
            " replacement_reason"
        ),
        PUBLIC: "kid status_list status_index",
        OPERATIONAL: "version prepared_at erased_at right_status",
    },
    "faces": {
        PSEUDONYMOUS: "credential",
        SENSITIVE: "text",
        PERSONAL: "signed_at",
        PUBLIC: "kid",
    },
    "crossing_counts": {PUBLIC: "month post direction verdict offline crossings"},
    "crossings": {
        PSEUDONYMOUS: "id agent device",
        PERSONAL: "number direction post device_time verdict reason minors",
        OPERATIONAL: "received_at offline list_issued_at anomalies",
    },
    "data_requests": {
        PSEUDONYMOUS: "id worker application answered_by",
        PERSONAL: "kind status asked_at answered_at",
        SENSITIVE: "words answer",
    },
    "daily_jobs": {OPERATIONAL: "name day"},
    "decisions": {
        PSEUDONYMOUS: "application worker digest official",
        PERSONAL: "agency opinion grounds note decided_at",
        OPERATIONAL: "round signing_key signature",
    },
    "device_enrolments": {
        SECRET: "code_hash",
        PSEUDONYMOUS: "made_by",
        OPERATIONAL: "post name expires_at",
    },
    "devices": {
        PSEUDONYMOUS: "id enrolled_by revoked_by",
        OPERATIONAL: "post name enrolled_at revoked_at seen_on",
        PUBLIC: "public_key",
    },
    "documents": {
        PSEUDONYMOUS: "id application sha256",
        SENSITIVE: "object_key",
        PERSONAL: "kind media_type size_bytes attached_at replaced_at paper",
    },
    "employer_changes": {
        PSEUDONYMOUS: "id authorisation worker digest official",
        PERSONAL: "vacancy offer asked_at outcome decided_at note",
        OPERATIONAL: "agency",
    },
    "employers": {
        PUBLIC: "id name name_key size department municipality",
        PERSONAL: "tax_number phone email",
        OPERATIONAL: "created_at",
    },
    "enrolments": {PSEUDONYMOUS: "id", SECRET: "secret_sealed", OPERATIONAL: "expires_at"},
    "erasures": {PSEUDONYMOUS: "case_id worker", OPERATIONAL: "cause erased_at"},
    "factors": {
        PSEUDONYMOUS: "id person",
        SECRET: "secret_sealed credential public_key",
        PERSONAL: "name used_at",
        OPERATIONAL: "kind last_step sign_count added_at",
    },
    "grants": {
        PSEUDONYMOUS: "id person asked_by granted_by ended_by",
        OPERATIONAL: "role post department employer country granted_at ended_at",
    },
    "handed_in": {
        PSEUDONYMOUS: "id device",
        PERSONAL: "crossing",
        OPERATIONAL: "received_at",
    },
    "idempotency_keys": {
        PSEUDONYMOUS: "person fingerprint",
        SENSITIVE: "body",
        OPERATIONAL: "key status etag created_at",
    },
    "invitations": {
        PSEUDONYMOUS: "person invited_by",
        SECRET: "token_hash",
        OPERATIONAL: "purpose invited_at expires_at",
    },
    "known_browsers": {SECRET: "token_hash", PSEUDONYMOUS: "person", OPERATIONAL: "seen_at"},
    "legal_holds": {
        PSEUDONYMOUS: "application placed_by lifted_by",
        OPERATIONAL: "id reason placed_at lifted_at",
    },
    "messages": {
        SENSITIVE: "body",
        PERSONAL: "recipient key kind subject sent_at provider_id",
        OPERATIONAL: "id language channel delivered_at undelivered_at",
    },
    "nominations": {PUBLIC: "vacancy", PSEUDONYMOUS: "document_hash"},
    "openings": {
        PSEUDONYMOUS: "id person application reviewed_by",
        SENSITIVE: "reason note",
        OPERATIONAL: "role opened_at ends_at reviewed_at justified",
    },
    "outbox": {
        SENSITIVE: "payload",
        PSEUDONYMOUS: "key",
        OPERATIONAL: "id kind due_at attempts done_at failed_at error",
    },
    "paper_codes": {
        PSEUDONYMOUS: "person",
        SECRET: "code_hash",
        OPERATIONAL: "place made_at used_at",
    },
    "pending_grants": {
        PSEUDONYMOUS: "id person asked_by",
        OPERATIONAL: "role post department employer country asked_at",
    },
    "phone_codes": {
        PERSONAL: "phone",
        SECRET: "holder code_hash",
        OPERATIONAL: "purpose tries proved_at expires_at",
    },
    "postings": {PSEUDONYMOUS: "person", OPERATIONAL: "agency since"},
    "quota_places": {
        PSEUDONYMOUS: "application digest labour_official",
        OPERATIONAL: (
            "programme season scope thing place total application_status round labour_agency"
            " labour_opinion taken_at"
        ),
    },
    "opened_status_lists": {PUBLIC: "list opened_at used_from"},
    "published_status_lists": {PUBLIC: "list version cwt jwt issued_at expires"},
    "ended_places": {PUBLIC: "status_list status_index status until"},
    "restorations": {OPERATIONAL: "list restored_at backup_at manifest"},
    "revocations": {
        PSEUDONYMOUS: "id authorisation worker proposed_by decided_by follows",
        PERSONAL: "agency grounds origin heard note proposed_at outcome decided_at",
        SENSITIVE: "hearing",
    },
    "sessions": {
        SECRET: "token_hash",
        PSEUDONYMOUS: "id person device",
        PERSONAL: "browser created_at seen_at",
        OPERATIONAL: "role way proven_at expires_at",
    },
    "recoveries": {
        PSEUDONYMOUS: "id worker application asked_by decided_by",
        PERSONAL: "old_phone new_phone",
        SECRET: "objection_hash",
        OPERATIONAL: ("document_kind compared asked_at status decided_at refusal code_shown_at"),
    },
    "sign_in_steps": {
        SECRET: "token_hash",
        PSEUDONYMOUS: "id person",
        PERSONAL: "browser",
        OPERATIONAL: "stage way tries expires_at",
    },
    "wallet_secrets": {
        SECRET: "hash",
        PSEUDONYMOUS: "credential holder_key",
        OPERATIONAL: "kind expires_at",
    },
    "used_challenges": {SECRET: "challenge_hash", OPERATIONAL: "expires_at"},
    "stay_notices": {PSEUDONYMOUS: "authorisation", OPERATIONAL: "notice told_on"},
    "suspensions": {
        PSEUDONYMOUS: "id authorisation worker official ended_by follows",
        PERSONAL: "agency reason origin note since until suspended_at ending ended_at",
    },
    "throttles": {PSEUDONYMOUS: "bucket", OPERATIONAL: "window_start tries"},
    "vacancies": {
        PUBLIC: (
            "id employer programme status hiring title occupation department municipality"
            " starts_on ends_on places wage currency unit unit_kg hours_per_day days_per_week"
            " housing transport food tops_up version"
        ),
        OPERATIONAL: "created_at held_at blocked_since asked_at",
        PSEUDONYMOUS: "asked_by",
    },
    "workers": {
        PSEUDONYMOUS: "person",
        PERSONAL: "phone language whatsapp created_at",
        SECRET: "resume_hash resume_index",
    },
}


def class_of(column: Column[object]) -> DataClass | None:
    """The class of a column; None where nobody said it, which a test of the house refuses."""
    own = column.info.get("class")
    if own is not None:
        return DataClass(own)
    listed = CLASSES.get(column.table.name, {})
    found = [kind for kind, names in listed.items() if column.name in names.split()]
    return found[0] if len(found) == 1 else None


def list_columns() -> Iterator[tuple[str, str, DataClass | None]]:
    """Table, column and class of everything that is stored, by table."""
    for table in known_tables().sorted_tables:
        for column in table.columns:
            yield table.name, column.name, class_of(column)
