"""A permit for a wallet: whose it is, once for a code, and never a permit that does not stand."""

import json
from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.services import own_data, wallets
from app.services.credentials import find_permit_of, read_credential, revoke_credential
from app.services.work import Work
from app.storage import audit
from permits import qr, sd_jwt
from permits.audit import Act
from permits.errors import Conflict, Hidden, NotFound
from permits.issuing import RevocationReason
from permits.people import NOBODY, Role
from permits.permit_claims import read_claims
from permits.wallets import (
    CODE_HOLDS,
    CONFIGURATION,
    NONCE_HOLDS,
    OPEN,
    TOKEN_HOLDS,
    Asked,
    WalletRefusal,
)
from tests.builders import Story
from tests.rights import RightStory
from tests.wallets import KEY, code_of, jwk_of, proof

pytestmark = pytest.mark.feature("W13")


@pytest.fixture
def signed(story: Story) -> Story:
    """With a permit that is signed."""
    return story.start().submit().approve().sign()


def credential_of(story: Story) -> UUID:

    found = find_permit_of(story.work(story.worker), story.id)
    assert found is not None
    return found.credential.id


def later(work: Work, by: timedelta) -> Work:
    return Work(work.session, work.actor, work.now + by, work.ports, work.request)


def proven(work: Work, **changes: object) -> str:
    """A wallet's proof for us at this instant, with a nonce of ours."""
    claims = {
        "aud": work.ports.public_url,
        "iat": int(work.now.timestamp()),
        "nonce": wallets.make_nonce(work),
    }
    return proof({**claims, **changes})


def token_of(story: Story) -> str:
    link = wallets.offer_permit(story.work(story.worker), credential_of(story)).link
    answer = wallets.exchange_code(story.work(NOBODY), code_of(link))
    assert answer.refusal is None
    return answer.given


def disclosed(given: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The signed claims (the tests' tokens are plain), and what the disclosures say."""
    token, *disclosures, end = given.split("~")
    assert end == ""
    read = [json.loads(urlsafe_b64decode(one + "==")) for one in disclosures]
    claims = json.loads(token.removeprefix("wallet-"))
    assert claims["_sd"] == sorted(map(sd_jwt.digest, disclosures))
    return claims, {name: value for _, name, value in read}


def test_the_fields_of_the_permit_are_in_it_and_only_what_names_nobody_is_open(
    signed: Story,
) -> None:
    work, token = signed.work(NOBODY), token_of(signed)
    answer = wallets.take_permit(work, token, Asked(CONFIGURATION, proven(work)))
    claims, hidden = disclosed(answer.given)

    found = find_permit_of(signed.work(signed.worker), signed.id)
    assert found is not None
    permit = read_claims(qr.read(found.credential.text or "").payload)
    assert claims["cnf"] == {"jwk": jwk_of()}
    assert claims["exp"] == int(permit.expires.timestamp())
    assert claims["status"]["status_list"]["idx"] == permit.status_index
    assert claims.keys() >= OPEN
    assert hidden["full_name"] == permit.full_name
    assert hidden["sex"] == permit.sex.value
    assert OPEN & hidden.keys() == set()
    told = json.dumps(claims)
    for name in (permit.full_name, permit.document_number, permit.number, permit.employer_name):
        assert name not in told
    acts = [event.act for event in audit.list_events(work.session, found.credential.id)]
    assert acts[-3:] == [Act.CREDENTIAL_OFFERED, Act.TOKEN_CREATED, Act.CREDENTIAL_TAKEN]
    (look,) = own_data.read_overview(signed.work(signed.worker)).looks
    assert (look.act, look.role) == (Act.CREDENTIAL_TAKEN, Role.ANYONE)  # so that a thief is seen


def test_only_its_holder_is_offered_it(signed: Story) -> None:
    credential = credential_of(signed)
    for actor in (signed.setrass, signed.inm):
        with pytest.raises(Hidden):
            wallets.offer_permit(signed.work(actor), credential)
    stranger = Story(signed.session, signed.ports).start()
    with pytest.raises((Hidden, NotFound)):
        wallets.offer_permit(signed.work(stranger.worker), credential)


def test_a_code_is_used_once_and_not_for_long(signed: Story) -> None:
    work = signed.work(NOBODY)
    offer = wallets.offer_permit(signed.work(signed.worker), credential_of(signed))
    code = code_of(offer.link)
    over = wallets.exchange_code(later(work, CODE_HOLDS), code)
    assert over.refusal is WalletRefusal.INVALID_GRANT
    assert wallets.exchange_code(work, code).refusal is WalletRefusal.INVALID_GRANT  # used by it
    token = token_of(signed)
    assert wallets.exchange_code(work, token).refusal is WalletRefusal.INVALID_GRANT
    assert wallets.exchange_code(work, "").refusal is WalletRefusal.INVALID_GRANT


def test_a_lost_answer_is_given_again_while_the_token_holds(signed: Story) -> None:
    work, token = signed.work(NOBODY), token_of(signed)
    for _ in range(2):
        answer = wallets.take_permit(work, token, Asked(CONFIGURATION, proven(work)))
        assert answer.refusal is None
    after = later(work, TOKEN_HOLDS)
    refused = wallets.take_permit(after, token, Asked(CONFIGURATION, proven(after)))
    assert refused.refusal is WalletRefusal.INVALID_TOKEN


def test_a_token_serves_the_first_key_that_showed_it_and_no_other(signed: Story) -> None:
    work, token = signed.work(NOBODY), token_of(signed)
    other = ec.generate_private_key(ec.SECP256R1())
    claims = {"aud": work.ports.public_url, "iat": int(work.now.timestamp())}
    for key, refusal in ((KEY, None), (other, WalletRefusal.INVALID_PROOF), (KEY, None)):
        told = {**claims, "nonce": wallets.make_nonce(work)}
        shown = proof(told, {"jwk": jwk_of(key)}, key)
        answer = wallets.take_permit(work, token, Asked(CONFIGURATION, shown))
        assert (answer.refusal, bool(answer.given)) == (refusal, refusal is None)


def test_each_thing_that_is_wrong_has_the_standards_word(signed: Story) -> None:
    work, token = signed.work(NOBODY), token_of(signed)
    old = later(work, -NONCE_HOLDS)
    link = wallets.offer_permit(signed.work(signed.worker), credential_of(signed)).link
    wrong = {
        (code_of(link), CONFIGURATION, proven(work)): WalletRefusal.INVALID_TOKEN,
        ("", CONFIGURATION, proven(work)): WalletRefusal.INVALID_TOKEN,
        (token, "passport", proven(work)): WalletRefusal.UNKNOWN_CONFIGURATION,
        (token, CONFIGURATION, "a.b.c"): WalletRefusal.INVALID_PROOF,
        (token, CONFIGURATION, proven(work, aud="https://x.example")): WalletRefusal.INVALID_PROOF,
        (token, CONFIGURATION, proven(work, nonce=None)): WalletRefusal.INVALID_PROOF,
        (token, CONFIGURATION, proven(work, nonce="ñ")): WalletRefusal.INVALID_NONCE,
        (token, CONFIGURATION, proven(work, nonce="AAAA")): WalletRefusal.INVALID_NONCE,
        (token, CONFIGURATION, proven(work, nonce=wallets.make_nonce(old))): (
            WalletRefusal.INVALID_NONCE
        ),
    }
    said = {
        asked: wallets.take_permit(work, asked[0], Asked(*asked[1:])).refusal for asked in wrong
    }
    assert said == wrong


def test_a_permit_that_does_not_stand_is_offered_and_given_to_nobody(signed: Story) -> None:
    work, credential, token = signed.work(NOBODY), credential_of(signed), token_of(signed)
    offer = wallets.offer_permit(signed.work(signed.worker), credential)
    revoke(signed, credential)
    refused = wallets.take_permit(work, token, Asked(CONFIGURATION, proven(work)))
    assert refused.refusal is WalletRefusal.INVALID_TOKEN
    code = wallets.exchange_code(work, code_of(offer.link))
    assert code.refusal is WalletRefusal.INVALID_GRANT
    with pytest.raises(Conflict, match="permit-not-"):
        wallets.offer_permit(signed.work(signed.worker), credential)


def test_nor_one_whose_right_is_suspended(signed: Story) -> None:
    work, credential, token = signed.work(NOBODY), credential_of(signed), token_of(signed)
    offer = wallets.offer_permit(signed.work(signed.worker), credential)
    RightStory(signed).suspend()
    with pytest.raises(Conflict, match="permit-not-"):
        wallets.offer_permit(signed.work(signed.worker), credential)
    assert wallets.exchange_code(work, code_of(offer.link)).given == ""
    refused = wallets.take_permit(work, token, Asked(CONFIGURATION, proven(work)))
    assert refused.refusal is WalletRefusal.INVALID_TOKEN


def test_nor_one_whose_days_are_over_or_that_is_not_signed_yet(story: Story) -> None:
    story.start().submit().approve()
    with pytest.raises(Conflict, match="permit-not-"):
        wallets.offer_permit(story.work(story.worker), credential_of(story))
    story.sign()
    over = later(story.work(story.worker), timedelta(days=400))
    with pytest.raises(Conflict, match="permit-not-"):
        wallets.offer_permit(over, credential_of(story))


def revoke(story: Story, credential: UUID) -> None:

    work = story.work(story.setrass)
    version = read_credential(work, credential, "api").credential.version
    revoke_credential(work, credential, RevocationReason.LOST, seen_version=version)
