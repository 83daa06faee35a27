"""What everybody may fetch, as files: the lists that verifying asks, so that it asks no database.

    trust-list.cwt              the keys that may be believed
    st/aggregation.json         the addresses of all our lists
    st/<number>.cwt, .jwt       one list, in both forms
    st/partners/<name>.cwt      the list of another country's issuer, as it signed it

The worker writes them once a publication is committed. Where they are not there yet, what stands
in the database is told instead.
"""

from hashlib import sha256

from app.services.work import Work
from app.storage import status_lists
from app.storage.outbox import Effect
from permits import cose
from permits.errors import NotFound
from permits.status_list import (
    StatusList,
    StatusLists,
    list_uri,
    read_claims,
    write_aggregation,
)
from permits.trust_list import TrustList

EFFECT = "put-out-list"

TRUST, AGGREGATION, LISTS, PARTNERS = (
    "trust-list.cwt",
    "st/aggregation.json",
    "st",
    "st/partners",
)
CWT, JWT = "cwt", "jwt"

SAMPLE = "demo/partner.txt"
"""The demonstration's permit of another country: its text, and a line with its instant."""


def effect_of(number: int, version: int) -> Effect:
    """What has to follow the commit of a publication."""
    return Effect(EFFECT, f"put-out:{number}:{version}", {"list": number})


def name_of(number: int, form: str) -> str:
    """The file of one of our lists."""
    return f"{LISTS}/{number}.{form}"


def partner_key(uri: str) -> str:
    """The name of another issuer's list: drawn from its address, which may hold anything."""
    return sha256(uri.encode()).hexdigest()[:16]


def partner_name(uri: str) -> str:
    """The file of another issuer's list."""
    return f"{PARTNERS}/{partner_key(uri)}.{CWT}"


def put_out(work: Work, number: int) -> int:
    """Write the files of one list as it is committed; returns how many changed.

    The newest that is committed is read while nobody else writes: whoever comes last, no list ever
    takes the place of a newer one.
    """
    public = work.ports.public
    with public.alone():
        found = status_lists.find_published(work.session, number)
        if found is None:
            return 0
        changed = public.put(name_of(number, CWT), found.cwt)
        changed |= public.put(name_of(number, JWT), found.jwt.encode())
        return int(changed) + _put_out_around(work)


def put_out_all(work: Work) -> int:
    """Write whatever is not as it should be, as on a new disk or after a restore."""
    numbers = [one.list for one in status_lists.list_published(work.session)]
    changed = sum(put_out(work, number) for number in numbers)
    with work.ports.public.alone():  # the keys are there before the first list too
        return changed + _put_out_around(work)


def _put_out_around(work: Work) -> int:
    public, numbers = work.ports.public, list_numbers(work)
    uris = [list_uri(work.ports.issuer, number) for number in numbers]
    changed = public.put(AGGREGATION, write_aggregation(uris)) if uris else False
    try:
        return int(changed) + public.put(TRUST, work.ports.keys.trust_list())
    except NotFound:  # none was brought from the root yet
        return int(changed)


def get_list(work: Work, number: int, form: str) -> bytes:
    """One of our lists in one form (`cwt`, `jwt`); NotFound before its first publication."""
    data = work.ports.public.get(name_of(number, form))
    if data is not None:
        return data
    found = status_lists.find_published(work.session, number)
    if found is None:
        raise NotFound("no-such-status-list")
    return found.cwt if form == CWT else found.jwt.encode()


def get_partner_list(work: Work, name: str) -> bytes:
    """The list of another country's issuer; NotFound("no-such-status-list")."""
    data = work.ports.public.get(f"{PARTNERS}/{name}.{CWT}")
    if data is None:
        raise NotFound("no-such-status-list")
    return data


def get_trust_list(work: Work) -> bytes:
    """The signed list of the keys that verifiers may trust; NotFound("no-trust-list")."""
    return work.ports.keys.trust_list()


def get_aggregation(work: Work) -> bytes:
    """The addresses of all our lists, as the IETF's draft writes them."""
    data = work.ports.public.get(AGGREGATION)
    if data is not None:
        return data
    numbers = [one.list for one in status_lists.list_published(work.session)]
    return write_aggregation(list_uri(work.ports.issuer, number) for number in numbers)


def get_sample(work: Work) -> str:
    """The text of the demonstration's permit of another country; NotFound("no-such-credential")."""
    data = work.ports.public.get(SAMPLE)
    if data is None:
        raise NotFound("no-such-credential")
    return data.decode().splitlines()[0]


def list_published(work: Work) -> list[StatusList]:
    """Every list as it is published, ours and our partners': what to take along, unverified."""
    return [told for told in map(_tell, list_tokens(work)) if told is not None]


def _tell(token: bytes) -> StatusList | None:
    """What a list says of itself; None where it says nothing."""
    try:
        return read_claims(cose.read_sign1(token).payload)
    except cose.Malformed:
        return None


def list_numbers(work: Work) -> list[int]:
    """Our lists that were put out, in order."""
    names = [name.removeprefix(f"{LISTS}/") for name in work.ports.public.names(LISTS)]
    return sorted(int(name[:-4]) for name in names if name.endswith(f".{CWT}"))


def read_trust(work: Work) -> TrustList:
    """The keys that may be believed now; NotFound("no-trust-list"), NotTrusted."""
    return work.ports.lists.trust(work.ports.keys.trust_list(), work.ports.keys.roots())


def read_lists(work: Work, trust: TrustList) -> StatusLists:
    """Every list that can be believed, ours and our partners', as it is published now."""
    return work.ports.lists.status_lists(list_tokens(work), trust)


def list_tokens(work: Work) -> list[bytes]:
    """Every signed list as a CWT, as it is published now."""
    public = work.ports.public
    own = [public.get(name_of(number, CWT)) for number in list_numbers(work)]
    if not own:
        own = [one.cwt for one in status_lists.list_published(work.session)]
    theirs = [public.get(name) for name in public.names(PARTNERS)]
    return [token for token in (*own, *theirs) if token is not None]
