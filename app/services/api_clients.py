"""Programs of other institutions: added, given another secret, ended."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from app.services.accounts import may, scope_faults
from app.services.work import Work
from app.storage import api_clients
from app.storage.api_clients import ApiClient as ApiClient
from permits import base64url
from permits.api_clients import OVERLAP, check_client, check_overlap, check_secret
from permits.audit import Act
from permits.errors import Conflict, NotFound, refuse_if
from permits.people import Permission, PersonId, Role, Scope, actor_in

HOURS = int(OVERLAP.total_seconds() // 3600)
PAGE = 100


@dataclass(frozen=True)
class Secret:
    """A new secret: shown once, and kept only as a hash."""

    client: str
    text: str


def list_clients(work: Work, after: str = "") -> list[ApiClient]:
    """A page of programs by their short name, ended ones too: PAGE, and one more where more are."""
    may(work, Permission.API_CLIENT_MANAGE)
    return api_clients.list_api_clients(work.session, PAGE + 1, after)


def walk_clients(work: Work) -> Iterator[ApiClient]:
    """Every program, page by page."""
    after = ""
    while found := list_clients(work, after):
        yield from found
        after = found[-1].client


def add_client(
    work: Work,
    client: str,
    name: str,
    role: Role,
    permissions: Collection[Permission],
    scope: Scope | None = None,
) -> Secret:
    """Register a program that acts for itself, with part of what a role permits.

    Invalid with every fault, Conflict("client-exists"); Forbidden where its secret would let an
    administrator read files.
    """
    may(work, Permission.API_CLIENT_MANAGE)
    scope = scope or Scope()
    check_client(client, name, role, permissions)
    refuse_if(scope_faults(work, role, scope))
    check_secret(work.actor, permissions)
    if api_clients.find_api_client(work.session, client) is not None:
        raise Conflict("client-exists")
    actor = actor_in(PersonId(work.new_id()), role, name.strip(), scope).bounded(permissions)
    secret = _secret(work, client)
    hashed = work.ports.passwords.hash(secret.text)
    facts = {
        "client": client,
        "role": role.value,
        "scope": " ".join(sorted(one.value for one in permissions)),
    }
    event = work.event(Act.API_CLIENT_ADDED, actor.person, facts)
    added = ApiClient(client, actor, hashed, disabled=False)
    api_clients.add_api_client(work.session, added, work.now, event=event)
    return secret


def rotate_client(work: Work, client: str, hours: int = HOURS) -> Secret:
    """Give a program another secret; the one of now counts for so many hours more (0 to 72)."""
    may(work, Permission.API_CLIENT_MANAGE)
    overlap = check_overlap(hours)
    found = _lock(work, client)
    check_secret(work.actor, found.actor.allowed)
    secret = _secret(work, client)
    hashed = work.ports.passwords.hash(secret.text)
    event = work.event(Act.API_CLIENT_ROTATED, found.actor.person, {"client": client})
    until = work.now + overlap
    api_clients.rotate_secret(work.session, found, hashed, until, event=event)
    return secret


def disable_client(work: Work, client: str) -> None:
    """End a program for good: no new token, and those it has open nothing from now on."""
    may(work, Permission.API_CLIENT_MANAGE)
    found = _lock(work, client)
    event = work.event(Act.API_CLIENT_DISABLED, found.actor.person, {"client": client})
    api_clients.set_disabled(work.session, client, work.now, event=event)


def _lock(work: Work, client: str) -> ApiClient:
    found = api_clients.lock_api_client(work.session, client)
    if found is None:
        raise NotFound("no-such-client")
    if found.disabled:
        raise Conflict("client-disabled")
    return found


def _secret(work: Work, client: str) -> Secret:
    text = base64url.encode(work.ports.chance.token(32))
    return Secret(client, text)
