"""Whose account an identity of an agency's provider opens, and whose it never does."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from app.services import federation
from app.services.ports import Ports
from app.services.sign_in import Refusal
from app.services.work import Work
from app.storage import account_locks, accounts
from app.storage.database import Session
from permits.accounts import LockReason
from permits.audit import Act
from permits.errors import NotFound, Unauthenticated
from permits.people import NOBODY, SYSTEM, Actor, PersonId, Role
from tests.builders import NOW, work_of

MAIL = "lucia@setrass.example"


@dataclass(frozen=True)
class Identity:
    """Who a provider says it is."""

    subject: str = "u-1"
    email: str | None = MAIL
    strong: bool = True
    issuer: str = "https://idp.setrass.example"


@dataclass
class Provider:
    """A provider that sends everybody to one address."""

    begun: list[tuple[str, str, str, str]] = field(default_factory=list)

    def labels(self) -> list[tuple[str, str]]:
        return [("setrass", "SETRASS")]

    def begin(self, key: str, state: str, nonce: str, verifier: str) -> str:
        if key != "setrass":
            raise NotFound("no-such-provider")
        self.begun.append((key, state, nonce, verifier))
        return f"https://idp.setrass.example/auth?state={state}"

    def finish(
        self, key: str, code: str, issuer: str | None, nonce: str, verifier: str, now: datetime
    ) -> Identity:
        return Identity()


def visitor(session: Session, ports: Ports, now: datetime = NOW) -> Work:
    return work_of(session, NOBODY, replace(ports, openid=Provider()), now)


def official(session: Session, ports: Ports, email: str = MAIL) -> Actor:
    """An official of SETRASS whose account nobody ever signed in to."""
    actor = Actor(PersonId(uuid4()), Role.SETRASS_OFFICER, "Lucía Mejía")
    work = work_of(session, SYSTEM, ports)
    event = work.event(Act.ACCOUNT_ADDED, actor.person, {"role": actor.role.value})
    account = accounts.Account.of(actor, email, None)
    accounts.add_account(session, account, SYSTEM.person, NOW, event=event)
    return actor


@pytest.mark.feature("D3")
@pytest.mark.asvs("6.8.1")
def test_the_verified_address_opens_the_account_once_and_the_subject_ever_after(
    session: Session, ports: Ports
) -> None:
    lucia = official(session, ports)
    work = visitor(session, ports)
    assert federation.finish(work, Identity()).actor.person == lucia.person
    married = Identity(email="lucia.paz@setrass.example")
    assert federation.finish(work, married).actor.person == lucia.person
    successor = Identity(subject="u-2")
    assert federation.finish(work, successor).refusal is Refusal.PROVIDER_REFUSED


@pytest.mark.parametrize(
    "identity", [Identity(email=None), Identity(email="otra@setrass.example")], ids=str
)
def test_who_has_no_account_is_not_let_in(
    session: Session, ports: Ports, identity: Identity
) -> None:
    official(session, ports)
    refused = federation.finish(visitor(session, ports), identity)
    assert (refused.token, refused.refusal) == ("", Refusal.PROVIDER_REFUSED)


def test_the_same_subject_of_another_issuer_is_somebody_else(
    session: Session, ports: Ports
) -> None:
    official(session, ports)
    work = visitor(session, ports)
    federation.finish(work, Identity())
    other = Identity(email=None, issuer="https://idp.inm.example")
    assert federation.finish(work, other).refusal is Refusal.PROVIDER_REFUSED


def test_a_locked_account_stays_locked_whatever_the_provider_says(
    session: Session, ports: Ports
) -> None:
    lucia = official(session, ports)
    work = visitor(session, ports)
    federation.finish(work, Identity())
    event = work.event(Act.ACCOUNT_LOCKED, lucia.person, {"reason": "left-service"})
    account_locks.close_account(session, lucia.person, LockReason.LEFT_SERVICE, NOW, event=event)
    assert federation.finish(work, Identity()).token == ""


@pytest.mark.asvs("10.1.2")
def test_only_the_browser_that_began_it_comes_back_and_once(session: Session, ports: Ports) -> None:
    work = visitor(session, ports)
    provider = work.ports.openid
    assert isinstance(provider, Provider)
    begun = federation.begin(work, "setrass", "/bandeja")
    _, state, nonce, verifier = provider.begun[0]
    assert len({state, nonce, verifier, begun.browser_token}) == 4
    assert min(map(len, (state, nonce, verifier))) == 43
    asking = federation.take_asking(work, state, begun.browser_token)
    assert (asking.provider, asking.nonce, asking.verifier, asking.after) == (
        "setrass",
        nonce,
        verifier,
        "/bandeja",
    )
    with pytest.raises(Unauthenticated):
        federation.take_asking(work, state, begun.browser_token)


@pytest.mark.parametrize("what", ["another browser", "another state", "too late"])
def test_who_comes_back_with_something_else_is_refused(
    session: Session, ports: Ports, what: str
) -> None:
    work = visitor(session, ports)
    provider = work.ports.openid
    assert isinstance(provider, Provider)
    begun = federation.begin(work, "setrass", "")
    state = "another" if what == "another state" else provider.begun[0][1]
    browser = "another" if what == "another browser" else begun.browser_token
    later = timedelta(minutes=10) if what == "too late" else timedelta()
    with pytest.raises(Unauthenticated) as refused:
        federation.take_asking(replace(work, now=NOW + later), state, browser)
    assert refused.value.code == "provider-refused"


def test_an_unknown_provider_is_not_found(session: Session, ports: Ports) -> None:
    with pytest.raises(NotFound):
        federation.begin(visitor(session, ports), "inm", "")
