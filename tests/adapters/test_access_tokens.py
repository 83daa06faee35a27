"""Access tokens on the ring of keys: granted, read, ended, and read on after a rotation."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from jose import jwt

from app.adapters.access_tokens import AUDIENCE, TYPE, AccessTokens
from app.adapters.keyring import KeyRing
from app.adapters.keys import KeyFolder
from app.adapters.tokens import LEEWAY
from permits.errors import Unauthenticated
from permits.keys import PUBLISHED_AHEAD
from permits.signing import KeyUse
from permits.status_list import JWT_TYPE
from tests import key_acts

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ISSUER, WORDS = "https://vereda.example", "correct horse"
CLAIMS = {"sub": "7f1c", "role": "border-agent", "jti": "1"}
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    ring = KeyRing(tmp_path, WORDS, ISSUER)
    ring.prepare(NOW)
    return ring


@pytest.fixture
def tokens(ring: KeyRing) -> AccessTokens:
    return AccessTokens(ring, ISSUER, HALF_AN_HOUR)


def test_what_was_granted_is_read(tokens: AccessTokens) -> None:
    token = tokens.create_access_token(CLAIMS, NOW)
    seconds = int(NOW.timestamp())
    times = {"iat": seconds, "exp": seconds + 1800}
    assert tokens.read_access_token(token, NOW) == {
        **CLAIMS,
        **times,
        "iss": ISSUER,
        "aud": AUDIENCE,
    }
    assert tokens.lifetime == HALF_AN_HOUR


@pytest.mark.asvs("9.2.1")
def test_a_token_ends(tokens: AccessTokens) -> None:
    token = tokens.create_access_token(CLAIMS, NOW)
    ends = NOW + HALF_AN_HOUR + timedelta(seconds=LEEWAY)
    assert tokens.read_access_token(token, ends - timedelta(seconds=1))["sub"] == "7f1c"
    with pytest.raises(Unauthenticated):
        tokens.read_access_token(token, ends)


@pytest.mark.promise("P10")
@pytest.mark.asvs("11.2.2")
def test_a_token_reads_on_after_a_rotation_without_a_restart(
    tokens: AccessTokens, tmp_path: Path
) -> None:
    before = tokens.create_access_token(CLAIMS, NOW)
    operator = KeyFolder(tmp_path, WORDS)
    waiting = operator.create(KeyUse.TOKEN, NOW)
    key_acts.activate(operator, waiting.kid, NOW + PUBLISHED_AHEAD)
    after = tokens.create_access_token(CLAIMS, NOW)
    assert jwt.get_unverified_header(after)["kid"] == waiting.kid.hex()
    assert jwt.get_unverified_header(before)["kid"] != waiting.kid.hex()
    for token in (before, after):
        assert tokens.read_access_token(token, NOW)["sub"] == "7f1c"


@pytest.mark.promise("P10")
@pytest.mark.asvs("9.1.1")
def test_the_tokens_of_a_compromised_key_are_refused_at_once(
    tokens: AccessTokens, ring: KeyRing, tmp_path: Path
) -> None:
    token = tokens.create_access_token(CLAIMS, NOW)
    operator = KeyFolder(tmp_path, WORDS)
    key_acts.compromise(operator, ring.signer(KeyUse.TOKEN).kid, None, NOW)
    operator.create(KeyUse.TOKEN, NOW)
    with pytest.raises(Unauthenticated):
        tokens.read_access_token(token, NOW)


@pytest.mark.promise("P10")
@pytest.mark.asvs("9.1.1")
def test_so_are_those_of_a_retired_key_that_turns_out_to_be_stolen(
    tokens: AccessTokens, tmp_path: Path
) -> None:
    token = tokens.create_access_token(CLAIMS, NOW)
    operator = KeyFolder(tmp_path, WORDS)
    waiting = operator.create(KeyUse.TOKEN, NOW)
    stolen = keys_of(tokens)[0]["kid"]
    assert waiting.name in {key["kid"] for key in keys_of(tokens)}  # published before it signs
    key_acts.activate(operator, waiting.kid, NOW + PUBLISHED_AHEAD)
    assert tokens.read_access_token(token, NOW)["sub"] == "7f1c"
    key_acts.compromise(operator, bytes.fromhex(stolen), None, NOW)
    with pytest.raises(Unauthenticated):
        tokens.read_access_token(token, NOW)
    assert stolen not in {key["kid"] for key in keys_of(tokens)}


@pytest.mark.feature("H5")
def test_a_letter_of_hand_over_verifies_after_its_key_has_retired(
    tokens: AccessTokens, tmp_path: Path
) -> None:
    claims = {"sub": "Q-7", "aud": "cicesct", "jti": "7f1c", "iat": 1}
    signed = tokens.sign_referral(claims)
    operator = KeyFolder(tmp_path, WORDS)
    key_acts.activate(operator, operator.create(KeyUse.TOKEN, NOW).kid, NOW + PUBLISHED_AHEAD)
    assert tokens.read_referral(signed).items() > claims.items()
    for other in (tokens.sign_receipt(claims), signed[:-4] + "AAAA", ""):
        with pytest.raises(Unauthenticated):
            tokens.read_referral(other)


OTHERS: dict[str, Callable[[AccessTokens], str]] = {
    "a status list": lambda tokens: tokens.sign_status_list({"sub": "7f1c", "aud": AUDIENCE}),
    "nothing": lambda _: "",
    "half a token": lambda tokens: tokens.create_access_token(CLAIMS, NOW).rpartition(".")[0],
    "no signature": lambda tokens: tokens.create_access_token(CLAIMS, NOW).rpartition(".")[0] + ".",
}


@pytest.mark.asvs("9.1.1", "9.2.2")
@pytest.mark.parametrize("make", OTHERS.values(), ids=OTHERS)
def test_what_is_no_access_token_of_ours_is_refused(
    tokens: AccessTokens, make: Callable[[AccessTokens], str]
) -> None:
    with pytest.raises(Unauthenticated) as refused:
        tokens.read_access_token(make(tokens), NOW)
    assert refused.value.code == "token-refused"


def test_another_house_is_refused(tokens: AccessTokens, tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "other", WORDS, ISSUER)
    ring.prepare(NOW)
    with pytest.raises(Unauthenticated):
        tokens.read_access_token(
            AccessTokens(ring, ISSUER, HALF_AN_HOUR).create_access_token(CLAIMS, NOW), NOW
        )


def test_the_published_keys_verify_tokens_and_status_lists(tokens: AccessTokens) -> None:
    published = {str(key["kid"]): key for key in keys_of(tokens)}
    token = tokens.create_access_token(CLAIMS, NOW)
    status = tokens.sign_status_list({"sub": "https://vereda.example/1", "status_list": {}})
    for text, typ in ((token, TYPE), (status, JWT_TYPE)):
        header = jwt.get_unverified_header(text)
        assert (header["typ"], header["alg"]) == (typ, "ES256")
        read = jwt.decode(
            text,
            published[header["kid"]],
            algorithms=["ES256"],
            options={"verify_aud": False, "verify_exp": False},
        )
        assert read["iss"] == ISSUER
    assert {key["kty"] for key in published.values()} == {"EC"}
    assert not any("d" in key for key in published.values())


def keys_of(tokens: AccessTokens) -> list[dict[str, str]]:
    keys = tokens.jwks()["keys"]
    assert isinstance(keys, list)
    return keys
