"""Every code of the law has words, in every language, and every place in them is filled."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from app.services.complaint_notes import NoteKind
from app.services.cost_figures import GroupKind
from app.web import forms, wording
from app.web.i18n import OFFERED, locale_for
from permits import (
    eligibility,
    identity_documents,
    mrz,
    recoveries,
    retaliation,
    revocations,
    scans,
    submissions,
    suspensions,
    wages,
)
from permits.accounts import AccountState, LockReason
from permits.applications import Status
from permits.approvals import Ground, Opinion
from permits.audit import Act
from permits.authorisations import AuthorisationStatus
from permits.companions import Relation
from permits.consents import ConsentWay
from permits.crossings import Anomaly, Direction
from permits.deadlines import ClockState
from permits.findings import Severity
from permits.issuing import CredentialState, RevocationReason
from permits.next_actions import NextAction
from permits.people import Agency, Permission, Role
from permits.programme_rules import PaperKind, PathwayStep, RuleCode
from permits.programmes import Hiring
from permits.quotas import Scope
from recruitment import attestations, costs, improvements
from recruitment.assessments import AssessmentStatus, Criterion
from recruitment.complaints import handling, moves, referrals, remedies
from recruitment.complaints import words as complaint_words
from recruitment.complaints.clocks import ClockKind
from recruitment.employer_papers import About
from recruitment.ethics.catalogue import CATALOGUE, Overrider
from recruitment.ethics.rules import UNKNOWN, Effect, RuleId
from recruitment.ethics.words import (
    Contact,
    ContractTerm,
    CostCode,
    Indicator,
    Lender,
    Payer,
    Requirement,
    ReturnTransport,
    Shift,
    Subject,
)
from recruitment.labour_market import FINDING_CODES, StepKind
from recruitment.recruiters import LicenceState
from recruitment.registrations import EmployerKind, Evidence, RegistrationStatus
from recruitment.registries import Registry
from recruitment.registries import Verdict as RegistryVerdict
from recruitment.scam_checks import ReportKind, ScamVerdict
from recruitment.standings import Standing
from recruitment.terms import Grievance, Insurance, PayDay, RestDay
from recruitment.vacancies import VacancyAction, VacancyStatus
from recruitment.vacancy_checks import Lacking

ROOT = Path(__file__).parents[2]

ENUMS: dict[str, type[StrEnum]] = {
    "account-state": AccountState,
    "act": Act,
    "action": NextAction,
    "agency": Agency,
    "cost-asker": costs.Asker,
    "cost-code": CostCode,
    "cost-debtor": costs.Debtor,
    "cost-group": GroupKind,
    "cost-lender": Lender,
    "cost-way": costs.Way,
    "cost-payer": Payer,
    "cost-phase": costs.Phase,
    "inspection-reason": costs.InspectionReason,
    "cost-status": costs.ClaimStatus,
    "anomaly": Anomaly,
    "compared": recoveries.Compared,
    "recovery-refusal": recoveries.RecoveryRefusal,
    "authorisation": AuthorisationStatus,
    "consent-way": ConsentWay,
    "credential": CredentialState,
    "direction": Direction,
    "document": submissions.DocumentKind,
    "ethics-asks": RuleId,
    "ethics-effect": Effect,
    "ethics-overrider": Overrider,
    "ethics-stops": Subject,
    "ethics-subject": Subject,
    "ethics-title": RuleId,
    "ethics-why": RuleId,
    "ground": Ground,
    "ending": suspensions.Ending,
    "hearing": revocations.Hearing,
    "hiring": Hiring,
    "identity": identity_documents.IdentityKind,
    "lock-reason": LockReason,
    "opinion": Opinion,
    "origin": retaliation.Origin,
    "permit-wish": retaliation.Wish,
    "codecision": retaliation.CodecisionState,
    "complaint-category": complaint_words.Category,
    "complaint-sign": complaint_words.DangerSign,
    "complaint-severity": complaint_words.Severity,
    "complaint-status": complaint_words.Status,
    "complaint-flag": complaint_words.Flag,
    "complaint-filing": complaint_words.Filing,
    "complaint-request": complaint_words.Request,
    "complaint-outcome": complaint_words.Outcome,
    "clock-state": ClockState,
    "coercion-check": handling.CoercionCheck,
    "note-kind": NoteKind,
    "referral-target": complaint_words.ReferralTarget,
    "referral-state": referrals.ReferralState,
    "referral-answer": referrals.ReferralAction,
    "remedy-kind": complaint_words.RemedyKind,
    "remedy-state": remedies.RemedyState,
    "remedy-action": remedies.RemedyAction,
    "remedy-verifier": remedies.Verifier,
    "indicator": Indicator,
    "paper": PaperKind,
    "point-status": improvements.PointStatus,
    "point-check": improvements.CheckedBy,
    "permission": Permission,
    "programme-rule": RuleCode,
    "quota": Scope,
    "reason": scans.Reason,
    "step": PathwayStep,
    "revocation": RevocationReason,
    "revocation-ground": revocations.RevocationGround,
    "revocation-outcome": revocations.Outcome,
    "relation": Relation,
    "employer-kind": EmployerKind,
    "employer-size": wages.EmployerSize,
    "paper-about": About,
    "registration-status": RegistrationStatus,
    "registration-evidence": Evidence,
    "registry": Registry,
    "registry-verdict": RegistryVerdict,
    "criterion": Criterion,
    "assessment-status": AssessmentStatus,
    "licence-state": LicenceState,
    "standing": Standing,
    "scam-verdict": ScamVerdict,
    "scam-meaning": ScamVerdict,
    "report-kind": ReportKind,
    "role": Role,
    "severity": Severity,
    "sex": submissions.Sex,
    "status": Status,
    "suspension": suspensions.SuspensionReason,
    "case-status": Status,
    "verdict": scans.Colour,
    "wage-unit": wages.WageUnit,
    "vacancy-status": VacancyStatus,
    "vacancy-action": VacancyAction,
    "own-hiring": Hiring,
    "pay-day": PayDay,
    "rest-day": RestDay,
    "shift": Shift,
    "way": ReturnTransport,
    "insurance": Insurance,
    "grievance": Grievance,
    "requirement": Requirement,
    "contact": Contact,
    "contract-term": ContractTerm,
    "rule-lacking": Lacking,
    "vacancy-step": StepKind,
}

RAISED = {
    "Conflict": "refusal",
    "Forbidden": "refusal",
    "Hidden": "refusal",
    "NotFound": "refusal",
    "Stale": "refusal",
    "Unauthenticated": "refusal",
    "__init__": "refusal",  # super().__init__("code") of a refusal's own class
    "Fault": "fault",
    "Finding": "finding",
    "broken": "fault",
}

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

NEVER_SHOWN = {
    "app/cli": "told to whoever runs the service, in the terminal",
    "app/adapters/programme_shelf.py": "told to whoever loads a programme, in the terminal",
    "app/adapters/wage_shelf.py": "told to whoever loads wages, in the terminal",
    "app/services/programmes.py": "told to whoever loads a programme, in the terminal",
    "recruitment/wage_tables.py": "told to whoever loads wages, in the terminal",
    "permits/programme_changes.py": "told to whoever loads a programme, in the terminal",
    "permits/checkpoints.py": "told to the worker process and to the terminal, in no request",
}


@pytest.mark.parametrize("family", sorted(ENUMS))
def test_a_family_has_words_for_exactly_its_codes(family: str) -> None:
    assert {member.value for member in ENUMS[family]} == set(wording.TABLE[family])


def test_every_step_and_every_reason_of_a_reminder_has_words() -> None:
    deeds = {one.value for one in (*moves.Action, *handling.Deed)}
    assert set(wording.TABLE["complaint-action"]) == deeds
    reasons = {one.value for one in ClockKind} | {"referral-silent", "follow-up", "remedy-late"}
    assert set(wording.TABLE["complaint-clock"]) == reasons


def _raised_codes() -> Iterator[tuple[str, str, str]]:
    for folder in ("permits", "recruitment", "app"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = str(path.relative_to(ROOT))
            if place.startswith(tuple(NEVER_SHOWN)):
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                code = node.args[0]
                if (
                    name in RAISED
                    and isinstance(code, ast.Constant)
                    and isinstance(code.value, str)
                ):
                    yield RAISED[name], code.value, f"{place}:{node.lineno}"


def test_every_code_that_is_raised_has_words() -> None:
    found = list(_raised_codes())
    assert len(found) > 80  # the walk sees the law
    silent = [entry for entry in found if entry[1] not in wording.TABLE[entry[0]]]
    assert silent == []


def test_every_code_that_a_table_of_the_law_names_has_words() -> None:
    assert eligibility.FINDING_CODES - set(wording.TABLE["finding"]) == set()
    assert FINDING_CODES - set(wording.TABLE["finding"]) == set()
    assert attestations.FINDING_CODES - set(wording.TABLE["finding"]) == set()
    assert identity_documents.FAULT_CODES - set(wording.TABLE["fault"]) == set()
    found = {f"{rule.id}.{code}" for rule in CATALOGUE.values() for code in rule.outcomes}
    assert found | {UNKNOWN} == set(wording.TABLE["ethics-finding"])
    others = {n for r in CATALOGUE.values() for n in r.inputs} ^ set(wording.TABLE["ethics-input"])
    assert others == {"minimum_wage", "consent", "fair_value", "exchange_rate"}
    assert mrz.WARNING_CODES - set(wording.TABLE["fault"]) == set()
    assert set(forms.SHAPE_FAULTS.values()) - set(wording.TABLE["fault"]) == set()


def test_a_fact_that_is_a_code_is_told_in_words() -> None:
    told = wording.say(
        locale_for("es"), "finding", "document-missing", {"document": "identity-front"}
    )
    assert told == "Falta un documento: frente del documento."
    english = wording.say(
        locale_for("en"), "finding", "document-missing", {"document": "identity-front"}
    )
    assert english == "A document is missing: front of the document."


def test_a_missing_fact_leaves_a_gap_and_an_unknown_code_is_told_in_general() -> None:
    spanish = locale_for("es")
    assert wording.say(spanish, "fault", "too-long") == "Es muy largo. El máximo es de … letras."
    assert wording.say(spanish, "fault", "no-such-code") == "Revise este dato."
    assert wording.say(spanish, "status", "no-such-code") == "no-such-code"
    with pytest.raises(KeyError):
        wording.say(spanish, "no-such-family", "x")


def test_a_percent_sign_in_a_fact_does_no_harm() -> None:
    told = wording.say(locale_for("es"), "refusal", "held-by-other", {"holder": "100 %(x)s"})
    assert told == "100 %(x)s trabaja en este caso ahora."


def test_a_status_has_at_most_three_words_in_each_language() -> None:
    for language in OFFERED:
        locale = locale_for(language.code)
        for family in ("status", "authorisation", "credential"):
            for code in wording.TABLE[family]:
                said = wording.say(locale, family, code)
                assert len(said.split()) <= 3, said


def test_sentences_are_short() -> None:
    for family, words in wording.TABLE.items():
        for code, text in words.items():
            longest = max(len(sentence.split()) for sentence in re.split(r"[.?!] ", text))
            assert longest <= 15, (family, code)
