"""A permit taken into a wallet: offered to its holder, fetched by the wallet, never a second right.

A token that does not hold, and a request that fits no permit, are answered in the standards' own
words (`WalletRefusal`) and remembered.
"""

from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.services import challenges
from app.services.credentials import read_credential
from app.services.refusals import record_refusal
from app.services.work import Work, token_hash
from app.storage import authorisations, credentials, wallet_codes
from app.storage.wallet_codes import Secret
from permits import qr, sd_jwt, wallets
from permits.audit import Act
from permits.authorisations import Authorisation, AuthorisationStatus, status_on
from permits.deadlines import legal_day
from permits.errors import Hidden, NotFound, Unauthenticated
from permits.issuing import Credential, CredentialState
from permits.permit_claims import read_claims
from permits.reach import EVERYTHING
from permits.wallets import HolderProof, WalletRefusal

NONCE = b"wallet-nonce"
TAKABLE = frozenset({AuthorisationStatus.GRANTED, AuthorisationStatus.ACTIVE})


@dataclass(frozen=True)
class Offer:
    """`link` opens a wallet; it holds a code for one use until `ends`."""

    link: str
    ends: datetime


@dataclass(frozen=True)
class Answer:
    """What a wallet is given, or why not."""

    given: str = ""
    refusal: WalletRefusal | None = None


def offer_permit(work: Work, credential: UUID) -> Offer:
    """Offer a permit to its holder's wallet; Hidden for everybody else, also for officials.

    NotFound while it is not signed yet, and once it was revoked or replaced.
    """
    permit = read_credential(work, credential, "wallet")
    if work.actor.person != permit.authorisation.worker:
        raise Hidden("no-such-credential")
    if not _can_be_taken(work, permit.credential, permit.authorisation):
        raise NotFound("no-such-credential")
    code, ends = _secret(work), work.now + wallets.CODE_HOLDS
    event = work.event(Act.CREDENTIAL_OFFERED, credential, {"number": permit.credential.number})
    wallet_codes.add_secret(
        work.session, token_hash(code), Secret.CODE, credential, ends, event=event
    )
    return Offer(wallets.offer_link(work.ports.public_url, code), ends)


def exchange_code(work: Work, code: str) -> Answer:
    """A token for the code of an offer: once, and only while the permit can be taken."""
    found = wallet_codes.take_code(work.session, token_hash(code), work.now)
    if found is None or _find_takable(work, found) is None:
        return _refuse(work, WalletRefusal.INVALID_GRANT)
    token, ends = _secret(work), work.now + wallets.TOKEN_HOLDS
    event = work.event(Act.TOKEN_CREATED, found, {"client": "wallet"})
    wallet_codes.add_secret(work.session, token_hash(token), Secret.TOKEN, found, ends, event=event)
    return Answer(token)


def make_nonce(work: Work) -> str:
    """Something for a wallet to sign; told to everybody, written down nowhere."""
    return sd_jwt.encode(challenges.make(work, NONCE, wallets.NONCE_HOLDS))


def holds(work: Work, token: str) -> bool:
    """Whether a token is one of ours that is not over."""
    return wallet_codes.lock_token(work.session, token_hash(token), work.now) is not None


def take_permit(work: Work, token: str, configuration: str, proof: str) -> Answer:
    """The permit as an SD-JWT VC for the key that the proof shows.

    1. the token holds, and the permit can still be taken; 2. it is asked for by its own name;
    3. the proof is signed by the key that it names, for us, a moment ago; 4. it answers a nonce
    of ours; 5. the token belongs to the first key that was shown with it; 6. the permit's own
    signed fields, each behind a digest, are signed anew for that key. Asked again with it while
    the token holds, as after a lost reply, it is given again.
    """
    hashed = token_hash(token)
    held = wallet_codes.lock_token(work.session, hashed, work.now)  # 1
    found = _find_takable(work, held.credential) if held else None
    if held is None or found is None:
        return _refuse(work, WalletRefusal.INVALID_TOKEN)
    if configuration != wallets.CONFIGURATION:  # 2
        return _refuse(work, WalletRefusal.UNKNOWN_CONFIGURATION)
    try:
        proven = work.ports.tokens.read_holder_proof(proof, work.ports.public_url, work.now)  # 3
    except Unauthenticated:
        return _refuse(work, WalletRefusal.INVALID_PROOF)
    if proven.nonce is None:
        return _refuse(work, WalletRefusal.INVALID_PROOF)
    if not _is_ours(work, proven.nonce):  # 4
        return _refuse(work, WalletRefusal.INVALID_NONCE)
    if held.key not in {"", proven.thumbprint}:  # 5
        return _refuse(work, WalletRefusal.INVALID_PROOF)
    wallet_codes.bind_token(work.session, hashed, proven.thumbprint)
    return Answer(_sign(work, found, proven))  # 6


def _sign(work: Work, credential: Credential, proven: HolderProof) -> str:
    permit = read_claims(qr.read(credential.text or "").payload)
    hidden = sd_jwt.conceal(wallets.hidden_claims(permit), lambda: work.ports.chance.token(16))
    claims = {
        **wallets.open_claims(permit, proven.jwk, work.now),
        "_sd": list(hidden.digests),
        "_sd_alg": sd_jwt.HASH,
    }
    event = work.event(Act.CREDENTIAL_TAKEN, credential.id, {"number": credential.number})
    credentials.note_reading(work.session, event=event)
    signed = work.ports.tokens.sign_wallet_credential(claims)
    return sd_jwt.compose(signed, hidden.disclosures)


def _find_takable(work: Work, credential: UUID) -> Credential | None:
    """A permit that can be taken; None for one that does not stand, or whose right does not."""
    vault = work.ports.vault
    found = credentials.get_credential(work.session, vault, credential, reach=EVERYTHING)
    right = authorisations.get_authorisation(work.session, found.authorisation, reach=EVERYTHING)
    return found if _can_be_taken(work, found, right) else None


def _can_be_taken(work: Work, credential: Credential, right: Authorisation) -> bool:
    issued = credential.state is CredentialState.ISSUED and credential.text is not None
    stands = status_on(right, legal_day(work.now)) in TAKABLE
    return issued and stands and work.now < credential.expires


def _is_ours(work: Work, nonce: str | None) -> bool:
    try:
        made = urlsafe_b64decode((nonce or "") + "==")
    except (NotBase64, ValueError):
        return False
    ends = challenges.end_of(work, NONCE, made)
    return ends is not None and work.now < ends


def _secret(work: Work) -> str:
    return sd_jwt.encode(work.ports.chance.token(32))


def _refuse(work: Work, refusal: WalletRefusal) -> Answer:
    record_refusal(work, refusal.value, "wallet")
    return Answer(refusal=refusal)
