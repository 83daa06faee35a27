"""Named checks on a person, an offer and an application: all findings at once, no wording."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from permits import age_marks, renewals, return_surveys, standing_rights
from permits.ages import is_old_enough
from permits.employer_bars import Hindrance, find_hindrance
from permits.errors import Invalid
from permits.findings import Finding, Severity
from permits.identity_documents import FAULT_CODES as NUMBER_CODES
from permits.identity_documents import IdentityDocument, IdentityKind, check_document
from permits.later_papers import NONE_LATER, LaterPapers
from permits.mrz import WARNING_CODES as ZONE_CODES
from permits.mrz import check_mrz, same_name
from permits.offer_checks import FINDING_CODES as OFFER_CODES
from permits.offer_checks import check_dates, check_hiring, check_wage
from permits.offers import Offer
from permits.programmes import Programme, Threshold
from permits.renewals import Renewal
from permits.rule_checks import FINDING_CODES as RULE_CODES
from permits.rule_checks import check_documents, check_papers, check_photo, check_rules
from permits.standing_rights import StandingRight, find_standing
from permits.submissions import DocumentKind, Sex
from permits.wages import MinimumWage

NUMBERS = "Estructura del CUI y del DNI (lu1tr0n.github.io/nationid)"
ZONES = "OACI 9303-3"

BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO


@dataclass(frozen=True)
class EligibilityFacts:
    """What the checks look at; what is not known is None or empty, and never passes.

    The first fields are the worker's (`permits.submissions.Answers`). `documents_present` are the
    kinds of files handed in. `employer_accepts` is the employer's answer, None while there is none.
    `similar_applications` counts those that may be of the same person. `mrz` is the
    machine-readable zone, "" where none was read. `identity_confirmed`: an official compared the
    document and cleared a mismatch (R05). `special_stay`: INM's permit of it is granted or asked
    for (R26). `renewal` is the right that it goes on from. `hindrance`: why nobody is approved for
    this work. `rehire`: who came home in time. `contract_waits`: for a yes. `later`: papers seen or
    come afterwards. `looks_like_child`: a mark that stands.
    `standing_rights` are under other cases of the person.
    """

    document_kind: str | None
    document_number: str | None
    given_names: str | None
    surnames: str | None
    date_of_birth: date | None
    sex: Sex | None
    nationality: str | None
    municipality: str | None
    languages_spoken: tuple[str, ...]
    languages_read: tuple[str, ...] | None
    documents_present: frozenset[DocumentKind]
    photo_present: bool
    offer: Offer | None
    employer_accepts: bool | None
    similar_applications: int
    brings_documents: bool = False
    brings_photo: bool = False
    mrz: str = ""
    identity_confirmed: bool = False
    special_stay: bool = False
    minimum_wages: tuple[MinimumWage, ...] = ()
    renewal: Renewal | None = None
    hindrance: Hindrance | None = None
    rehire: bool = False
    contract_waits: bool = False
    looks_like_child: bool = False
    later: LaterPapers = NONE_LATER
    standing_rights: tuple[StandingRight, ...] = ()


Check = Callable[[EligibilityFacts, Programme, date], Iterator[Finding]]


def check_eligibility(
    facts: EligibilityFacts, programme: Programme, on: date
) -> tuple[Finding, ...]:
    """Every finding of every check, the gravest first, else in the order of `CHECKS`."""
    found = [finding for check in CHECKS.values() for finding in check(facts, programme, on)]
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def is_blocked(findings: tuple[Finding, ...]) -> bool:
    """Whether something stops an approval."""
    return any(finding.severity is BLOCK for finding in findings)


def _by(threshold: Threshold, code: str, severity: Severity, field: str) -> Finding:
    return Finding(
        code, severity, threshold.source, threshold.confirmed, field, {"limit": threshold.value}
    )


def _age(facts: EligibilityFacts, programme: Programme, on: date) -> Iterator[Finding]:
    """R04: the age on the first day of work (on `on` while there is no offer)."""
    born, minimum = facts.date_of_birth, programme.minimum_age_years
    if born is None:
        yield _by(minimum, "age-unknown", BLOCK, "date_of_birth")
        return
    first_day = facts.offer.starts_on if facts.offer else on
    if born > on or not is_old_enough(born, first_day, minimum.value):
        yield _by(minimum, "underage", BLOCK, "date_of_birth")


def _nationality(facts: EligibilityFacts, programme: Programme, on: date) -> Iterator[Finding]:
    nationality = facts.nationality
    if not nationality:
        yield Finding("nationality-missing", BLOCK, programme.source, field="nationality")
    elif nationality not in programme.nationalities:
        yield Finding("nationality-not-admitted", BLOCK, programme.source, field="nationality")


def _person(facts: EligibilityFacts, programme: Programme, on: date) -> Iterator[Finding]:
    """Who it is must be told: without names no decision, without the rest a question."""
    source = programme.source
    if not (facts.given_names or "").strip() or not (facts.surnames or "").strip():
        yield Finding("name-missing", BLOCK, source, field="given_names")
    if facts.sex is None:
        yield Finding("sex-missing", WARN, source, field="sex")
    if not facts.municipality:
        yield Finding("municipality-missing", WARN, source, field="municipality")


def _document(facts: EligibilityFacts, programme: Programme, on: date) -> Iterator[Finding]:
    """Domain 4.8: faults of the number block, its warnings are for a person to look at."""
    source, field = NUMBERS, "document_number"
    kind = _kind(facts)
    if kind is None or not facts.document_number:
        yield Finding("identity-missing", BLOCK, source, field=field)
        return
    if kind not in programme.identity_kinds:
        yield Finding("identity-kind-not-admitted", BLOCK, programme.source, field="document_kind")
    try:
        document = _read_number(facts, kind)
    except Invalid as invalid:
        for fault in invalid.faults:
            yield Finding(fault.code, BLOCK, source, field=field, facts=fault.facts)
        return
    for warning in document.warnings:
        if warning.code != "dni-birth-year-differs":  # `_identity` tells of it
            yield Finding(warning.code, WARN, source, field=field, facts=warning.facts)


def _identity(facts: EligibilityFacts, programme: Programme, on: date) -> Iterator[Finding]:
    """R05: what was typed against what the document says; blocks until an official cleared it."""
    if facts.looks_like_child:
        yield Finding(age_marks.FINDING, BLOCK, age_marks.SOURCE, field="date_of_birth")
    severity = WARN if facts.identity_confirmed else BLOCK
    kind = _kind(facts)
    if kind and facts.document_number and _birth_year_differs(facts, kind):
        yield Finding("identity-mismatch", severity, "R05; Convenio OIT 182", field="date_of_birth")
    if not facts.mrz:
        return
    try:
        read = check_mrz(facts.mrz, on)
    except Invalid:
        yield Finding("mrz-unreadable", WARN, ZONES, field="mrz")
        return
    for warning in read.warnings:
        yield Finding(warning.code, WARN, ZONES, field="mrz")
    # A zone whose check digits fail says nothing about the person; it is to be read once more.
    trusted = not any(warning.code.endswith("-check") for warning in read.warnings)
    for field in _differing(facts, read) if trusted else ():
        yield Finding("identity-mismatch", severity, "R05; Convenio OIT 182", field=field)


def _kind(facts: EligibilityFacts) -> IdentityKind | None:
    known = {kind.value: kind for kind in IdentityKind}
    return known.get(facts.document_kind or "")


def _read_number(facts: EligibilityFacts, kind: IdentityKind) -> IdentityDocument:
    return check_document(
        kind,
        facts.document_number or "",
        date_of_birth=facts.date_of_birth,
        confirmed=facts.identity_confirmed,
    )


def _birth_year_differs(facts: EligibilityFacts, kind: IdentityKind) -> bool:
    try:
        warnings = _read_number(facts, kind).warnings
    except Invalid:
        return False
    return "dni-birth-year-differs" in {warning.code for warning in warnings}


def _differing(facts: EligibilityFacts, read: IdentityDocument) -> Iterator[str]:
    """The fields in which the zone says something else; a field left empty is told elsewhere."""
    if facts.date_of_birth and read.date_of_birth not in (None, facts.date_of_birth):
        yield "date_of_birth"
    if facts.surnames and not same_name(facts.surnames, read.surnames):
        yield "surnames"
    passport = read.kind is IdentityKind.PASSPORT is _kind(facts)
    if passport and facts.document_number != read.number:
        yield "document_number"


def _languages(facts: EligibilityFacts, programme: Programme, on: date) -> Iterator[Finding]:
    """R17: nobody signs what they do not understand."""
    source = "R17; OIT, principio 8; IRIS 3"
    if not facts.languages_spoken:
        yield Finding("languages-missing", WARN, source, field="languages_spoken")
    elif programme.languages[0] not in facts.languages_spoken:
        yield Finding("interpreter-needed", INFO, source, field="languages_spoken")
    if facts.languages_read is None:
        yield Finding("reading-unknown", WARN, source, field="languages_read")
    elif not facts.languages_read:
        yield Finding("needs-reading-aloud", INFO, source, field="languages_read")


def _documents(facts: EligibilityFacts, programme: Programme, on: date) -> Iterator[Finding]:
    """Files that the programme asks for (`permits.rule_checks`)."""
    brings = facts.brings_documents
    yield from check_documents(programme, facts.documents_present, facts.later, brings=brings)
    if not facts.photo_present:
        yield from check_photo(programme, brings=facts.brings_photo)


def _rules(facts: EligibilityFacts, programme: Programme, on: date) -> Iterator[Finding]:
    """What the programme asks of the person and of papers (`permits.rule_checks`)."""
    yield from check_papers(programme, facts.later)
    yield from check_rules(programme, facts.languages_read)


def _duplicates(facts: EligibilityFacts, programme: Programme, on: date) -> Iterator[Finding]:
    if count := facts.similar_applications:
        yield Finding("similar-application", WARN, programme.source, False, "", {"count": count})
    yield from return_surveys.find_priority(programme, rehire=facts.rehire)
    days = renewals.find_days(facts.offer, programme, on, facts.renewal)
    yield from find_standing(facts.standing_rights, days, compared=facts.identity_confirmed)


def _offer(facts: EligibilityFacts, programme: Programme, on: date) -> Iterator[Finding]:
    """What the offer itself brings (`permits.offer_checks`)."""
    if facts.offer is None:
        yield Finding("offer-missing", BLOCK, programme.source, field="vacancy")
        return
    if facts.renewal:
        yield from renewals.check_renewal(facts.offer, programme, on, facts.renewal)
    else:
        yield from check_dates(facts.offer, programme, on, special_stay=facts.special_stay)
    yield from find_hindrance(facts.hindrance)
    waits = facts.contract_waits
    yield from check_hiring(facts.offer, programme, facts.employer_accepts, contract_waits=waits)
    yield from check_wage(facts.offer, programme, facts.minimum_wages)


CHECKS: Mapping[str, Check] = {
    "age": _age,
    "nationality": _nationality,
    "person": _person,
    "document": _document,
    "identity": _identity,
    "languages": _languages,
    "documents": _documents,
    "rules": _rules,
    "duplicates": _duplicates,
    "offer": _offer,
}
"""Every check by name, in the order in which officials read them."""

FINDING_CODES = (
    NUMBER_CODES
    | ZONE_CODES
    | OFFER_CODES
    | RULE_CODES
    | renewals.FINDING_CODES
    | {age_marks.FINDING, return_surveys.FINDING, *Hindrance}
    | {standing_rights.FINDING}
    | {
        "age-unknown",
        "identity-kind-not-admitted",
        "identity-mismatch",
        "identity-missing",
        "interpreter-needed",
        "languages-missing",
        "mrz-unreadable",
        "municipality-missing",
        "name-missing",
        "nationality-missing",
        "nationality-not-admitted",
        "needs-reading-aloud",
        "offer-missing",
        "reading-unknown",
        "sex-missing",
        "similar-application",
        "underage",
    }
)
"""Every code that a finding of this room can carry, for the table of words."""
