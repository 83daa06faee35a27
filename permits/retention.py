"""How long each kind of data is kept, why, and what becomes of it: one table, and what it means."""

from permits.retention_terms import ACCOUNT_KEPT as ACCOUNT_KEPT
from permits.retention_terms import CAPTURES_KEPT as CAPTURES_KEPT
from permits.retention_terms import CASE_TABLES as CASE_TABLES
from permits.retention_terms import CLOSED_KEPT as CLOSED_KEPT
from permits.retention_terms import CODE_KEPT as CODE_KEPT
from permits.retention_terms import CONSENT as CONSENT
from permits.retention_terms import CONSENT_HOLDS as CONSENT_HOLDS
from permits.retention_terms import COUNSEL as COUNSEL
from permits.retention_terms import COUNTED as COUNTED
from permits.retention_terms import CROSSING_KEPT as CROSSING_KEPT
from permits.retention_terms import DRAFT_KEPT as DRAFT_KEPT
from permits.retention_terms import HABEAS_DATA as HABEAS_DATA
from permits.retention_terms import HANDED_IN_KEPT as HANDED_IN_KEPT
from permits.retention_terms import MESSAGE_KEPT as MESSAGE_KEPT
from permits.retention_terms import PERMIT_KEPT as PERMIT_KEPT
from permits.retention_terms import PROOF as PROOF
from permits.retention_terms import RECOVERY_PHONES_KEPT as RECOVERY_PHONES_KEPT
from permits.retention_terms import REPORT_KEPT as REPORT_KEPT
from permits.retention_terms import REQUEST_KEPT as REQUEST_KEPT
from permits.retention_terms import SECURITY as SECURITY
from permits.retention_terms import WORK_PERMIT as WORK_PERMIT
from permits.retention_terms import Period as Period
from permits.retention_terms import Rule as Rule
from permits.retention_terms import Then as Then

_STEPS = ("sign_in_steps", "enrolments", "challenges")
_FACTORS = ("factors", "paper_codes", "known_browsers")
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
            *("right_approvals", "suspensions", "revocations", "quota_places", "employer_changes"),
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
        "The log, with who looked at a file (shown to the person for five years)",
        (
            "audit_events",
            "audit_leaves",
            "audit_nodes",
            "audit_checkpoints",
            "audit_exports",
            *("erasures", "legal_holds", "restorations", "ended_places"),
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
        "Draft of an employer's registration",
        ("employer_registrations", "farms"),
        "Let the employer go on another day",
        "request of the employer; " + COUNSEL,
        DRAFT_KEPT,
        "its beginning",
        Then.DELETE,
    ),
    Rule(
        "Registration of an employer, with farms, answers of registries, assessments",
        (
            *("employer_registrations", "farms", "registry_answers", "assessments"),
            *("mandates", "measures"),
        ),
        "Verify who hires, and tell workers how they stand",
        "public register and contract; " + COUNSEL,
        None,
        "reviewed once a year by the data-protection officer",
        Then.STAYS,
    ),
    Rule(
        "List of another registry",
        ("registry_entries",),
        "Verify employers and recruiters; warn the public of who is not registered",
        "public register (Acuerdo STSS-141-2015; Acuerdo Gubernativo 50-2022); " + COUNSEL,
        None,
        "the next list takes its place; how each came stays",
        Then.STAYS,
    ),
    Rule(
        "Warning about an offer that turned out to be none",
        ("offer_reports",),
        "Let an official look; tell the public of confirmed ones",
        "protection of workers against fraud; " + COUNSEL,
        REPORT_KEPT,
        "the day on which an official dismissed it",
        Then.DELETE,
    ),
    Rule(
        "Confirmed warning about an offer, and how lists of registries came",
        ("offer_reports", "registry_imports"),
        "Tell the public; show where an answer comes from",
        "protection of workers against fraud; " + COUNSEL,
        None,
        "reviewed once a year by the data-protection officer",
        Then.STAYS,
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
