"""The words of the table of retention: bases, periods, and what becomes of data afterwards."""

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
LOOKS_BACK = Period(years=5)
REPORT_KEPT = Period(days=90)
SHIELD_KEPT = Period(days=1)
CONSENT_HOLDS = PERMIT_KEPT
"""A consent runs as long as the permit's data is kept at most."""

COUNTED = frozenset(
    {
        *("accounts", "child_alerts", "closed", "consents_over", "crossings"),
        *("drafts", "handed_in", "messages", "offer_reports", "past_permits", "permits"),
        *("registrations", "requests"),
    }
)
"""What a run of the retention counts."""

CASE_TABLES = (
    *("applications", "application_rounds", "case_keys", "documents", "acceptances"),
    *("appointments", "companions", "case_notices", "case_notes", "looks", "read_zones"),
    *("crew_members", "crew_confirmations", "watch_checks", "shown_papers"),
    *("info_requests", "info_items", "cost_entries", "cost_parts", "nothing_paid"),
    "welfare_claims",
    *("contracts", "contract_agreements", "contract_reports", "farm_movements"),
    *("payslips", "payslip_answers", "payslip_findings", "senaf_handovers"),
    *("contract_shortfalls", "age_marks", "pool_asks", "case_judgements"),
    *("roster_entries", "candidacies", "contract_looks"),
    *("orientation_seats", "orientation_tests", "journey_notes", "travel_papers"),
)
"""What goes with an application."""

BESIDE_DRAFTS = (
    *("cost_entries", "cost_parts", "cost_cases", "nothing_paid"),
    *("roster_entries", "candidacies", "case_judgements"),
)
"""What lies beside a draft and goes with it."""

PUBLIC_TABLES = (
    *(
        "employers",
        "employer_bars",
        "vacancies",
        "nominations",
        "crews",
        "daily_jobs",
        "term_calendar",
    ),
    "foreman_links",
    *("register_imports", "return_counts", "employer_ratings", "employer_replies"),
    *("reception_days", "published_status_lists", "opened_status_lists"),
    *("vacancy_terms", "vacancy_judgements", "vacancy_overrides", "vacancy_steps"),
    *(
        "orientation_sessions",
        "vacancy_requirements",
        "vacancy_attestations",
        "clause_tags",
        "judging_runs",
        "wage_runs",
        "share_waivers",
    ),
    *("agencies", "agency_sets", "set_agencies", "dated_changes"),
)
"""What stays because it names no worker: employers, offers of work, lists and counts."""
