"""Other registries: a list is brought as a file or fetched, and a number asked of what is there."""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO

from app.services.work import Work
from app.storage import outbox, registries
from app.storage.registries import Import as Import
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Fault, Invalid, refuse_if
from permits.people import Permission
from permits.policies import check_permission
from recruitment.registries import (
    COLUMNS,
    Answer,
    Registry,
    RegistryInfo,
    is_fresh,
    normal_number,
    read_entries,
)

EFFECT = "follow-list"
"""What follows from another list is done by the worker process."""

MOST_BYTES = 8 * 1024 * 1024
SIGNER_LIMIT = 120


@dataclass(frozen=True)
class Brought:
    """A file as somebody brings it: its bytes, the day it is of, who signed it over there.

    `digest` is the SHA-256 that the sender told beside it, "" where none was told.
    """

    data: bytes
    as_of: date
    signer: str
    digest: str = ""
    source: str = "file"


@dataclass(frozen=True)
class RegistryState:
    """A registry as it stands here: its newest list, whether that still counts, who answers."""

    info: RegistryInfo
    newest: Import | None
    fresh: bool
    answers: bool


def list_states(work: Work) -> list[RegistryState]:
    """Every registry, for whoever keeps them."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    newest = registries.list_newest(work.session)
    return [state_of(work, one, newest) for one in Registry]


def state_of(work: Work, registry: Registry, newest: Mapping[Registry, Import]) -> RegistryState:
    """How one stands today."""
    info, last = work.ports.reference.registries[registry], newest.get(registry)
    fresh = last is not None and is_fresh(last.as_of, legal_day(work.now), info)
    live = work.ports.registries
    return RegistryState(info, last, fresh, live is not None and live.answers(registry))


def import_list(work: Work, registry: Registry, brought: Brought) -> Import:
    """Put a list in the place of the one before; Invalid with what is wrong, and nothing changes.

    An older list than the one that stands is refused: somebody sent yesterday's file again.
    """
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    digest = hashlib.sha256(brought.data).hexdigest()
    refuse_if(_faults(work, registry, brought, digest))
    entries = read_entries(_rows(brought.data))
    kept = Import(
        work.new_id(),
        registry,
        brought.source,
        brought.as_of,
        brought.signer.strip(),
        digest,
        len(entries),
        work.actor.person,
        work.now,
    )
    facts = {
        "registry": registry.value,
        "rows": len(entries),
        "digest": digest,
        "source": kept.source,
    }
    event = work.event(Act.REGISTRY_IMPORTED, kept.id, facts)
    registries.replace_entries(work.session, kept, entries, event=event)
    payload = {"registry": registry.value, "list": str(kept.id)}
    outbox.put(work.session, outbox.Effect(EFFECT, f"{EFFECT}:{kept.id}", payload), work.now)
    return kept


def fetch_list(work: Work, registry: Registry) -> Import:
    """Fetch a list from its service, as of today; OSError where it gave none."""
    live = work.ports.registries
    if live is None or not live.answers(registry):
        raise Invalid([Fault("registry-no-service", "registry")])
    holder = work.ports.reference.registries[registry].holder
    today = legal_day(work.now)
    return import_list(
        work, registry, Brought(live.fetch(registry), today, holder, source="service")
    )


def ask(work: Work, registry: Registry, number: str) -> Answer | None:
    """What a registry says of a number: over the network, else by its list; None for no answer."""
    live, wanted = work.ports.registries, normal_number(number)
    if live is not None and live.answers(registry):
        try:
            return live.ask(registry, wanted)
        except OSError:
            return None
    newest = registries.list_newest(work.session).get(registry)
    if newest is None:
        return None
    return Answer(registries.find_entry(work.session, registry, wanted), newest.as_of)


def _faults(work: Work, registry: Registry, brought: Brought, digest: str) -> list[Fault]:
    faults = []
    if not brought.data:
        faults.append(Fault("file-empty", "file"))
    if len(brought.data) > MOST_BYTES:
        faults.append(Fault("file-too-large", "file", {"limit_mb": MOST_BYTES // 1024 // 1024}))
    told = brought.digest.strip().lower()
    if told and told != digest:
        faults.append(Fault("registry-digest-differs", "digest"))
    if not brought.signer.strip():
        faults.append(Fault("missing", "signer"))
    elif len(brought.signer) > SIGNER_LIMIT:
        faults.append(Fault("too-long", "signer", {"limit": SIGNER_LIMIT}))
    newest = registries.list_newest(work.session).get(registry)
    if brought.as_of > legal_day(work.now):
        faults.append(Fault("date-in-future", "as_of"))
    elif newest is not None and brought.as_of < newest.as_of:
        faults.append(Fault("registry-older", "as_of"))
    return faults


def _rows(data: bytes) -> list[dict[str, str]]:
    try:
        reader = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        rows = [{name: str(row.get(name) or "") for name in COLUMNS} for row in reader]
    except (UnicodeDecodeError, csv.Error):
        raise Invalid([Fault("registry-not-csv", "file")]) from None
    if not set(COLUMNS) <= set(reader.fieldnames or ()):
        raise Invalid([Fault("registry-columns", "file", {"columns": ", ".join(COLUMNS)})])
    return rows
