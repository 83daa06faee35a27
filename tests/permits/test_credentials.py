"""From clearance to QR text: the exact bytes, what is refused, and that all of it is read again."""

import dataclasses
from datetime import date, datetime
from typing import Any

import cbor2
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from permits import base45, cose, credentials, permit_claims, permit_numbers, qr, signing
from permits.credentials import PermitClaims, Profile, ToBeSigned
from permits.errors import Conflict, Invalid
from permits.people import Agency
from permits.submissions import Sex
from tests.permits.samples import CLAIMS, at, clearance
from tests.vectors import forge
from tests.vectors.forge import DAY, NOW

KEY = forge.PERMIT


def issue(claims: PermitClaims, profile: Profile = Profile.VEREDA) -> str:
    prepared = credentials.prepare(clearance(), claims, KEY.kid, profile)
    return credentials.seal(prepared, KEY.sign(prepared.message))


def test_the_bytes_are_those_of_the_schema() -> None:
    prepared = credentials.prepare(clearance(), CLAIMS, KEY.kid)

    assert prepared.payload == cose.dump(forge.claims())
    assert prepared.protected == cose.dump({1: -7, 4: KEY.kid})
    assert prepared.message == cbor2.dumps(
        ["Signature1", prepared.protected, b"", prepared.payload], canonical=True
    )
    signed = cbor2.CBORTag(
        18, [prepared.protected, {}, prepared.payload, KEY.sign(prepared.message)]
    )
    text = credentials.seal(prepared, KEY.sign(prepared.message))
    assert base45.decode(text) == qr.deflate(cbor2.dumps(signed, canonical=True))


@pytest.mark.promise("P4")
def test_what_is_stored_is_enough_to_seal_later() -> None:
    prepared = credentials.prepare(clearance(), CLAIMS, KEY.kid)
    stored = ToBeSigned(prepared.kid, prepared.payload)

    assert stored.message == prepared.message
    assert credentials.seal(stored, bytes(64)) == credentials.seal(prepared, bytes(64))


def test_a_prepared_credential_shows_no_claims_in_a_trace() -> None:
    assert "Xitumul" not in repr(credentials.prepare(clearance(), CLAIMS, KEY.kid))


@pytest.mark.parametrize(
    "agencies",
    [(), (Agency.SETRASS,), (Agency.INM, Agency.INM), (Agency.SETRASS, Agency.INM, Agency.INM)],
)
def test_agencies_that_did_not_clear_it_are_never_named(agencies: tuple[Agency, ...]) -> None:
    claims = dataclasses.replace(CLAIMS, agencies=agencies)

    with pytest.raises(Conflict) as refused:
        credentials.prepare(clearance(), claims, KEY.kid)

    assert (refused.value.code, refused.value.facts) == (
        "not-cleared",
        {"reason": "agencies-differ"},
    )


def test_a_clearance_of_one_agency_names_one() -> None:
    claims = dataclasses.replace(CLAIMS, agencies=(Agency.INM,))

    prepared = credentials.prepare(clearance((Agency.INM,)), claims, KEY.kid)

    assert permit_claims.read_claims(prepared.payload).agencies == ("inm",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"issuer": "http://vereda.example"}, "issuer-malformed"),
        ({"issuer": "https://vereda.example/"}, "issuer-malformed"),
        ({"number": "HN-2026-000001"}, "permit-number-malformed"),
        ({"expires": CLAIMS.valid_from}, "validity-empty"),
        ({"expires": CLAIMS.issued_at}, "validity-empty"),
        ({"document_number": ""}, "document-number-length"),
        ({"full_name": ""}, "name-length"),
        ({"full_name": "A" * 121}, "name-length"),
        ({"nationality": "GT"}, "country-malformed"),
        ({"document_country": "gtm"}, "country-malformed"),
        ({"kind": ""}, "kind-length"),
        ({"employer_name": "A" * 49}, "name-length"),
        ({"employer_id": ""}, "employer-id-length"),
        ({"occupation": "921"}, "occupation-malformed"),
        ({"departments": ()}, "departments-number"),
        ({"departments": ("HN-CP",) * 5}, "departments-number"),
        ({"departments": ("HN-CP", "")}, "code-empty"),
        ({"posts": ("",)}, "code-empty"),
        ({"second_name": ""}, "name-length"),
        ({"second_language": ""}, "language-length"),
        ({"legal_status": "A" * 121}, "legal-status-length"),
        ({"status_uri": "https://elsewhere.example/st/1"}, "status-list-foreign"),
        ({"status_index": 2**17}, "status-index-range"),
        ({"status_index": -1}, "status-index-range"),
        ({"conditions": -1}, "conditions-range"),
    ],
)
def test_claims_out_of_form_are_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        credentials.prepare(clearance(), dataclasses.replace(CLAIMS, **change), KEY.kid)

    assert code in {fault.code for fault in refused.value.faults}


def test_all_faults_are_told_at_once() -> None:
    claims = dataclasses.replace(CLAIMS, kind="", occupation="", conditions=-1)

    with pytest.raises(Invalid) as refused:
        credentials.prepare(clearance(), claims, KEY.kid)

    assert [(fault.code, fault.field) for fault in refused.value.faults] == [
        ("kind-length", "kind"),
        ("occupation-malformed", "occupation"),
        ("conditions-range", "conditions"),
    ]


@pytest.mark.parametrize("size", [0, 63, 65, 70])
def test_a_signature_of_another_length_seals_nothing(size: int) -> None:
    prepared = credentials.prepare(clearance(), CLAIMS, KEY.kid)

    with pytest.raises(ValueError, match="64 bytes"):
        credentials.seal(prepared, bytes(size))


def test_an_instant_without_zone_is_refused() -> None:
    naive = dataclasses.replace(CLAIMS, issued_at=datetime(2026, 11, 1))  # noqa: DTZ001

    with pytest.raises(ValueError, match="time zone"):
        credentials.prepare(clearance(), naive, KEY.kid)


def wide(name_length: int) -> PermitClaims:
    """Claims that deflate cannot shorten, with a name of so many characters."""
    noise = base45.encode(forge.noise(400)).replace("%", "Ñ")
    return dataclasses.replace(
        CLAIMS,
        full_name=noise[:name_length],
        employer_name=noise[120:168],
        employer_id=noise[170:202],
        document_number=noise[210:242],
        legal_status=noise[250:330],
    )


def test_too_large_is_known_before_signing_and_never_after() -> None:
    prepared, refused = [], []
    for length in range(1, 121):
        try:
            prepared.append(credentials.prepare(clearance(), wide(length), KEY.kid))
        except qr.TooLarge as too_large:
            refused.append(int(too_large.facts["characters"]))

    texts = [credentials.seal(each, KEY.sign(each.message)) for each in prepared]

    assert prepared
    assert refused
    assert all(len(text) <= qr.MAX_ISSUED_TEXT for text in texts)
    assert min(refused) > qr.MAX_ISSUED_TEXT


def test_the_profile_of_inji_has_tag_61_and_claim_169_as_bytes() -> None:
    envelope = qr.inflate(base45.decode(issue(CLAIMS, Profile.INJI)), qr.MAX_INFLATED)
    assert envelope is not None
    read = cose.read_sign1(envelope, any_tag=True)

    assert envelope[:3].hex() == "d83dd2"
    assert cbor2.loads(read.payload)[169] == cose.dump(forge.claims()[169])
    assert permit_claims.read_claims(read.payload) == CLAIMS


texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
varied = st.builds(
    dataclasses.replace,
    st.just(CLAIMS),
    number=st.integers(0, permit_numbers.CHANCES - 1).map(permit_numbers.make),
    expires=st.integers(NOW, NOW + 400 * DAY).map(at),
    document_number=texts,
    full_name=texts,
    date_of_birth=st.dates(date(1, 1, 1)),
    sex=st.sampled_from(Sex),
    employer_name=texts,
    departments=st.lists(texts, min_size=1, max_size=4).map(tuple),
    status_index=st.integers(0, 2**17 - 1),
    conditions=st.integers(0, 2**32 - 1),
    posts=st.lists(texts, max_size=3).map(tuple),
    second_name=st.none() | texts,
    second_language=st.none() | texts,
    legal_status=st.none() | texts,
)


@given(varied, st.sampled_from(Profile))
@settings(max_examples=100, deadline=None)
def test_what_is_issued_is_read_and_has_one_form(claims: PermitClaims, profile: Profile) -> None:
    try:
        text = issue(claims, profile)
    except qr.TooLarge:  # where it must be, another test says
        reject()
    read = qr.read(text)

    assert permit_claims.read_claims(read.payload) == claims
    assert cose.dump(cose.load(read.payload)) == read.payload
    assert signing.verify_es256(KEY.public, read.to_be_signed, read.signature)


def test_an_employer_s_name_is_cut_with_a_sign_that_it_was() -> None:
    assert credentials.short_employer_name("A" * 48) == "A" * 48
    assert credentials.short_employer_name("A" * 40 + " " + "B" * 9) == "A" * 40 + " BBBBBB…"
    assert credentials.short_employer_name("A" * 46 + " " + "B" * 9) == "A" * 46 + "…"
