"""The checks before a decision: each fires, stays silent, has its edge, passes no unknown."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.ages import age_on
from permits.eligibility import (
    CHECKS,
    FINDING_CODES,
    EligibilityFacts,
    check_eligibility,
    is_blocked,
)
from permits.employer_bars import Hindrance
from permits.findings import Finding, Severity
from permits.identity_documents import FAULT_CODES as NUMBER_CODES
from permits.mrz import WARNING_CODES as ZONE_CODES
from permits.offer_checks import FINDING_CODES as OFFER_CODES
from permits.programme_files import read
from permits.programmes import Programme
from permits.renewals import FINDING_CODES as RENEWAL_CODES
from permits.return_surveys import FINDING as PRIORITY
from permits.rule_checks import FINDING_CODES as RULE_CODES
from permits.standing_rights import StandingRight
from permits.submissions import DocumentKind, Sex
from permits.wages import EmployerSize, MinimumWage, WageUnit
from tests.permits.test_offers import OFFER as FARM
from tests.permits.test_programmes import given_mapping

ON = date(2026, 11, 23)
BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
PROGRAMME = read(
    given_mapping()
    | {
        "identity_kinds": ["gt-dpi", "hn-dni", "passport"],
        "documents": ["identity-front", "identity-back"],
    }
)
OFFER = replace(FARM, wage=Decimal("350"), unit=WageUnit.DAY, unit_kg=None)
MINIMUM = MinimumWage(
    "agriculture", EmployerSize.TO_10, Decimal(9053), date(2025, 1, 1), None, "decree", derived=True
)
FACTS = EligibilityFacts(
    document_kind="gt-dpi",
    document_number="1234567892004",
    given_names="Juana",
    surnames="Pérez Gutiérrez",
    date_of_birth=date(1995, 3, 14),
    sex=Sex.FEMALE,
    nationality="GTM",
    municipality="2004",
    languages_spoken=("caa", "spa"),
    languages_read=("spa",),
    documents_present=frozenset({DocumentKind.IDENTITY_FRONT, DocumentKind.IDENTITY_BACK}),
    photo_present=True,
    offer=OFFER,
    employer_accepts=True,
    similar_applications=0,
    minimum_wages=(MINIMUM,),
)


def found(
    facts: EligibilityFacts, programme: Programme = PROGRAMME, on: date = ON
) -> list[tuple[str, Severity, str]]:
    return [(f.code, f.severity, f.field) for f in check_eligibility(facts, programme, on)]


def test_nothing_is_found_where_all_is_well() -> None:
    assert check_eligibility(FACTS, PROGRAMME, ON) == ()


Found = list[tuple[str, Severity, str]]

HELD = StandingRight(date(2026, 10, 1), OFFER.starts_on)
LATER = StandingRight(OFFER.ends_on + timedelta(days=1), OFFER.ends_on + timedelta(days=9))
NAMESAKE = StandingRight(OFFER.ends_on, OFFER.ends_on, certain=False)

PERSON: list[tuple[dict[str, object], Found]] = [
    ({"date_of_birth": None}, [("age-unknown", BLOCK, "date_of_birth")]),
    ({"date_of_birth": date(2008, 12, 2)}, [("underage", BLOCK, "date_of_birth")]),
    ({"looks_like_child": True}, [("looks-like-child", BLOCK, "date_of_birth")]),
    ({"standing_rights": (HELD,)}, [("right-stands", BLOCK, "")]),
    ({"standing_rights": (LATER,)}, []),
    ({"standing_rights": (LATER, NAMESAKE)}, []),
    (
        {"standing_rights": (LATER, NAMESAKE), "identity_confirmed": True},
        [("right-stands", BLOCK, "")],
    ),
    ({"date_of_birth": date(2008, 12, 1)}, []),  # eighteen on the first day of work
    ({"date_of_birth": date(2027, 1, 1)}, [("underage", BLOCK, "date_of_birth")]),
    ({"nationality": None}, [("nationality-missing", BLOCK, "nationality")]),
    ({"nationality": ""}, [("nationality-missing", BLOCK, "nationality")]),
    ({"nationality": "SLV"}, [("nationality-not-admitted", BLOCK, "nationality")]),
    ({"given_names": None}, [("name-missing", BLOCK, "given_names")]),
    ({"surnames": " "}, [("name-missing", BLOCK, "given_names")]),
    ({"looks_like_child": True}, [("looks-like-child", BLOCK, "date_of_birth")]),
    ({"sex": None}, [("sex-missing", WARN, "sex")]),
    ({"municipality": None}, [("municipality-missing", WARN, "municipality")]),
    ({"document_kind": None}, [("identity-missing", BLOCK, "document_number")]),
    ({"document_kind": "library-card"}, [("identity-missing", BLOCK, "document_number")]),
    ({"document_number": None}, [("identity-missing", BLOCK, "document_number")]),
    ({"document_number": ""}, [("identity-missing", BLOCK, "document_number")]),
    ({"document_number": "1234567800101"}, [("cui-check-digit", BLOCK, "document_number")]),
    (
        {"document_number": "1234567802304"},
        [
            ("cui-department", BLOCK, "document_number"),
            ("cui-check-digit", BLOCK, "document_number"),
        ],
    ),
    (
        {"document_number": "1234567800101", "identity_confirmed": True},
        [("cui-check-digit", WARN, "document_number")],
    ),
    (
        {"document_number": "1234567892012"},
        [("cui-municipality-unknown", WARN, "document_number")],
    ),
    ({"languages_spoken": ()}, [("languages-missing", WARN, "languages_spoken")]),
    ({"languages_spoken": ("caa",)}, [("interpreter-needed", INFO, "languages_spoken")]),
    ({"languages_read": None}, [("reading-unknown", WARN, "languages_read")]),
    ({"languages_read": ()}, [("needs-reading-aloud", INFO, "languages_read")]),
    ({"photo_present": False}, [("photo-missing", WARN, "photo")]),
    ({"photo_present": False, "brings_photo": True}, [("photo-to-be-taken", INFO, "photo")]),
    (
        {"documents_present": frozenset({DocumentKind.IDENTITY_FRONT})},
        [("document-missing", WARN, "identity-back")],
    ),
    (
        {"documents_present": frozenset(), "brings_documents": True},
        [
            ("document-to-be-shown", INFO, "identity-front"),
            ("document-to-be-shown", INFO, "identity-back"),
        ],
    ),
    ({"similar_applications": 1}, [("similar-application", WARN, "")]),
    ({"offer": None}, [("offer-missing", BLOCK, "vacancy")]),
    ({"employer_accepts": None}, [("employer-acceptance-pending", BLOCK, "vacancy")]),
    ({"hindrance": Hindrance.BARRED}, [("employer-barred", BLOCK, "vacancy")]),
    ({"hindrance": Hindrance.STOPPED}, [("employer-stopped", BLOCK, "vacancy")]),
    ({"hindrance": Hindrance.BLOCKED}, [("vacancy-blocked", BLOCK, "vacancy")]),
    ({"employer_accepts": False}, [("employer-refused", BLOCK, "vacancy")]),
]


@pytest.mark.feature("W1")
@pytest.mark.parametrize(("changed", "expected"), PERSON)
def test_the_person(changed: dict[str, object], expected: Found) -> None:
    assert found(replace(FACTS, **changed)) == expected  # type: ignore[arg-type]


ONLY_DPI = read(given_mapping())


def test_a_kind_of_document_that_is_not_admitted_is_still_read() -> None:
    facts = replace(FACTS, document_kind="hn-dni", document_number="9901-1995-12345")
    assert found(facts, ONLY_DPI)[:2] == [
        ("identity-kind-not-admitted", BLOCK, "document_kind"),
        ("dni-department", BLOCK, "document_number"),
    ]


DNI = replace(FACTS, document_kind="hn-dni", document_number="0801-1995-12345")


@pytest.mark.asvs("2.2.3")
@pytest.mark.parametrize(
    ("number", "confirmed", "expected"),
    [
        ("0801-1995-12345", False, []),
        ("0801-1994-12345", False, [("identity-mismatch", BLOCK, "date_of_birth")]),
        ("0801-1994-12345", True, [("identity-mismatch", WARN, "date_of_birth")]),
        ("0899-1995-12345", False, [("dni-municipality-unknown", WARN, "document_number")]),
    ],
)
def test_the_year_in_a_dni(number: str, confirmed: bool, expected: Found) -> None:
    assert found(replace(DNI, document_number=number, identity_confirmed=confirmed)) == expected


MRZ = "P<GTMPEREZ<GUTIERREZ<<JUANA<<<<<<<<<<<<<<<<<\nL898902C36GTM9503146F3012316<<<<<<<<<<<<<<<4\n"
PASSPORT = replace(FACTS, document_kind="passport", document_number="L898902C3", mrz=MRZ)


@pytest.mark.asvs("2.2.3")
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        (
            {"date_of_birth": date(1994, 3, 14)},
            [("identity-mismatch", BLOCK, "date_of_birth")],
        ),
        (
            {"date_of_birth": date(1994, 3, 14), "identity_confirmed": True},
            [("identity-mismatch", WARN, "date_of_birth")],
        ),
        ({"surnames": "López"}, [("identity-mismatch", BLOCK, "surnames")]),
        ({"document_number": "L898902C4"}, [("identity-mismatch", BLOCK, "document_number")]),
        ({"mrz": "no zone"}, [("mrz-unreadable", WARN, "mrz")]),
        (
            {"mrz": MRZ.replace("GTM95", "GTM94")},  # misread: says nothing about the person
            [("mrz-birth-check", WARN, "mrz"), ("mrz-composite-check", WARN, "mrz")],
        ),
    ],
)
def test_what_was_typed_against_the_zone(changed: dict[str, object], expected: Found) -> None:
    assert found(replace(PASSPORT, **changed)) == expected  # type: ignore[arg-type]


EMPTY = EligibilityFacts(
    None, None, None, None, None, None, None, None, (), None, frozenset(), False, None, None, 0
)


def test_knowing_nothing_tells_everything_and_the_gravest_first() -> None:
    assert found(EMPTY) == [
        ("age-unknown", BLOCK, "date_of_birth"),
        ("nationality-missing", BLOCK, "nationality"),
        ("name-missing", BLOCK, "given_names"),
        ("identity-missing", BLOCK, "document_number"),
        ("offer-missing", BLOCK, "vacancy"),
        ("sex-missing", WARN, "sex"),
        ("municipality-missing", WARN, "municipality"),
        ("languages-missing", WARN, "languages_spoken"),
        ("reading-unknown", WARN, "languages_read"),
        ("document-missing", WARN, "identity-front"),
        ("document-missing", WARN, "identity-back"),
        ("photo-missing", WARN, "photo"),
    ]


def test_every_check_says_something_of_nothing_or_needs_a_fact_to_fire() -> None:
    silent = {name for name, check in CHECKS.items() if not list(check(EMPTY, PROGRAMME, ON))}
    assert silent == {"identity", "duplicates", "rules"}


def test_a_finding_cites_its_source_and_whether_counsel_confirmed_it() -> None:
    (finding,) = check_eligibility(replace(FACTS, date_of_birth=date(2010, 1, 1)), PROGRAMME, ON)
    assert finding == Finding(
        "underage", BLOCK, "clause", confirmed=False, field="date_of_birth", facts={"limit": 18}
    )
    assert all(f.source for f in check_eligibility(EMPTY, PROGRAMME, ON))


def test_who_goes_first_is_told_and_nothing_else_changes() -> None:
    assert [code for code, _, _ in found(replace(FACTS, rehire=True))] == [PRIORITY]


def test_only_a_block_stops_an_approval() -> None:
    assert is_blocked(check_eligibility(EMPTY, PROGRAMME, ON))
    assert not is_blocked(check_eligibility(replace(FACTS, sex=None), PROGRAMME, ON))
    assert not is_blocked(())


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 11, 23), date(2026, 11, 23), 18),
        (date(2008, 11, 24), date(2026, 11, 23), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_an_age(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@given(st.dates(date(1940, 1, 1), date(2026, 1, 1)))
def test_nobody_under_the_minimum_on_the_first_day_passes(born: date) -> None:
    codes = [code for code, _, _ in found(replace(FACTS, date_of_birth=born))]
    eighteenth = date(
        born.year + 18, born.month, 28 if (born.month, born.day) == (2, 29) else born.day
    )
    assert ("underage" in codes) == (OFFER.starts_on < eighteenth)


def test_a_mark_of_a_child_blocks_whatever_the_document_says() -> None:
    """A document that was compared may be another's: the mark is cleared by itself (R05)."""
    marked = replace(FACTS, looks_like_child=True, identity_confirmed=True)
    assert ("looks-like-child", BLOCK, "date_of_birth") in found(marked)


def test_every_code_of_this_room_is_shown_by_a_case() -> None:
    shown = {code for _, expected in PERSON for code, _, _ in expected}
    shown |= {"identity-kind-not-admitted", "identity-mismatch", "mrz-unreadable"}
    elsewhere = NUMBER_CODES | ZONE_CODES | OFFER_CODES | RULE_CODES | RENEWAL_CODES | {PRIORITY}
    assert shown - elsewhere == FINDING_CODES - elsewhere
