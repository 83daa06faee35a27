"""Signing in at an agency's own provider (OpenID Connect), and whose account that opens."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from app.services import sign_in
from app.services.ports import FederatedIdentity as FederatedIdentity
from app.services.sign_in import Refusal, SignIn
from app.services.work import Work, token_hash
from app.storage import accounts, federation, sessions, sign_in_steps
from app.storage.accounts import Account
from app.storage.federation import Asking as Asking
from permits import base64url
from permits.audit import Act
from permits.errors import Unauthenticated

WAY = "openid"
TIME_TO_COME_BACK = timedelta(minutes=10)


@dataclass(frozen=True)
class Beginning:
    """Where the browser goes, and the token that it keeps to show that it is the same one."""

    url: str
    browser_token: str


def begin(work: Work, provider: str, after: str) -> Beginning:
    """Begin at a provider; `after` is the page that was wanted.

    NotFound("no-such-provider"), or Conflict("provider-away"). The provider's own description is
    cached, so that the transaction waits for it once an hour.
    """
    state, nonce, verifier, browser = (_random(work) for _ in range(4))
    url = work.ports.openid.begin(provider, state, nonce, verifier)
    ends = work.now + TIME_TO_COME_BACK
    asking = Asking(token_hash(state), token_hash(browser), provider, nonce, verifier, after, ends)
    federation.add_asking(work.session, asking)
    return Beginning(url, browser)


def take_asking(work: Work, state: str, browser_token: str) -> Asking:
    """What this browser asked, once. Unauthenticated("provider-refused") for anybody else."""
    asking = federation.take_asking(work.session, token_hash(state), token_hash(browser_token))
    if asking is None or work.now >= asking.expires_at:
        raise Unauthenticated("provider-refused", reason="asking")
    return asking


def finish(work: Work, identity: FederatedIdentity, browser: str = "", known: str = "") -> SignIn:
    """Let in whose identity it is; at the first time it is bound to the account of its address.

    The address counts once, and only where the provider verified it and speaks for its domain;
    from then on issuer and subject are the identity, whatever address stands there. Who has no
    account is refused: providers know who somebody is, and nothing of what they may do here.
    """
    account = _known(work, identity) or _bind(work, identity)
    if account is None:
        return refuse(work, "no-account")
    return sign_in.admit(work, account, WAY, strong=identity.strong, browser=browser, known=known)


def refuse(work: Work, reason: str) -> SignIn:
    """Note that nobody was let in, and why; the person is told less than the log."""
    event = work.event(Act.PROVIDER_REFUSED, work.actor.person, {"reason": reason})
    sessions.note_event(work.session, event=event)
    away = reason == "provider-away"
    return SignIn(refusal=Refusal.PROVIDER_AWAY if away else Refusal.PROVIDER_REFUSED)


def is_known(work: Work, known: str) -> bool:
    """Whether somebody signed in before from the browser with this token."""
    return sign_in_steps.is_anybodys_browser(work.session, token_hash(known))


def _known(work: Work, identity: FederatedIdentity) -> Account | None:
    person = federation.find_person(work.session, identity.issuer, identity.subject)
    return accounts.find_account_of(work.session, person) if person else None


def _bind(work: Work, identity: FederatedIdentity) -> Account | None:
    """The account of the verified address, bound to this identity from now on."""
    account = accounts.find_account(work.session, identity.email) if identity.email else None
    if account is None or account.disabled:
        return None
    if federation.has_identity(work.session, account.person, identity.issuer):
        return None  # the address was given to somebody else, who is not this account's holder
    facts = {"provider": urlsplit(identity.issuer).hostname or ""}
    event = work.event(Act.IDENTITY_LINKED, account.person, facts)
    federation.add_identity(
        work.session, identity.issuer, identity.subject, account.person, work.now, event=event
    )
    return account


def _random(work: Work) -> str:
    """43 characters of base64url, 256 bits: what a PKCE verifier needs at least (RFC 7636)."""
    return base64url.encode(work.ports.chance.token(32))
