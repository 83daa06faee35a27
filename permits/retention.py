"""How long each kind of data is kept, why, and what becomes of it: one table, and what it means."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

COUNSEL = "to be confirmed by counsel"
HABEAS_DATA = "Constitución de la República, Art. 182 (hábeas data); " + COUNSEL
WORK_PERMIT = "Código del Trabajo and Ley de Migración y Extranjería (permit to work); " + COUNSEL
CONSENT = "consent of the worker, text 2026-11 (templates/applications/steps/permiso.html)"
SECURITY = "duty to keep the service safe; " + COUNSEL
PROOF = "duty to give account of official acts; " + COUNSEL


class Then(StrEnum):
    """What becomes of data when its time is over."""

    DELETE = "delete"
    SHRED = "shred"
    """The key is destroyed, what names the person is overwritten; pseudonyms and days stand."""
    ANONYMISE = "anonymise"
    AGGREGATE = "aggregate"
    STAYS = "stays"


@dataclass(frozen=True)
class Period:
    """So many calendar years and days."""

    years: int = 0
    days: int = 0

    def after(self, instant: datetime) -> datetime:
        """The instant when the period that began then is over; 29 February ends on the 28th."""
        try:
            moved = instant.replace(year=instant.year + self.years)
        except ValueError:
            moved = instant.replace(year=instant.year + self.years, day=28)
        return moved + timedelta(days=self.days)

    def before(self, instant: datetime) -> datetime:
        """The latest beginning of a period that is over by then."""
        return Period(-self.years, -self.days).after(instant)


@dataclass(frozen=True)
class Rule:
    """One line of the table. `keep` is None where nothing is ever due; `since` says what counts."""

    entity: str
    tables: tuple[str, ...]
    purpose: str
    basis: str
    keep: Period | None
    since: str
    then: Then


DRAFT_KEPT = Period(days=90)
CLOSED_KEPT = Period(years=2)
PERMIT_KEPT = Period(years=5)
CROSSING_KEPT = Period(years=1)
HANDED_IN_KEPT = Period(days=90)
MESSAGE_KEPT = Period(days=30)
CODE_KEPT = Period(days=1)
RECOVERY_PHONES_KEPT = Period(days=30)
CAPTURES_KEPT = Period(days=180)
ACCOUNT_KEPT = Period(years=5)
REQUEST_KEPT = Period(years=2)
CONSENT_HOLDS = PERMIT_KEPT
"""A consent runs as long as the permit's data is kept at most."""

COUNTED = frozenset(
    {
        *("accounts", "child_alerts", "closed", "consents_over", "crossings"),
        *("drafts", "handed_in", "messages", "past_permits", "permits", "requests"),
    }
)
"""What a run of the retention counts."""

_STEPS = ("sign_in_steps", "enrolments", "challenges")
_FACTORS = ("factors", "paper_codes", "known_browsers")
CASE_TABLES = (
    *("applications", "application_rounds", "case_keys", "documents", "acceptances"),
    *("appointments", "companions", "case_notices", "case_notes", "looks", "read_zones"),
    *("crew_members", "crew_confirmations", "watch_checks"),
    *("info_requests", "info_items"),
)

RULES: tuple[Rule, ...] = (
    Rule(
        "Draft, and a draft that was withdrawn",
        ("applications", "documents", "companions", "crew_members", "workers"),
        "Let the worker go on another day",
        CONSENT,
        DRAFT_KEPT,
        "the last change",
        Then.DELETE,
    ),
    Rule(
        "Refused, lapsed or withdrawn application",
        (
            *CASE_TABLES,
            "recommendations",
            "decisions",
            "appeals",
            "workers",
            "consents",
            "openings",
        ),
        "Give account of the decision; recourse",
        WORK_PERMIT,
        CLOSED_KEPT,
        "the day it was closed",
        Then.SHRED,
    ),
    Rule(
        "Approved application and its permit",
        (
            *CASE_TABLES,
            *(
                "recommendations",
                "decisions",
                "appeals",
                "authorisations",
                "credentials",
                "faces",
                *("stay_notices", "return_surveys"),
            ),
            *("card_batches", "card_prints"),
            *("right_approvals", "suspensions", "revocations", "quota_places"),
            *("employer_changes", "identity_changes"),
            *("workers", "consents"),
        ),
        "Let the permit be verified, renewed and accounted for",
        f"{WORK_PERMIT}; {CONSENT}",
        PERMIT_KEPT,
        "the last day of validity",
        Then.SHRED,
    ),
    Rule(
        "Application under review or returned",
        ("applications",),
        "Decide",
        WORK_PERMIT,
        None,
        "it has no end before it is decided or lapses",
        Then.STAYS,
    ),
    Rule(
        "Past permit of an older register",
        ("past_permits",),
        "Show earlier seasons to who decides, and to the person",
        WORK_PERMIT,
        PERMIT_KEPT,
        "the last day of validity, or the end of its person's last file",
        Then.DELETE,
    ),
    Rule(
        "Crossing",
        ("crossings", "crossing_counts"),
        "Know who has not gone home; look into anomalies",
        WORK_PERMIT,
        CROSSING_KEPT,
        "the crossing",
        Then.AGGREGATE,
    ),
    Rule(
        "Alert for a minor who came without a parent",
        ("child_alerts",),
        "Protect the child; show that somebody was told",
        f"Código de la Niñez y la Adolescencia; {COUNSEL}",
        CROSSING_KEPT,
        "the arrival of the alert",
        Then.DELETE,
    ),
    Rule(
        "Crossing that a device handed in after its end",
        ("handed_in",),
        "Let a supervisor say whether it happened",
        WORK_PERMIT,
        HANDED_IN_KEPT,
        "the handing in; what is recorded meanwhile is a crossing like any other",
        Then.DELETE,
    ),
    Rule(
        "Message with a code to come back by",
        ("messages", "phone_codes"),
        "Bring the code to the phone",
        SECURITY,
        CODE_KEPT,
        "the sending (a code for the phone: ten minutes)",
        Then.DELETE,
    ),
    Rule(
        "Any other message",
        ("messages",),
        "Show the worker what they were told",
        WORK_PERMIT,
        MESSAGE_KEPT,
        "the sending",
        Then.DELETE,
    ),
    Rule(
        "Effect that took place",
        ("outbox",),
        "Never do it twice: its key stays, what it said goes",
        SECURITY,
        Period(),
        "the moment it is done",
        Then.ANONYMISE,
    ),
    Rule(
        "Session, sign-in under way, counter of tries, answer to a repeated request",
        (
            "sessions",
            *_STEPS,
            "federated_sign_ins",
            "device_enrolments",
            "used_challenges",
            "wallet_secrets",
            "throttles",
            "idempotency_keys",
        ),
        "Keep who is signed in, and others out",
        SECURITY,
        Period(days=2),
        "its own end (sessions: at once)",
        Then.DELETE,
    ),
    Rule(
        "Registration that a tablet sent",
        ("captures",),
        "Make it once, however often the tablet sends it",
        SECURITY,
        CAPTURES_KEPT,
        "the sending",
        Then.DELETE,
    ),
    Rule(
        "Recovery of access at an office",
        ("recoveries",),
        "Show who asked and who approved; let the phone of before object",
        SECURITY,
        RECOVERY_PHONES_KEPT,
        "the asking; the phones go, pseudonyms, days and the decision stand",
        Then.ANONYMISE,
    ),
    Rule(
        "Account of an official",
        (
            "accounts",
            "grants",
            "postings",
            "pending_grants",
            "invitations",
            "agent_pins",
            *_FACTORS,
            "api_clients",
            "devices",
            "federated_identities",
            "saved_views",
        ),
        "Let officials act, and tell who acted",
        PROOF,
        ACCOUNT_KEPT,
        "the day it was closed; pseudonym, roles and postings stand",
        Then.ANONYMISE,
    ),
    Rule(
        "The log, with who looked at a file (shown to the person for five years); given numbers",
        (
            "audit_events",
            "audit_leaves",
            "audit_nodes",
            "audit_checkpoints",
            "audit_exports",
            *("erasures", "legal_holds", "restorations", "ended_places"),
            *("worker_numbers", "number_joins"),
        ),
        "Prove what was done",
        f"{PROOF}; {HABEAS_DATA}",
        None,
        "it holds pseudonyms alone; the tables that lead to a person end before it",
        Then.STAYS,
    ),
    Rule(
        "Request of a person about the own data",
        ("data_requests",),
        "Answer it, and show that it was answered",
        HABEAS_DATA,
        REQUEST_KEPT,
        "the answer",
        Then.ANONYMISE,
    ),
    Rule(
        "Employers, vacancies, lists for everybody, counts, jobs of the day",
        (
            *("employers", "employer_bars", "vacancies", "nominations", "crews", "daily_jobs"),
            *("register_imports", "return_counts"),
            *("reception_days", "published_status_lists", "opened_status_lists"),
            *("agencies", "agency_sets", "set_agencies"),
        ),
        "Offer work; let permits be verified",
        "public register and contract; " + COUNSEL,
        None,
        "reviewed once a year by the data-protection officer",
        Then.STAYS,
    ),
)
