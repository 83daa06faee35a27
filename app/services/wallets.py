"""A permit taken into a wallet: offered to its holder, fetched by the wallet, never a second right.

A token that does not hold, and a request that fits no permit, are answered in the standards' own
words (`WalletRefusal`) and remembered.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.services import challenges
from app.services.credentials import read_credential
from app.services.refusals import record_refusal
from app.services.sessions import fresh_token
from app.services.work import Work, token_hash
from app.storage import authorisations, credentials, wallet_secrets
from app.storage.wallet_secrets import Secret
from permits import base64url, qr, sd_jwt, wallets
from permits.audit import Act
from permits.authorisations import Authorisation, AuthorisationStatus, status_on
from permits.deadlines import legal_day
from permits.errors import Conflict, Hidden, Unauthenticated
from permits.issuing import Credential, CredentialState
from permits.permit_claims import read_claims
from permits.reach import EVERYTHING
from permits.wallets import Asked, HolderProof, WalletRefusal

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

    Conflict("permit-not-ready") while it is not signed yet, "permit-not-taken" where it or its
    right does not stand.
    """
    permit = read_credential(work, credential, "wallet")
    if work.actor.person != permit.authorisation.worker:
        raise Hidden("no-such-credential")
    if permit.credential.state is CredentialState.PENDING:
        raise Conflict("permit-not-ready")
    if not _can_be_taken(work, permit.credential, permit.authorisation):
        raise Conflict("permit-not-taken")
    code, ends = fresh_token(work), work.now + wallets.CODE_HOLDS
    event = work.event(Act.CREDENTIAL_OFFERED, credential, {"number": permit.credential.number})
    wallet_secrets.add_secret(
        work.session, token_hash(code), Secret.CODE, credential, ends, event=event
    )
    return Offer(wallets.offer_link(work.ports.public_url, code), ends)


def exchange_code(work: Work, code: str) -> Answer:
    """A token for the code of an offer: once, and only while the permit can be taken."""
    found = wallet_secrets.take_code(work.session, token_hash(code), work.now)
    if found is None or _find_takable(work, found) is None:
        return _refuse(work, WalletRefusal.INVALID_GRANT)
    token, ends = fresh_token(work), work.now + wallets.TOKEN_HOLDS
    event = work.event(Act.TOKEN_CREATED, found, {"client": "wallet"})
    wallet_secrets.add_secret(
        work.session, token_hash(token), Secret.TOKEN, found, ends, event=event
    )
    return Answer(token)


def make_nonce(work: Work) -> str:
    """Something for a wallet to sign; told to everybody, written down nowhere."""
    return base64url.encode(challenges.make(work, NONCE, wallets.NONCE_HOLDS))


def take_permit(work: Work, token: str, asked: Asked | WalletRefusal) -> Answer:
    """The permit as an SD-JWT VC for the key that the proof shows.

    `asked` is a refusal where the request could not be understood. 1. the token holds, and the
    permit can still be taken; 2. the request is one, and asks for a permit by its own name;
    3. the proof is signed by the key that it names, for us, a moment ago; 4. it answers a nonce
    of ours; 5. the token belongs to the first key that was shown with it; 6. the permit's own
    signed fields, each behind a digest, are signed anew for that key. Asked again with it while
    the token holds, as after a lost reply, it is given again.
    """
    hashed = token_hash(token)
    held = wallet_secrets.lock_token(work.session, hashed, work.now)  # 1
    found = _find_takable(work, held.credential) if held else None
    if held is None or found is None:
        return _refuse(work, WalletRefusal.INVALID_TOKEN)
    if isinstance(asked, WalletRefusal):  # 2
        return _refuse(work, asked)
    if asked.configuration != wallets.CONFIGURATION:
        return _refuse(work, WalletRefusal.UNKNOWN_CONFIGURATION)
    proven = _prove(work, asked.proof)  # 3, 4
    if isinstance(proven, WalletRefusal):
        return _refuse(work, proven)
    if held.holder_key not in {None, proven.thumbprint}:  # 5
        return _refuse(work, WalletRefusal.INVALID_PROOF)
    wallet_secrets.bind_token(work.session, hashed, proven.thumbprint)
    return Answer(_sign(work, found, proven))  # 6


def _prove(work: Work, proof: str) -> HolderProof | WalletRefusal:
    """The key that a proof shows; a proof that answers nothing is none (OpenID4VCI 8.3.1.2)."""
    ports = work.ports
    try:
        proven = ports.tokens.read_holder_proof(proof, ports.public_url, work.now)
    except Unauthenticated:
        return WalletRefusal.INVALID_PROOF
    if proven.nonce is None:
        return WalletRefusal.INVALID_PROOF
    return proven if _is_ours(work, proven.nonce) else WalletRefusal.INVALID_NONCE


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


def _is_ours(work: Work, nonce: str) -> bool:
    """Whether we made it, and not too long ago."""
    try:
        ends = challenges.end_of(work, NONCE, base64url.decode(nonce))
    except ValueError:
        return False
    return ends is not None and work.now < ends


def _refuse(work: Work, refusal: WalletRefusal) -> Answer:
    record_refusal(work, refusal.value, "wallet")
    return Answer(refusal=refusal)
