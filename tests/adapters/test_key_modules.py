"""Keys in a hardware module: made there, never out of there, and a module that comes and goes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pkcs11
import pytest
from jose import jwt
from pkcs11 import Attribute, ObjectClass

from app.adapters.access_tokens import AccessTokens
from app.adapters.key_files import KeyUnusable
from app.adapters.key_modules import HardwareModule, ModuleAway
from app.adapters.keyring import KeyRing
from permits import signing, trust_list
from permits.keys import PUBLISHED_AHEAD, KeyPlace
from permits.signing import KeyUse
from tests import key_acts, softhsm
from tests.softhsm import PIN, Token

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ISSUER, WORDS = "https://vereda.example", "correct horse"


@pytest.fixture
def token(tmp_path: Path) -> Iterator[Token]:
    with softhsm.token_of(tmp_path / "hsm") as token:
        yield token


@pytest.fixture
def module(token: Token) -> HardwareModule:
    return HardwareModule(str(softhsm.find()), token.label, PIN)


@pytest.fixture
def ring(module: HardwareModule, tmp_path: Path) -> KeyRing:
    ring = KeyRing(tmp_path / "keys", WORDS, ISSUER, module)
    ring.prepare(NOW)
    return ring


def session(token: Token) -> pkcs11.Session:
    """Another program that looks into the token, as its user."""
    found = pkcs11.lib(str(softhsm.find())).get_token(token_label=token.label)
    try:
        opened: pkcs11.Session = found.open(rw=True, user_pin=PIN)
    except pkcs11.exceptions.UserAlreadyLoggedIn:
        opened = found.open(rw=True)
    return opened


@pytest.mark.promise("P10")
@pytest.mark.asvs("13.3.3", "11.2.2")
@pytest.mark.feature("D7")
def test_every_use_signs_in_the_module_but_the_root(ring: KeyRing, tmp_path: Path) -> None:
    places = {key.use: key.place for key in ring.list_keys()}
    assert places.pop(KeyUse.TRUST) is KeyPlace.FILE
    assert set(places.values()) == {KeyPlace.MODULE}
    assert [path.name for path in (tmp_path / "keys").glob("*.pem")] == []
    for use in places:
        signer = ring.signer(use)
        key = ring.find(signer.kid)
        assert key is not None
        assert signing.kid_of(key.public) == key.kid
        signature = signer.sign(b"message")
        assert len(signature) == signing.SIGNATURE_SIZE
        assert signing.verify_es256(key.public, b"message", signature)
    listed = trust_list.read(ring.trust_list(), ring.roots())
    assert {key.use for key in listed.keys.values()} < set(places)


def test_a_thousand_signatures_hold(ring: KeyRing) -> None:
    """Each r and s has 32 bytes, also where it begins with zeros (8 of 1,000 do)."""
    signer = ring.signer(KeyUse.PERMIT)
    key = ring.find(signer.kid)
    assert key is not None
    for number in range(1_000):
        message = number.to_bytes(2, "big")
        assert signing.verify_es256(key.public, message, signer.sign(message))


def test_tokens_and_status_lists_as_jwt_are_signed_in_the_module(ring: KeyRing) -> None:
    tokens = AccessTokens(ring, ISSUER, timedelta(minutes=30))
    token = tokens.create_access_token({"sub": "7f1c"}, NOW)
    assert tokens.read_access_token(token, NOW)["sub"] == "7f1c"
    assert jwt.get_unverified_header(token)["kid"] == ring.signer(KeyUse.TOKEN).kid.hex()


@pytest.mark.promise("P10")
@pytest.mark.asvs("13.3.3")
def test_no_private_value_comes_out(ring: KeyRing, token: Token) -> None:
    looking = session(token)
    found = list(looking.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY}))
    assert len(found) == len(KeyUse) - 1
    for private in found:
        with pytest.raises(pkcs11.exceptions.AttributeSensitive):
            private[Attribute.VALUE]
        flags = (Attribute.SENSITIVE, Attribute.NEVER_EXTRACTABLE, Attribute.LOCAL)
        assert [private[flag] for flag in flags] == [True] * 3
        assert (private[Attribute.EXTRACTABLE], private[Attribute.DERIVE]) == (False, False)
        for flag, value in ((Attribute.EXTRACTABLE, True), (Attribute.SENSITIVE, False)):
            with pytest.raises(pkcs11.exceptions.AttributeReadOnly):
                private[flag] = value
    named = {private[Attribute.ID] for private in found}
    assert named == {key.kid for key in ring.list_keys() if key.use is not KeyUse.TRUST}


@pytest.mark.asvs("16.2.5")
def test_neither_pin_nor_key_shows(module: HardwareModule, ring: KeyRing) -> None:
    assert PIN not in repr(ring.signer(KeyUse.PERMIT)) + repr(module)


@pytest.mark.promise("P24")
def test_a_lost_session_is_opened_anew_and_the_signature_is_made(ring: KeyRing) -> None:
    signer = ring.signer(KeyUse.PERMIT)
    key = ring.find(signer.kid)
    assert key is not None
    for _ in range(3):
        assert signing.verify_es256(key.public, b"a", signer.sign(b"a"))
        pkcs11.lib(str(softhsm.find())).reinitialize()  # every handle of the process is void
    assert signing.verify_es256(key.public, b"b", signer.sign(b"b"))


@pytest.mark.promise("P24")
def test_while_the_token_is_away_nothing_is_signed_and_then_it_is(
    ring: KeyRing, token: Token
) -> None:
    signer = ring.signer(KeyUse.PERMIT)
    signer.sign(b"before")
    token.things.rename(token.folder / "pulled out")
    for _ in range(3):
        with pytest.raises(ModuleAway):
            signer.sign(b"meanwhile")
    assert ring.signer(KeyUse.PERMIT).kid == signer.kid  # which key signs is known without it
    (token.folder / "pulled out").rename(token.things)
    key = ring.find(signer.kid)
    assert key is not None
    assert signing.verify_es256(key.public, b"after", signer.sign(b"after"))


def test_several_threads_sign_at_once(ring: KeyRing) -> None:
    signer, made = ring.signer(KeyUse.PERMIT), list[bytes]()

    def sign() -> None:
        made.extend(signer.sign(b"message") for _ in range(50))

    threads = [Thread(target=sign) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    key = ring.find(signer.kid)
    assert key is not None
    assert len(set(made)) == 200
    assert all(signing.verify_es256(key.public, b"message", one) for one in made)


def test_two_houses_share_the_login_of_a_process(
    ring: KeyRing, module: HardwareModule, token: Token, tmp_path: Path
) -> None:
    other = HardwareModule(str(softhsm.find()), token.label, PIN)
    key = ring.find(ring.signer(KeyUse.PERMIT).kid)
    assert key is not None
    for one in (module, other, module):
        assert signing.verify_es256(key.public, b"x", one.open(key).sign(b"x"))


@pytest.mark.asvs("6.3.1")
def test_a_wrong_pin_is_tried_once(ring: KeyRing, token: Token) -> None:
    wrong = HardwareModule(str(softhsm.find()), token.label, "000000")
    pkcs11.lib(str(softhsm.find())).reinitialize()  # nobody is logged in
    for words in ("refuses the PIN", "not tried again", "not tried again"):
        with pytest.raises(KeyUnusable, match=words):
            wrong.sign(ring.signer(KeyUse.PERMIT).kid, b"1" * 32)


def test_a_key_that_the_module_does_not_have(ring: KeyRing) -> None:
    key = ring.list_keys()[0]
    stranger = replace(key, kid=b"nobody's")
    with pytest.raises(KeyUnusable, match="no key of this name"):
        ring.house.open(stranger).sign(b"message")
    assert ring.signer(KeyUse.PERMIT).sign(b"message")  # the session goes on


def test_another_key_under_the_name_is_noticed(ring: KeyRing) -> None:
    permit, status = (ring.find(ring.signer(u).kid) for u in (KeyUse.PERMIT, KeyUse.STATUS))
    assert permit is not None
    assert status is not None
    with pytest.raises(KeyUnusable, match="does not hold"):
        ring.house.open(replace(permit, public=status.public)).sign(b"message")


def test_without_the_library_the_reason_is_told(tmp_path: Path) -> None:
    module = HardwareModule(str(tmp_path / "none.so"), "x", "y")
    with pytest.raises(ModuleAway):
        module.check()


def test_a_key_of_the_module_needs_the_module(ring: KeyRing, tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable, match="none is set"):
        KeyRing(tmp_path / "keys", WORDS, ISSUER).signer(KeyUse.PERMIT)


@pytest.mark.promise("P10")
def test_files_and_module_take_turns(ring: KeyRing, tmp_path: Path) -> None:
    """A house moves into a module by one rotation, and the keys before verify on."""
    files = KeyRing(tmp_path / "other", WORDS, ISSUER)
    files.prepare(NOW)
    before = files.signer(KeyUse.PERMIT)
    moved = KeyRing(tmp_path / "other", WORDS, ISSUER, ring.house.module)
    waiting = moved.create(KeyUse.PERMIT, NOW, lambda _: None)
    key_acts.publish(moved, NOW)
    key_acts.activate(moved, waiting.kid, NOW + PUBLISHED_AHEAD)
    assert (moved.signer(KeyUse.PERMIT).kid, waiting.place) == (waiting.kid, KeyPlace.MODULE)
    owed = moved.signer_of(before.kid).sign(b"owed")
    assert signing.verify_es256(moved.verifying(KeyUse.PERMIT)[before.kid], b"owed", owed)


CHILD = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from app.adapters.key_modules import HardwareModule
from app.adapters.keyring import KeyRing
from permits.signing import KeyUse
module = HardwareModule(*sys.argv[2:5])
ring = KeyRing(Path(sys.argv[1]), "correct horse", "https://vereda.example", module)
print(ring.signer(KeyUse.PERMIT).sign(b"parent").hex(), flush=True)
if os.fork() == 0:
    print(ring.signer(KeyUse.PERMIT).sign(b"child").hex(), flush=True)
    os._exit(0)
os.wait()
print(ring.signer(KeyUse.PERMIT).sign(b"parent").hex(), flush=True)
"""


def test_a_process_that_was_forked_off_logs_in_by_itself(ring: KeyRing, token: Token) -> None:
    words = [str(ring.house.folder), str(softhsm.find()), token.label, PIN]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CHILD, *words],
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    )
    key = ring.find(ring.signer(KeyUse.PERMIT).kid)
    assert key is not None
    messages = (b"parent", b"child", b"parent")
    for message, line in zip(messages, done.stdout.split(), strict=True):
        assert signing.verify_es256(key.public, message, bytes.fromhex(line))
