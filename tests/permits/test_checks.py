"""What anybody is told of a permit, and what the receipt carries: nothing about the person."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from permits import checks
from permits.scans import verdict
from permits.status_list import StatusLists
from tests.vectors import forge

NOW = datetime.fromtimestamp(forge.NOW, UTC)
TRUST = forge.make_trust()
LISTS = StatusLists().taking(forge.make_list())


def test_initials_are_first_letters_alone() -> None:
    names = ("María Ángela Gutiérrez  Ñamendí", "ana", "", "  ")
    assert [checks.initials(name) for name in names] == ["M. Á. G. Ñ.", "A.", "", ""]


def test_a_permit_shows_programme_dates_and_initials_and_its_last_day_is_inclusive() -> None:
    judged = verdict(forge.permit().text(), TRUST, LISTS, NOW)
    claims = judged.claims
    assert claims is not None
    told = checks.shown(judged)
    assert told is not None
    assert (told.issuer, told.programme) == (forge.ISSUER, claims.kind)
    assert told.initials == checks.initials(claims.full_name)
    midnight = replace(claims, expires=datetime(2027, 2, 16, 6, tzinfo=UTC))
    last = checks.shown(replace(judged, claims=midnight))
    assert last is not None
    assert last.last_day == date(2027, 2, 15)


@pytest.mark.parametrize("text", ["7K3M-9XQ2-HB4T", "what is this", ""])
def test_nothing_is_told_where_no_signature_held(text: str) -> None:
    assert checks.shown(verdict(text, TRUST, LISTS, NOW)) is None


def test_a_receipt_tells_who_issued_it_what_was_shown_when_and_the_lists_that_were_asked() -> None:
    text = forge.permit().text()
    judged = verdict(text, TRUST, LISTS, NOW)
    told = checks.receipt_claims(judged, text, TRUST, NOW, "Banco 7", b"\0" * 16)
    assert told == {
        "iat": forge.NOW,
        "jti": "A" * 22,
        "aud": "Banco 7",
        "permit": {"sha256": told["permit"]["sha256"], "iss": forge.ISSUER},  # type: ignore[index]
        "verdict": "green",
        "reason": "ok",
        "trust_list": TRUST.version,
        "status_list": {"uri": forge.LIST_URI, "iat": forge.make_list().issued_at},
    }


def test_no_receipt_names_anybody() -> None:
    text = forge.permit().text()
    judged = verdict(text, TRUST, LISTS, NOW)
    claims = judged.claims
    assert claims is not None
    written = json.dumps(checks.receipt_claims(judged, text, TRUST, NOW, "", b"1"))
    for value in (claims.full_name, claims.document_number, claims.number, claims.employer_name):
        assert value not in written
    assert "aud" not in json.loads(written)


def test_a_forgery_has_a_receipt_too() -> None:
    told = checks.receipt_claims(verdict("x", TRUST, LISTS, NOW), "x", TRUST, NOW, "", b"1")
    assert told["permit"] == {"sha256": SHA256_OF_X}
    assert (told["verdict"], "status_list" in told) == ("red", False)


SHA256_OF_X = "LXEWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE"
"""As sha256sum prints it, in base64url."""
