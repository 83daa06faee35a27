"""The one table that turns every code of the law into words; Spanish here, others by gettext.

One file a family of codes. To add a code: put its sentence into the file of its family, marked
with `N_`, and its English into app/web/locales/en. tests/web/test_wording.py fails on a code of
the law without words.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from app.web.i18n import N_, Locale
from app.web.wording import (
    accounts,
    appeals,
    cards,
    check_ins,
    companions,
    complaint_desk,
    complaint_filing,
    complaint_words,
    contracts,
    costs,
    crews,
    dated_changes,
    desk,
    employer_bars,
    ethics,
    ethics_findings,
    farms,
    faults,
    findings,
    grounds,
    housing,
    identity_changes,
    info_requests,
    journeys,
    labels,
    names,
    orientation,
    own_data,
    past_permits,
    payslips,
    programmes,
    quotas,
    ratings,
    recommendations,
    recruiters,
    refusals,
    registrations,
    return_surveys,
    rights,
    roster,
    statuses,
    tracking,
    vacancies,
    verdicts,
    worker_numbers,
)

_ROOMS = tuple(import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__))
"""Every file of this folder."""


def _every(family: str) -> dict[str, str]:
    """What all rooms say of a family whose codes belong to many of them."""
    return {code: words for room in _ROOMS for code, words in getattr(room, family, {}).items()}


TABLE: Mapping[str, Mapping[str, str]] = {
    "fault": findings.WORDS | faults.WORDS | return_surveys.FINDING | _every("FAULT"),
    "finding": findings.WORDS
    | employer_bars.FINDING
    | return_surveys.FINDING
    | vacancies.FINDING
    | payslips.FINDING,
    "refusal": refusals.WORDS | _every("REFUSAL"),
    "ground": grounds.WORDS,
    "stands": tracking.STANDS,
    "stands-next": tracking.NEXT,
    "status": statuses.APPLICATION,
    "case-status": statuses.CASE,
    "authorisation": statuses.AUTHORISATION,
    "card-batch": cards.STATE,
    "credential": statuses.CREDENTIAL,
    "action": statuses.ACTION,
    "opinion": statuses.OPINION,
    "severity": names.SEVERITY,
    "agency": names.AGENCY,
    "agency-looks": names.AGENCY_LOOKS,
    "agency-short": names.AGENCY_SHORT,
    "role": names.ROLE,
    "direction": names.DIRECTION,
    "revocation": grounds.REVOCATION,
    "revocation-ground": rights.REVOCATION_GROUND,
    "revocation-outcome": rights.OUTCOME,
    "suspension": rights.SUSPENSION_REASON,
    "ending": rights.ENDING,
    "origin": rights.ORIGIN,
    "permit-wish": complaint_desk.WISH,
    "codecision": complaint_desk.CODECISION,
    "inspection-result": complaint_desk.RESULT,
    "complaint-category": complaint_words.CATEGORY,
    "complaint-sign": complaint_words.SIGN,
    "complaint-severity": complaint_words.SEVERITY,
    "complaint-status": complaint_words.STATUS,
    "complaint-flag": complaint_words.FLAG,
    "complaint-filing": complaint_words.FILED_BY,
    "complaint-request": complaint_words.ASKED_FOR,
    "complaint-outcome": complaint_words.OUTCOME,
    "complaint-action": complaint_words.ACTION,
    "complaint-clock": complaint_words.CLOCK,
    "clock-state": complaint_words.CLOCK_STATE,
    "coercion-check": complaint_words.COERCION,
    "note-kind": complaint_words.NOTE,
    "referral-target": complaint_words.TARGET,
    "referral-state": complaint_words.REFERRAL_STATE,
    "referral-answer": complaint_words.REFERRAL_ANSWER,
    "remedy-kind": complaint_words.REMEDY,
    "remedy-state": complaint_words.REMEDY_STATE,
    "remedy-action": complaint_words.REMEDY_ACTION,
    "remedy-verifier": complaint_words.VERIFIER,
    "indicator": complaint_words.INDICATOR,
    "hearing": rights.HEARING,
    "anomaly": names.ANOMALY,
    "anomaly-help": names.ANOMALY_HELP,
    "compared": names.COMPARED,
    "recovery-refusal": names.RECOVERY_REFUSAL,
    "identity": names.IDENTITY,
    "acceptance": names.ACCEPTANCE,
    "account-state": accounts.STATE,
    "lock-reason": accounts.LOCK_REASON,
    "permission": _every("PERMISSION"),
    "reference-list": dated_changes.LIST,
    "list-column": dated_changes.COLUMN,
    "list-hint": dated_changes.HINT,
    "act": _every("ACT"),
    "identity-reason": identity_changes.REASON,
    "number-ground": worker_numbers.GROUND,
    "document": names.DOCUMENT,
    "sex": names.SEX,
    "wage-unit": names.WAGE_UNIT,
    "hiring": names.HIRING,
    "country": labels.COUNTRY,
    "language": labels.LANGUAGE,
    "occupation": labels.OCCUPATION,
    "paper": programmes.PAPER,
    "step": programmes.STEP,
    "parameter": programmes.PARAMETER,
    "measure": programmes.MEASURE,
    "programme-rule": programmes.RULE,
    "obstacle": own_data.OBSTACLE,
    "purpose": own_data.PURPOSE,
    "consent-way": own_data.CONSENT_WAY,
    "data-request": own_data.REQUEST,
    "appeal-stage": appeals.STAGE,
    "appeal-step": appeals.STEP,
    "appeal-against": appeals.AGAINST,
    "appeal-judged": appeals.JUDGED,
    "appeal-ruling": appeals.RULING,
    "return-question": return_surveys.QUESTION,
    "return-answer": return_surveys.ANSWER,
    "return-task": return_surveys.TASK,
    "check-in-question": check_ins.QUESTION,
    "check-in-answer": check_ins.ANSWER,
    "check-in-moment": check_ins.MOMENT,
    "check-in-grade": check_ins.GRADE,
    "check-in-ground": check_ins.GROUND,
    "cost-code": costs.CODE,
    "cost-phase": costs.PHASE,
    "cost-payer": costs.PAYER,
    "cost-asker": costs.ASKER,
    "cost-way": costs.WAY,
    "cost-lender": costs.LENDER,
    "cost-debtor": costs.DEBTOR,
    "inspection-reason": costs.INSPECTION,
    "cost-status": costs.STATUS,
    "cost-group": costs.GROUP,
    "currency": costs.CURRENCY,
    "orientation-kind": orientation.KIND,
    "orientation-question": orientation.QUESTION,
    "orientation-answer": orientation.ANSWER,
    "lesson": orientation.LESSON,
    "journey-step": journeys.STEP,
    "journey-source": journeys.SOURCE,
    "work-language": roster.LANGUAGE,
    "work-proof": roster.PROOF,
    "education": roster.EDUCATION,
    "licence": roster.LICENCE,
    "asked-for": roster.ASKED,
    "stands-to": roster.STANDS,
    "candidacy": roster.STATUS,
    "why-not": roster.WHY_NOT,
    "outcome": roster.OUTCOME,
    **farms.FAMILIES,
    "housing-item": housing.ITEM,
    "payslip-line": payslips.LINE,
    "payslip-answer": payslips.ANSWER,
    "payslip-column": payslips.COLUMN,
    "deduction": payslips.DEDUCTION,
    "question-kind": info_requests.KIND,
    "advice": recommendations.ADVICE,
    "advice-choice": recommendations.CHOICE,
    "verdict": verdicts.VERDICT,
    "reason": verdicts.REASON,
    "bar-reason": employer_bars.REASON,
    "employer-kind": registrations.KIND,
    "employer-size": registrations.SIZE,
    "paper-about": registrations.PAPER_ABOUT,
    "registration-status": registrations.STATUS,
    "registration-evidence": registrations.EVIDENCE,
    "registration-warning": registrations.WARNING,
    "registry": registrations.REGISTRY,
    "registry-verdict": registrations.VERDICT,
    "criterion": registrations.CRITERION,
    "assessment-status": registrations.ASSESSMENT,
    "licence-state": recruiters.LICENCE,
    "rating-question": ratings.QUESTION,
    "standing": recruiters.STANDING,
    "standing-reason": recruiters.REASON,
    "scam-verdict": recruiters.SCAM,
    "scam-meaning": recruiters.MEANING,
    "report-kind": recruiters.REPORT_KIND,
    "quota": quotas.SCOPE,
    "relation": companions.RELATION,
    **contracts.FAMILIES,
    **complaint_filing.FAMILIES,
    "take-over": desk.TAKE_OVER,
    "crew-column": crews.COLUMN,
    "past-column": past_permits.COLUMN,
    "past-standing": past_permits.STANDING,
    "crew-state": crews.STATE,
    "crew-stand": crews.STAND,
    "crew-progress": crews.PROGRESS,
    "ethics-title": ethics.TITLE,
    "ethics-asks": ethics.ASKS,
    "ethics-why": ethics.WHY,
    "ethics-finding": ethics_findings.FINDING,
    "ethics-input": ethics_findings.INPUT,
    "ethics-subject": ethics_findings.SUBJECT,
    "ethics-stops": ethics_findings.STOPS,
    "ethics-effect": ethics_findings.EFFECT,
    "ethics-overrider": ethics_findings.OVERRIDER,
    "vacancy-status": vacancies.STATUS,
    "vacancy-action": vacancies.ACTION,
    "own-hiring": vacancies.OWN_HIRING,
    "pay-day": vacancies.PAY_DAY,
    "rest-day": vacancies.REST_DAY,
    "shift": vacancies.SHIFT,
    "way": vacancies.WAY,
    "insurance": vacancies.INSURANCE,
    "grievance": vacancies.GRIEVANCE,
    "requirement": vacancies.REQUIREMENT,
    "contact": vacancies.CONTACT,
    "contract-term": vacancies.TERM,
    "rule-lacking": vacancies.LACKING,
    "vacancy-step": vacancies.STEP,
    "judging-cause": vacancies.CAUSE,
}
"""Family → code → Spanish text with `%(fact)s` places."""

GENERIC: Mapping[str, str] = {
    "fault": N_("Revise este dato."),
    "finding": N_("Un control pide que una persona lo revise."),
    "refusal": N_("Esto no se puede hacer ahora."),
}
"""What is said where a code has no words yet; a test keeps it from happening."""


class _Facts(dict[str, object]):
    """Facts by name; one that is missing leaves a gap, never a crash on an error page."""

    def __missing__(self, name: str) -> str:
        return "…"


def say(
    locale: Locale,
    family: str,
    code: str,
    facts: Mapping[str, str | int] | None = None,
    *,
    message: str | None = None,
) -> str:
    """The words of a code in this language, its facts filled in.

    A fact that is a code itself (`agency`, `role` …) is put into words first. `message` is a
    Spanish sentence that stands in for the table's, as a form may have for one of its fields. An
    unknown code is told in general words; an unknown family is a KeyError.
    """
    spanish = message or TABLE[family].get(code) or GENERIC.get(family, code)
    told = {name: _told(locale, name, value) for name, value in (facts or {}).items()}
    text = locale.catalogue.gettext(spanish)
    return text % _Facts(told) if "%(" in text else text


def _told(locale: Locale, name: str, value: str | int) -> str:
    words = TABLE.get(name, {}).get(str(value))
    return locale.catalogue.gettext(words) if words else str(value)
