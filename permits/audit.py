"""What the log remembers: every act of the permit with the only facts that it may carry."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from permits.people import PersonId, Role
from permits.retention import COUNTED


class Act(StrEnum):
    """subject:verb, stable for ever."""

    ACCEPTANCE_ANSWERED = "acceptance:answer"
    ACCOUNT_ADDED = "account:add"
    ACCOUNT_INVITED = "account:invite"
    ACCOUNT_LOCKED = "account:lock"
    ACCOUNT_UNLOCKED = "account:unlock"
    ACCOUNTS_REVIEWED = "accounts:review"
    API_CLIENT_ADDED = "api-client:add"
    API_CLIENT_DISABLED = "api-client:disable"
    API_CLIENT_ROTATED = "api-client:rotate"
    APPEAL_FILED = "appeal:file"
    APPEAL_JUDGED = "appeal:judge"
    APPLICATION_ANSWERED = "application:answer"
    APPLICATION_BROKEN_INTO = "application:break-glass"
    APPLICATION_DECIDED = "application:decide"
    APPLICATION_ERASED = "application:erase"
    APPLICATION_EXPORTED = "application:export"
    APPLICATION_HELD = "application:hold"
    APPLICATION_LAPSED = "application:lapse"
    APPLICATION_READ = "application:read"
    APPLICATION_RELEASED = "application:release"
    APPLICATION_REOPENED = "application:reopen"
    APPLICATION_SETTLED = "application:settle"
    APPLICATION_STARTED = "application:start"
    APPLICATION_SUBMITTED = "application:submit"
    APPLICATION_WITHDRAWN = "application:withdraw"
    APPLICATIONS_EXPORTED = "applications:export"
    AUTHORISATION_GRANTED = "authorisation:grant"
    AUTHORISATION_REINSTATED = "authorisation:reinstate"
    AUTHORISATION_RESUMED = "authorisation:resume"
    AUTHORISATION_REVOKED = "authorisation:revoke"
    AUTHORISATION_SUSPENDED = "authorisation:suspend"
    BREAK_GLASS_REVIEWED = "break-glass:review"
    CARD_HANDED_OVER = "card:hand-over"
    CARD_LEFT_OUT = "card:leave-out"
    CARDS_DISCARDED = "cards:discard"
    CARDS_DRAWN = "cards:draw"
    CARDS_ORDERED = "cards:order"
    CARDS_PRINTED = "cards:print"
    CREDENTIAL_OFFERED = "credential:offer"
    CREDENTIAL_PREPARED = "credential:prepare"
    CREDENTIAL_READ = "credential:read"
    CREDENTIAL_REPLACED = "credential:replace"
    CREDENTIAL_REVOKED = "credential:revoke"
    CREDENTIAL_SIGNED = "credential:sign"
    CREDENTIAL_TAKEN = "credential:take"
    CREDENTIAL_VERIFIED = "credential:verify"
    CROSSING_RECORDED = "crossing:record"
    CROSSING_REJUDGED = "crossing:rejudge"
    DATA_READ = "data:read"
    DATA_REQUESTED = "data-request:ask"
    DATA_REQUEST_ANSWERED = "data-request:answer"
    DEVICE_ENROLLED = "device:enrol"
    DEVICE_HANDED_IN = "device:hand-in"
    DEVICE_INVITED = "device:invite"
    DEVICE_REFUSED = "device:refuse"
    DEVICE_RENAMED = "device:rename"
    DEVICE_REVOKED = "device:revoke"
    DATABASE_RESTORED = "database:restore"
    DOCUMENT_ATTACHED = "document:attach"
    DOCUMENT_READ = "document:read"
    EMPLOYER_ADDED = "employer:add"
    EMPLOYER_CHANGE_ASKED = "employer-change:ask"
    EMPLOYER_CHANGE_SETTLED = "employer-change:settle"
    HANDED_IN_CONFIRMED = "handed-in:confirm"
    HANDED_IN_DISCARDED = "handed-in:discard"
    HOLD_LIFTED = "hold:lift"
    HOLD_PLACED = "hold:place"
    FACE_SIGNED = "face:sign"
    FACTOR_ADDED = "factor:add"
    FACTOR_REMOVED = "factor:remove"
    FACTOR_RENAMED = "factor:rename"
    IDENTITY_LINKED = "identity:link"
    INVITATION_ACCEPTED = "invitation:accept"
    LOG_READ = "log:read"
    KEY_ACTIVATED = "key:activate"
    KEY_COMPROMISED = "key:compromise"
    KEY_MADE = "key:make"
    KEY_NOTED = "key:note"
    KEY_RETIRED = "key:retire"
    KEY_SETTLED = "key:settle"
    PARTNER_ADDED = "partner:add"
    PARTNER_REMOVED = "partner:remove"
    PARTNER_LIST_TAKEN = "partner-list:take"
    PAPER_CODES_MADE = "factor:make-codes"
    PASSWORD_CHANGED = "password:change"  # noqa: S105
    PROGRAMME_CHANGED = "programme:change"
    PROVED = "person:prove"
    PROVIDER_REFUSED = "provider:refuse"
    CHILD_ALERT_RAISED = "child-alert:raise"
    CODE_ASKED = "person:ask-code"
    COMPANION_ADDED = "companion:add"
    COMPANION_REMOVED = "companion:remove"
    CONSENT_WITHDRAWN = "consent:withdraw"
    PHONE_CHANGED = "person:change-phone"
    PIN_CHOSEN = "pin:choose"
    PIN_GIVEN = "pin:give"
    RECOVERY_APPROVED = "recovery:approve"
    RECOVERY_ASKED = "recovery:ask"
    RECOVERY_BEGUN = "recovery:begin"
    RECOVERY_CODE_SHOWN = "recovery:show-code"
    RECOVERY_OBJECTED = "recovery:object"
    RECOVERY_PROVED = "recovery:prove-phone"
    RECOVERY_REFUSED = "recovery:refuse"
    RECOVERY_SEARCHED = "recovery:search"
    REFUSED = "request:refuse"
    REVOCATION_DROPPED = "revocation:drop"
    REVOCATION_PROPOSED = "revocation:propose"
    RESUME_CODE_RENEWED = "person:renew-code"
    RETENTION_RUN = "retention:run"
    ROLE_ASKED = "role:ask"
    ROLE_ENDED = "role:end"
    ROLE_GRANTED = "role:grant"
    ROLE_REJECTED = "role:reject"
    ROOT_EXPORTED = "root:export"
    ROOT_IMPORTED = "root:import"
    SESSION_ENDED = "session:end"
    SIGNED_IN = "person:sign-in"
    SIGNED_OUT = "person:sign-out"
    SIGN_IN_BEGUN = "person:begin-sign-in"
    SIGN_IN_REFUSED = "person:sign-in-refuse"
    STATUS_LIST_OPENED = "status-list:open"
    PLACE_ENDED = "status-list:end-place"
    STATUS_LIST_PUBLISHED = "status-list:publish"
    STAY_TOLD = "stay:tell"
    TRUST_LIST_DRAFTED = "trust-list:draft"
    TRUST_LIST_SERVED = "trust-list:serve"
    TOKEN_CREATED = "token:create"  # noqa: S105
    VACANCY_ADDED = "vacancy:add"
    WORKERS_NAMED = "vacancy:name"
    NAME_TAKEN_BACK = "vacancy:take-name-back"


FACTS: Mapping[Act, frozenset[str]] = {
    Act.ACCEPTANCE_ANSWERED: frozenset({"answer", "vacancy"}),
    Act.ACCOUNT_ADDED: frozenset({"role"}),
    Act.ACCOUNT_INVITED: frozenset({"purpose"}),
    Act.ACCOUNT_LOCKED: frozenset({"reason"}),
    Act.ACCOUNT_UNLOCKED: frozenset(),
    Act.ACCOUNTS_REVIEWED: frozenset({"long-unused", "no-second-factor", "roles-conflict"}),
    Act.API_CLIENT_ADDED: frozenset({"client", "role", "scope"}),
    Act.API_CLIENT_DISABLED: frozenset({"client"}),
    Act.API_CLIENT_ROTATED: frozenset({"client"}),
    Act.APPEAL_FILED: frozenset({"agency", "stage", "round"}),
    Act.APPEAL_JUDGED: frozenset({"stage", "ruling", "round"}),
    Act.APPLICATION_ANSWERED: frozenset({"fields", "version"}),
    Act.APPLICATION_BROKEN_INTO: frozenset({"opening", "purpose"}),
    Act.APPLICATION_DECIDED: frozenset(
        {"agency", "opinion", "grounds", "round", "digest", "places"}
    ),
    Act.APPLICATION_ERASED: frozenset({"cause"}),
    Act.APPLICATION_EXPORTED: frozenset({"export"}),
    Act.APPLICATION_HELD: frozenset({"taken_from"}),
    Act.APPLICATION_LAPSED: frozenset({"round"}),
    Act.APPLICATION_READ: frozenset({"purpose"}),
    Act.APPLICATION_RELEASED: frozenset(),
    Act.APPLICATION_REOPENED: frozenset({"round"}),
    Act.APPLICATION_SETTLED: frozenset({"status", "round"}),
    Act.APPLICATION_STARTED: frozenset({"programme"}),
    Act.APPLICATION_SUBMITTED: frozenset({"round", "digest", "receipt"}),
    Act.APPLICATION_WITHDRAWN: frozenset({"round"}),
    Act.APPLICATIONS_EXPORTED: frozenset({"cases"}),
    Act.AUTHORISATION_GRANTED: frozenset({"application", "round", "digest"}),
    Act.AUTHORISATION_REINSTATED: frozenset({"agency"}),
    Act.AUTHORISATION_RESUMED: frozenset({"agency"}),
    Act.AUTHORISATION_REVOKED: frozenset({"agency", "grounds", "proposed_by"}),
    Act.AUTHORISATION_SUSPENDED: frozenset({"agency", "reason", "origin", "until"}),
    Act.BREAK_GLASS_REVIEWED: frozenset({"application", "justified"}),
    Act.CARD_HANDED_OVER: frozenset({"number"}),
    Act.CARD_LEFT_OUT: frozenset({"number"}),
    Act.CARDS_DISCARDED: frozenset({"cards"}),
    Act.CARDS_DRAWN: frozenset({"cards"}),
    Act.CARDS_ORDERED: frozenset({"cards", "programme"}),
    Act.CARDS_PRINTED: frozenset({"cards"}),
    Act.CREDENTIAL_OFFERED: frozenset({"number"}),
    Act.CREDENTIAL_PREPARED: frozenset({"number", "authorisation", "kid"}),
    Act.CREDENTIAL_READ: frozenset({"form"}),
    Act.CREDENTIAL_REPLACED: frozenset({"number", "reason", "replacement"}),
    Act.CREDENTIAL_REVOKED: frozenset({"number", "reason"}),
    Act.CREDENTIAL_SIGNED: frozenset({"number", "kid"}),
    Act.CREDENTIAL_TAKEN: frozenset({"number"}),
    Act.CREDENTIAL_VERIFIED: frozenset({"verdict", "reason"}),
    Act.CROSSING_RECORDED: frozenset({"direction", "minors", "post", "verdict", "offline"}),
    Act.CROSSING_REJUDGED: frozenset({"anomalies"}),
    Act.DATA_READ: frozenset({"form"}),
    Act.DATA_REQUESTED: frozenset({"application", "kind"}),
    Act.DATA_REQUEST_ANSWERED: frozenset({"kind", "status"}),
    Act.DEVICE_ENROLLED: frozenset({"post"}),
    Act.DEVICE_HANDED_IN: frozenset({"crossings"}),
    Act.DEVICE_INVITED: frozenset({"post"}),
    Act.DEVICE_REFUSED: frozenset({"reason"}),
    Act.DEVICE_RENAMED: frozenset(),
    Act.DEVICE_REVOKED: frozenset({"post"}),
    Act.DATABASE_RESTORED: frozenset({"list", "backup_at"}),
    Act.DOCUMENT_ATTACHED: frozenset({"kind", "sha256", "application"}),
    Act.DOCUMENT_READ: frozenset({"kind", "application"}),
    Act.EMPLOYER_ADDED: frozenset(),
    Act.EMPLOYER_CHANGE_ASKED: frozenset({"vacancy"}),
    Act.EMPLOYER_CHANGE_SETTLED: frozenset({"digest", "outcome"}),
    Act.HANDED_IN_CONFIRMED: frozenset({"post"}),
    Act.HANDED_IN_DISCARDED: frozenset({"post"}),
    Act.HOLD_LIFTED: frozenset(),
    Act.HOLD_PLACED: frozenset({"reason"}),
    Act.FACE_SIGNED: frozenset({"number", "kid"}),
    Act.FACTOR_ADDED: frozenset({"kind"}),
    Act.FACTOR_REMOVED: frozenset({"kind"}),
    Act.FACTOR_RENAMED: frozenset({"kind"}),
    Act.IDENTITY_LINKED: frozenset({"provider"}),
    Act.INVITATION_ACCEPTED: frozenset({"purpose"}),
    Act.LOG_READ: frozenset({"by", "events"}),
    Act.KEY_ACTIVATED: frozenset({"kid", "use", "state"}),
    Act.KEY_COMPROMISED: frozenset({"kid", "use", "state", "cutoff"}),
    Act.KEY_MADE: frozenset({"kid", "use", "state"}),
    Act.KEY_NOTED: frozenset({"kid", "use", "state"}),
    Act.KEY_RETIRED: frozenset({"kid", "use", "state"}),
    Act.KEY_SETTLED: frozenset({"kid", "ends"}),
    Act.PARTNER_ADDED: frozenset({"issuer", "keys"}),
    Act.PARTNER_REMOVED: frozenset({"issuer"}),
    Act.PARTNER_LIST_TAKEN: frozenset({"uri", "issued_at"}),
    Act.PAPER_CODES_MADE: frozenset(),
    Act.PASSWORD_CHANGED: frozenset(),
    Act.PROGRAMME_CHANGED: frozenset({"programme", "sha256", "changes"}),
    Act.PROVED: frozenset({"way"}),
    Act.PROVIDER_REFUSED: frozenset({"reason"}),
    Act.CHILD_ALERT_RAISED: frozenset({"direction", "minors", "post"}),
    Act.CODE_ASKED: frozenset({"purpose"}),
    Act.COMPANION_ADDED: frozenset({"relation"}),
    Act.COMPANION_REMOVED: frozenset(),
    Act.CONSENT_WITHDRAWN: frozenset({"application"}),
    Act.PHONE_CHANGED: frozenset(),
    Act.PIN_CHOSEN: frozenset(),
    Act.PIN_GIVEN: frozenset(),
    Act.RECOVERY_APPROVED: frozenset(),
    Act.RECOVERY_ASKED: frozenset({"compared"}),
    Act.RECOVERY_BEGUN: frozenset({"document"}),
    Act.RECOVERY_CODE_SHOWN: frozenset(),
    Act.RECOVERY_OBJECTED: frozenset(),
    Act.RECOVERY_PROVED: frozenset(),
    Act.RECOVERY_REFUSED: frozenset({"reason"}),
    Act.RECOVERY_SEARCHED: frozenset({"found"}),
    Act.REFUSED: frozenset({"code", "operation"}),
    Act.RESUME_CODE_RENEWED: frozenset(),
    Act.REVOCATION_DROPPED: frozenset({"agency", "outcome"}),
    Act.REVOCATION_PROPOSED: frozenset({"agency", "grounds", "heard", "origin"}),
    Act.RETENTION_RUN: COUNTED,
    Act.ROLE_ASKED: frozenset({"role"}),
    Act.ROLE_ENDED: frozenset({"role"}),
    Act.ROLE_GRANTED: frozenset({"role", "asked_by"}),
    Act.ROLE_REJECTED: frozenset({"role"}),
    Act.ROOT_EXPORTED: frozenset({"kid", "moved"}),
    Act.ROOT_IMPORTED: frozenset({"kid", "use", "state"}),
    Act.SESSION_ENDED: frozenset(),
    Act.SIGNED_IN: frozenset({"way"}),
    Act.SIGNED_OUT: frozenset(),
    Act.SIGN_IN_BEGUN: frozenset({"way"}),
    Act.SIGN_IN_REFUSED: frozenset({"way"}),
    Act.STATUS_LIST_OPENED: frozenset({"list"}),
    Act.PLACE_ENDED: frozenset({"list", "index"}),
    Act.STATUS_LIST_PUBLISHED: frozenset({"list", "version"}),
    Act.STAY_TOLD: frozenset({"notice"}),
    Act.TRUST_LIST_DRAFTED: frozenset({"version", "keys", "expires"}),
    Act.TRUST_LIST_SERVED: frozenset({"version", "keys", "expires"}),
    Act.TOKEN_CREATED: frozenset({"client", "scope"}),
    Act.VACANCY_ADDED: frozenset({"programme"}),
    Act.WORKERS_NAMED: frozenset({"count"}),
    Act.NAME_TAKEN_BACK: frozenset(),
}

Fact = str | int | bool | list[str] | None


@dataclass(frozen=True)
class AuditEvent:
    """One act by one person at one instant; no names, no document numbers, no free text.

    ValueError where `facts` names something that the catalogue does not list for the act.
    """

    act: Act
    subject: UUID
    person: PersonId
    role: Role
    at: datetime
    request: str = ""
    facts: Mapping[str, Fact] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse facts outside the catalogue."""
        unknown = set(self.facts) - FACTS[self.act]
        if unknown:
            raise ValueError(f"{self.act} may not carry {sorted(unknown)}")
