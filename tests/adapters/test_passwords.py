"""Slow hashes: the cost that was chosen, a salt each time, and nobody costs as much as somebody."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.adapters.passwords import LANES, MEMORY_KIB, PASSES, Argon2Passwords

QUICK = Argon2Passwords(memory_kib=64)


@pytest.mark.asvs("11.4.2")
def test_the_cost_is_what_owasp_asks_for() -> None:
    hashed = Argon2Passwords().hash("cosecha de café")
    assert hashed.split("$")[1:4] == ["argon2id", "v=19", f"m={MEMORY_KIB},t={PASSES},p={LANES}"]
    assert (MEMORY_KIB, PASSES, LANES) == (19 * 1024, 2, 1)


@pytest.mark.parametrize("secret", ["24681357", "ñandú y café", "x" * 500, " con espacio "])
def test_the_secret_fits_and_nothing_else_does(secret: str) -> None:
    hashed = QUICK.hash(secret)
    tried = (secret, secret.upper() + "!", secret[:-1], secret + " ", "")
    assert [QUICK.verify(word, hashed) for word in tried] == [True, False, False, False, False]


def test_the_same_secret_twice_is_two_hashes() -> None:
    assert QUICK.hash("24681357") != QUICK.hash("24681357")


@pytest.mark.parametrize("hashed", [None, "", "plain text", "$2b$12$abc", "$argon2id$v=19$broken"])
def test_what_is_no_hash_fits_nothing(hashed: str | None) -> None:
    assert QUICK.verify("nobody has this", hashed) is False


def test_a_hash_of_another_cost_still_verifies() -> None:
    assert QUICK.verify("24681357", Argon2Passwords(memory_kib=128).hash("24681357"))


@pytest.mark.promise("P19")
def test_a_storm_of_sign_ins_is_answered_to_the_last() -> None:
    hashed = QUICK.hash("24681357")
    with ThreadPoolExecutor(8) as storm:
        fits = list(storm.map(lambda word: QUICK.verify(word, hashed), ["24681357", "x"] * 20))
    assert fits == [True, False] * 20
