"""Chooses the adapters by the settings, once, and hands them down as ports."""

import dataclasses
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.adapters.access_tokens import AccessTokens
from app.adapters.anchors import open_anchor
from app.adapters.chance import SystemChance
from app.adapters.complaint_seals import ComplaintSeals
from app.adapters.key_modules import HardwareModule
from app.adapters.keyring import KeyRing
from app.adapters.list_reader import ListReader
from app.adapters.list_shelf import ListShelf
from app.adapters.list_sources import ListSources
from app.adapters.malware import Clamd, NoMalwareScan
from app.adapters.messages import Messenger
from app.adapters.object_store import Objects
from app.adapters.openid import OpenIdProviders, read_providers
from app.adapters.outbound import Outbound
from app.adapters.passwords import Argon2Passwords
from app.adapters.pictures import Reencoder
from app.adapters.prints import TypstPrints
from app.adapters.programme_shelf import ProgrammeShelf
from app.adapters.public_folder import PublicFolder
from app.adapters.reference import read_reference
from app.adapters.sheets import SheetFiles
from app.adapters.symbols import Symbols
from app.adapters.texts import Texts
from app.adapters.vault import FileVault
from app.adapters.wage_shelf import WageShelf
from app.adapters.wording import NoticeWording
from app.adapters.zone_reader import open_zone_reader
from app.neighbours import secret_of, with_neighbours
from app.services.ports import Anchor, ChildDuty, Ports, Reference
from app.services.session_limits import Lengths, SessionLimits
from app.settings import DEMO_PASSPHRASE, OFF, Settings
from app.storage.database import (
    Engine,
    SessionFactory,
    make_engine,
    read_session_factory,
    session_factory,
)
from app.web import assets
from app.web.i18n import locale_for
from app.web.print_voice import print_voice
from app.web.templating import TEMPLATES, Site
from app.web.wording.right_letters import PAPERS
from permits.deadlines import legal_day
from permits.quiet_hours import QuietHours, read_hours
from recruitment.exchange_rates import Rates

DEMO_PAST = timedelta(days=400)
"""The demonstration's keys are so old that they may have signed the permits of its past."""


@dataclass(frozen=True)
class House:
    """What a door opens: the database and the world outside."""

    settings: Settings
    engine: Engine
    sessions: SessionFactory
    read_sessions: SessionFactory
    ports: Ports

    def fast_passwords(self) -> Argon2Passwords:
        """Hashes of next to no cost, for people that do not exist."""
        return Argon2Passwords(memory_kib=64)


def open_house(settings: Settings, *, make_keys: bool = True) -> House:
    """Connect the database and choose every adapter; `database_url` must be set."""
    if settings.database_url is None:
        raise ValueError("open_house needs a database_url")
    engine = make_engine(settings.database_url.get_secret_value(), pool_size=settings.threads)
    return House(
        settings,
        engine,
        session_factory(engine),
        read_session_factory(engine),
        choose_ports(settings, make_keys=make_keys),
    )


def choose_ports(settings: Settings, *, make_keys: bool = True) -> Ports:
    """Every adapter by the settings; signing keys that are missing are made where it is said."""
    ring, now = _ring(settings, make_keys=make_keys)
    ports = Ports(
        chance=SystemChance(),
        passwords=Argon2Passwords(),
        objects=open_objects(settings),
        pictures=Reencoder(),
        sheets=SheetFiles(),
        malware=Clamd(settings.clamd) if settings.clamd not in {"", OFF} else NoMalwareScan(),
        keys=ring,
        vault=open_vault(settings, now),
        tokens=AccessTokens(ring, settings.issuer, timedelta(minutes=settings.token_minutes)),
        wording=(wording := _wording()),
        texts=_texts(wording),
        messenger=open_messenger(settings),
        symbols=(symbols := Symbols()),
        prints=_prints(symbols),
        outbound=(outbound := Outbound(settings.outbound_allowed)),
        anchor=choose_anchor(settings),
        public=PublicFolder(settings.public_folder),
        lists=ListReader(),
        partner_lists=ListSources(outbound),
        openid=_openid(settings, outbound),
        reference=_reference(settings),
        issuer=settings.issuer,
        public_url=settings.public_url,
        session_limits=_session_limits(settings),
        child_duty=ChildDuty(settings.child_duty_email or None, settings.child_duty_phone or None),
        outside_duty=settings.outside_duty,
        scanner_halted=settings.scanner_halted,
        zones=open_zone_reader(),
        quiet_hours=_quiet_hours(settings),
        seals=ComplaintSeals(),
        throttle_key=_throttle_key(settings),
    )
    return with_neighbours(ports, settings)


def _ring(settings: Settings, *, make_keys: bool) -> tuple[KeyRing, datetime]:
    """The signing keys, made where they are missing and that is wished, and when this was."""
    ring, now = open_ring(settings), datetime.now(UTC)  # noqa: TID251  a door reads the clock
    if make_keys:
        ring.prepare(now, now - DEMO_PAST if settings.is_demo else now)
    return ring, now


def _throttle_key(settings: Settings) -> bytes:
    return hmac.digest(passphrase_of(settings).encode(), b"throttles", "sha256")


def _texts(wording: NoticeWording) -> Texts:
    return Texts(wording, PAPERS, lambda: locale_for("en").catalogue)


def _wording() -> NoticeWording:
    return NoticeWording(TEMPLATES, lambda code: locale_for(code).catalogue, _write_day)


def _openid(settings: Settings, outbound: Outbound) -> OpenIdProviders:
    back = f"{settings.public_url}/entrar/retorno"
    return OpenIdProviders(read_providers(settings.openid_file), outbound, back)


def _prints(symbols: Symbols) -> TypstPrints:
    return TypstPrints(TEMPLATES / "print", assets.FONTS, symbols, print_voice, Site.help_phone)


def _quiet_hours(settings: Settings) -> QuietHours | None:
    """Whoever tries the demonstration at night waits for no morning."""
    if settings.is_demo or settings.quiet_hours == OFF:
        return None
    return read_hours(settings.quiet_hours)


def open_messenger(settings: Settings) -> Messenger:
    """The ways of letters; the outbox keeps those that have none."""
    sms = secret_of(settings.sms_url)
    return Messenger(
        smtp_url=secret_of(settings.smtp_url),
        mail_from=settings.mail_from,
        sms_url=None if sms == OFF else sms,
    )


def open_ring(settings: Settings) -> KeyRing:
    """The signing keys, as they are; in a hardware module where one is set."""
    folder, passphrase = settings.data_dir / "keys", passphrase_of(settings)
    return KeyRing(folder, passphrase, settings.issuer, open_module(settings))


def open_module(settings: Settings) -> HardwareModule | None:
    """The hardware module that is set; asks it for nothing yet."""
    library, pin = settings.pkcs11_module, secret_of(settings.pkcs11_pin)
    return HardwareModule(str(library), settings.pkcs11_token, pin) if library and pin else None


def open_objects(settings: Settings) -> Objects:
    """Where files live."""
    return Objects(settings.object_store_url, _s3(settings))


def open_vault(settings: Settings, now: datetime) -> FileVault:
    """The keys of sealed fields; they are made where there are none."""
    vault = FileVault(settings.data_dir / "keys", passphrase_of(settings))
    vault.prepare(now)
    return vault


def choose_anchor(settings: Settings) -> Anchor:
    """The second place of the log's checkpoints."""
    outbound = Outbound(settings.outbound_allowed)
    return open_anchor(settings.checkpoint_export, _s3(settings), outbound)


def passphrase_of(settings: Settings) -> str:
    """What encrypts the keys on disk; the demonstration has one of its own."""
    return secret_of(settings.key_passphrase) or DEMO_PASSPHRASE


def _session_limits(settings: Settings) -> SessionLimits:
    return SessionLimits(
        worker=Lengths(timedelta(minutes=settings.worker_session_minutes), timedelta(hours=24)),
        official=Lengths(
            timedelta(minutes=settings.official_idle_minutes),
            timedelta(hours=settings.official_session_hours),
        ),
        border=Lengths(
            timedelta(minutes=settings.border_idle_minutes),
            timedelta(hours=settings.border_session_hours),
        ),
    )


def programmes_folder(settings: Settings) -> Path:
    """Where loaded programmes lie."""
    return settings.programmes_dir or settings.data_dir / "programmes"


def open_shelf(settings: Settings) -> ProgrammeShelf:
    """The programmes that count."""
    return ProgrammeShelf(programmes_folder(settings))


def open_wages(settings: Settings) -> WageShelf:
    """The minimum wages that count."""
    return WageShelf(programmes_folder(settings))


def _reference(settings: Settings) -> Reference:
    data = read_reference()
    lived = {"lists", "questions", "exchange_rates", "help_lines"}
    names = {field.name for field in dataclasses.fields(Reference)} - lived
    shelf = open_shelf(settings)
    own = {"programmes": shelf, "minimum_wages": open_wages(settings), "questions": shelf}
    wanted = {name: getattr(data, name) for name in names} | own
    return open_lists(settings).over(Reference(**wanted))


def open_lists(settings: Settings) -> ListShelf:
    """The reference lists that count today."""
    return ListShelf(programmes_folder(settings), _today, demo=settings.is_demo)


def open_rates(settings: Settings) -> Rates:
    """The rates of exchange that count today."""
    return Rates(open_lists(settings).fresh().rates)


def _today() -> date:
    return legal_day(datetime.now(UTC))  # noqa: TID251  a door reads the clock


def _write_day(day: str, language: str) -> str:
    return locale_for(language).day(date.fromisoformat(day))


def _s3(settings: Settings) -> Mapping[str, str]:
    given = {
        "endpoint": settings.object_store_endpoint,
        "region": settings.object_store_region,
        "access_key_id": secret_of(settings.object_store_access_key),
        "secret_access_key": secret_of(settings.object_store_secret_key),
    }
    return {name: value for name, value in given.items() if value}
