"""`vereda doctor`: what is well and what is not, each with its cure in one line."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from app.cli.surroundings import (
    database_url,
    read_settings,
    show,
    with_database,
    worker_url,
)
from app.settings import Settings

if TYPE_CHECKING:
    from app.storage.database import Engine

APP = Path(__file__).parent.parent
LEAST_FREE_MB = 500
MOST_SKEW_SECONDS = 5


@dataclass(frozen=True)
class Check:
    """One question, whether its answer is good, what was found and what to do if it is not."""

    check: str
    well: bool
    found: str
    cure: str


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Examine Python, disk, assets, wording, database and clock; exit 1 if any fails."""
    settings = read_settings()
    with with_database(settings) as ready:
        checks = [*examine_machine(ready), *examine_database(ready)]
    show(
        [{**asdict(check), "cure": "" if check.well else check.cure} for check in checks],
        as_json=as_json,
    )
    if not all(check.well for check in checks):
        raise typer.Exit(1)


def examine_machine(settings: Settings) -> Iterator[Check]:
    """What needs no database."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Check("python", sys.version_info >= (3, 11), version, "Install Python 3.11 or newer.")
    free = shutil.disk_usage(settings.data_dir).free // 2**20
    yield Check("disk", free >= LEAST_FREE_MB, f"{free} MB free", f"Free {LEAST_FREE_MB} MB.")
    built = (APP / "web" / "static" / "vendor").is_dir()
    yield Check("assets", built, "built" if built else "missing", "Run: make setup")
    stale = [
        str(path.relative_to(APP)) for path in sorted(APP.rglob("*.po")) if not _compiled(path)
    ]
    yield Check("wording", not stale, ", ".join(stale) or "compiled", "Run: make setup")
    yield _examine_programmes(settings)
    try:
        zone = str(ZoneInfo("America/Tegucigalpa"))
    except ZoneInfoNotFoundError:
        zone = ""
    yield Check("time zone", bool(zone), zone or "unknown", "Install the package tzdata.")


def _examine_programmes(settings: Settings) -> Check:
    """Whether every programme's file can be relied on: with a bad one nothing starts."""
    from app.adapters.bad_reference import BadReference
    from app.wiring import open_shelf

    try:
        found, well = f"{len(open_shelf(settings))} read", True
    except BadReference as bad:
        found, well = str(bad), False
    cure = "Correct the file, or take it out of VEREDA_PROGRAMMES_DIR."
    return Check("programmes", well, found, cure)


def examine_database(settings: Settings) -> Iterator[Check]:
    """Whether the database answers, is new enough, complete, and agrees on the time."""
    from app.storage import migrations
    from app.storage.database import ask_server, make_engine

    engine = make_engine(database_url(settings), pool_size=1)
    server = ask_server(engine)
    if server is None:
        yield Check("database", False, "no answer", "Start it, or correct VEREDA_DATABASE_URL.")
        return
    yield Check("database", server.major >= 18, f"PostgreSQL {server.major}", "Use PostgreSQL 18.")
    current, head = migrations.current(engine), migrations.head()
    yield Check("migrations", current == head, f"{current} of {head}", "Run: vereda db migrate")
    yield _examine_rights(settings)
    skew = abs((datetime.now(UTC) - server.now).total_seconds())
    yield Check(
        "clock", skew <= MOST_SKEW_SECONDS, f"{skew:.1f} s apart", "Synchronise both clocks (NTP)."
    )
    yield from examine_module(settings)
    if current == head:
        yield examine_log(engine, settings)
        yield from examine_agencies(engine, settings)
        yield examine_watch(engine, settings)
        yield examine_effects(engine)
        yield examine_complaints(engine)
        yield examine_rates(settings)
        yield from examine_keys(engine, settings)
    engine.dispose()


def examine_log(engine: "Engine", settings: Settings) -> Check:
    """Whether the log is sealed and its checkpoints leave; `vereda audit verify` checks it."""
    from app.services.anchoring import list_log_troubles, read_log_standing
    from app.storage.database import read_session_factory

    with read_session_factory(engine)() as session:
        standing = read_log_standing(session, settings.checkpoint_export)
    troubles = list_log_troubles(standing, datetime.now(UTC))
    if not settings.is_demo and settings.checkpoint_export.startswith(settings.data_dir.as_uri()):
        troubles.append("checkpoints lie beside the data")
    found = f"{standing.sealed} events sealed, checkpoints up to {standing.exported} exported"
    return Check(
        "log",
        not troubles,
        "; ".join([*troubles, found]),
        "Run: vereda worker; see VEREDA_CHECKPOINT_EXPORT and the worker's log.",
    )


def examine_agencies(engine: "Engine", settings: Settings) -> Iterator[Check]:
    """Whether the database asks the agencies that the programmes' files name."""
    from app.adapters.bad_reference import BadReference
    from app.services.agency_sets import find_unloaded
    from app.storage.database import read_session_factory
    from app.wiring import open_shelf

    try:
        programmes = list(open_shelf(settings).values())
    except BadReference:
        return  # told above
    with read_session_factory(engine)() as session:
        found = find_unloaded(session, programmes)
    told = f"not as in the file: {', '.join(found)}" if found else "as in the programmes' files"
    cure = "Run vereda programmes load FILE with VEREDA_DATABASE_OWNER_URL: it tells who decides."
    yield Check("agencies", not found, told, cure)


def examine_watch(engine: "Engine", settings: Settings) -> Check:
    """Whether the watch list can be read and answers; a service is asked about nobody here."""
    from app.adapters.outbound import Outbound
    from app.adapters.watch_lists import FileWatchList
    from app.neighbours import choose_watch_list
    from app.services.watch import count_unanswered
    from app.storage.database import read_session_factory

    try:
        listed = choose_watch_list(settings, Outbound(settings.outbound_allowed))
        entries = listed.count() if isinstance(listed, FileWatchList) else None
        found = "none: nobody is looked up" if listed is None else "a service"
        well, found = True, found if entries is None else f"a file, entries: {entries}"
    except OSError as error:
        well, found = False, str(error)
    with read_session_factory(engine)() as session:
        waiting = count_unanswered(session, datetime.now(UTC))
    if waiting:
        found += f"; {waiting} cases wait for its answer"
    cure = "Correct VEREDA_WATCH_LIST, and look at the worker's log."
    return Check("watch list", well and not waiting, found, cure)


def examine_effects(engine: "Engine") -> Check:
    """Whether anything was given up that somebody has to do now: how many and since when."""
    from app.services.effects import read_given_up
    from app.storage.database import read_session_factory

    with read_session_factory(engine)() as session:
        count, oldest = read_given_up(session, datetime.now(UTC))
    told = f"{count} given up" if count else "none given up"
    since = f", the first at {oldest.isoformat(timespec='seconds')}" if oldest else ""
    cure = "The worker's log says why. Messages stand in their cases: somebody calls the person."
    return Check("effects", not count, told + since, cure)


def examine_complaints(engine: "Engine") -> Check:
    """Whether nobody who left the complaints office still has the key to its cases."""
    from app.services.complaint_groups import list_leavers
    from app.storage.database import read_session_factory

    with read_session_factory(engine)() as session:
        left = len(list_leavers(session))
    told = f"{left} who left still have it" if left else "with who handles complaints alone"
    cure = "Who is unlocked takes it from them at /quejas/llave, which changes it for all."
    return Check("complaints key", not left, told, cure)


def examine_rates(settings: Settings) -> Check:
    """Whether the newest rate of each currency that is kept still tells what is paid today."""
    from app.adapters.bad_reference import BadReference
    from app.wiring import open_rates
    from permits.deadlines import legal_day

    cure, today = "Run: vereda lists load exchange-rates FILE --keep", legal_day(datetime.now(UTC))
    try:
        rates = open_rates(settings)
    except BadReference as bad:
        return Check("exchange rates", False, str(bad), cure)
    old = () if settings.is_demo else rates.list_old(today)
    told = [f"{one.currency} of {one.day}, {(today - one.day).days} days old" for one in old]
    newest = ", ".join(f"{one.currency} of {one.day}" for one in rates.newest())
    fresh = "invented, for the demonstration" if settings.is_demo else newest
    none = "none loaded: what was paid in another currency is not known"
    return Check("exchange rates", not old, ", ".join(told) or (fresh if newest else none), cure)


def examine_module(settings: Settings) -> Iterator[Check]:
    """Whether the hardware module answers, where one is set."""
    from app.adapters.key_files import KeyUnusable
    from app.adapters.key_modules import ModuleAway
    from app.wiring import open_module

    module = open_module(settings)
    if module is None:
        return
    try:
        module.check()
        found = ""
    except (KeyUnusable, ModuleAway) as error:
        found = str(error)
    cure = "Look at VEREDA_PKCS11_MODULE, VEREDA_PKCS11_TOKEN, the PIN, and the module itself."
    yield Check("hardware module", not found, found or "answers", cure)


def examine_keys(engine: "Engine", settings: Settings) -> Iterator[Check]:
    """Whether the keys take their turns, the trust list is in force, and permits are signed."""
    from app.services.key_care import UNSIGNED_AFTER, list_key_troubles, list_list_troubles
    from app.storage.database import read_session_factory
    from app.storage.key_uses import find_oldest_pending
    from app.wiring import open_ring

    now, ring = datetime.now(UTC), open_ring(settings)
    found = [] if settings.is_demo else list_key_troubles(ring.list_keys(), now)
    if not settings.is_demo and any(ring.house.files.has(key) for key in ring.pinned()):
        found.append("the private half of a root lies on this machine: keys export-root --move")
    cure = "See vereda keys --help, and docs/operations.md."
    yield Check("keys", not found, "; ".join(found) or "in their turns", cure)
    found = list_list_troubles(ring.lists.find_served(), ring.lists.is_behind(now), now)
    yield Check("trust list", not found, "; ".join(found) or "in force", "vereda keys draft-list")
    with read_session_factory(engine)() as session:
        count, oldest = find_oldest_pending(session)
    well = oldest is None or now - oldest <= UNSIGNED_AFTER
    told = f"{count} wait" + (f" since {oldest.isoformat(timespec='seconds')}" if oldest else "")
    yield Check("signing", well, told, "Run: vereda worker; see its log, and the hardware module.")


def _examine_rights(settings: Settings) -> Check:
    """Whether the users of the site and of the worker can do what they need and no more."""
    from app.storage import rights
    from app.storage.database import make_engine
    from app.storage.grants import APP, WORKER

    site, background = database_url(settings), worker_url(settings)
    users = {site: {APP, WORKER}} if site == background else {site: {APP}, background: {WORKER}}
    found: list[str] = []
    for url, may in users.items():
        engine = make_engine(url, pool_size=1)
        found += rights.find_excess(engine, may)
        engine.dispose()
    cure = "Set VEREDA_DATABASE_OWNER_URL to another user and run: vereda db migrate"
    return Check("rights", not found, ", ".join(found) or "as granted", cure)


def _compiled(source: Path) -> bool:
    made = source.with_name("messages.mo")
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime
