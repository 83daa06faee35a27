"""What the use cases ask of the outside world; the adapters keep these promises."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from app.services.complaint_ports import ComplaintSeals, Webhooks
from app.services.file_ports import ObjectStore as ObjectStore
from app.services.key_ports import Keys as Keys
from app.services.list_ports import Shelf
from app.services.print_ports import Prints as Prints
from app.services.public_ports import PartnerLists, PublicFiles, SignedLists
from app.services.question_ports import QuestionShelf
from app.services.session_limits import SessionLimits
from app.services.text_ports import Letter as Letter
from app.services.text_ports import SmsReports as SmsReports
from app.services.text_ports import Texts as Texts
from app.services.text_ports import WhatsApp as WhatsApp
from app.services.token_ports import Tokens as Tokens
from app.storage.sealed import Vault as Vault
from permits.checkpoints import Anchor as Anchor
from permits.deadlines import WorkingCalendar
from permits.help_lines import HelpLine
from permits.notices import Notice
from permits.programmes import Programme
from permits.quiet_hours import QuietHours
from permits.sheet_rows import Row
from permits.texts import Said
from permits.travel import Place
from permits.wages import MinimumWage
from permits.watch import WatchQuery
from recruitment.ethics.parameters import ParameterSet
from recruitment.exchange_rates import Rates
from recruitment.registries import Answer, Registry, RegistryInfo


class Chance(Protocol):
    """Randomness fit for secrets."""

    def token(self, size: int) -> bytes:
        """So many random bytes."""

    def below(self, limit: int) -> int:
        """A uniform number from 0 to `limit` - 1."""


class Passwords(Protocol):
    """A slow password hash (Argon2id)."""

    def hash(self, secret: str) -> str:
        """The hash in PHC form."""

    def verify(self, secret: str, hashed: str | None) -> bool:
        """Whether the secret fits; None costs the same time and is always False."""


class Picture(Protocol):
    """A re-encoded image without metadata."""

    @property
    def data(self) -> bytes:
        """The new file."""

    @property
    def media_type(self) -> str:
        """Its type."""


class Pictures(Protocol):
    """Makes what somebody sent anew, so that it harms nobody and tells on nobody."""

    def reencode(self, data: bytes, *, smallest: int | None = None) -> Picture:
        """JPEG of at most 1600 px; Invalid with the reason where it is not a picture.

        `smallest` is the least that a side may have, in px; None where it must be readable.
        """

    def face(self, photo: bytes, limit: int) -> bytes:
        """A kept photo as a WebP of at most `limit` bytes; Invalid where it cannot be made."""

    def paper(self, data: bytes) -> bytes | None:
        """A PDF with nothing but what is seen of its pages; None where it cannot be made."""


class Sheets(Protocol):
    """Reads and writes spreadsheets."""

    def read(self, data: bytes) -> Sequence[Row]:
        """The rows of an xlsx or csv; Invalid with the reason where it is none."""

    def write(
        self, header: Sequence[str], notes: Sequence[tuple[str, Sequence[Sequence[str]]]]
    ) -> bytes:
        """An xlsx with a header to fill in below, and a sheet for each of the notes."""


class WatchList(Protocol):
    """Knows whom migration looks for."""

    def ask(self, query: WatchQuery) -> Sequence[str]:
        """The list's own references of what it found, none where nothing; OSError where away."""


class Registries(Protocol):
    """Registries of others that answer over the network; the rest is asked in brought lists."""

    def answers(self, registry: Registry) -> bool:
        """Whether this one is asked over the network."""

    def ask(self, registry: Registry, number: str) -> Answer:
        """What it says of a number; OSError where it gave no whole answer."""

    def fetch(self, registry: Registry) -> bytes:
        """Its whole list as the CSV of `recruitment.registries`; OSError where it gave none."""


class Malware(Protocol):
    """Knows malware."""

    def is_malware(self, data: bytes) -> bool:
        """Whether it is; OSError where nobody can say, and then nothing is kept."""


class ZoneReader(Protocol):
    """Reads the text of a picture; where there is none, an official types it."""

    def read_lines(self, picture: bytes) -> Sequence[str]:
        """The lines from top to bottom; OSError where it is busy."""


class Wording(Protocol):
    """Turns a notice into words."""

    def render(self, notice: Notice, said: Said | None = None) -> Sequence[Letter]:
        """One letter for each channel that the notice names, in the words that count."""

    def say(self, notice: Notice, said: Said | None = None) -> str:
        """The words of a notice to a phone with all their letters, where none is paid for."""

    def plain(self, text: str) -> str:
        """The same as an SMS carries it."""


class Messenger(Protocol):
    """Hands a letter to its channel."""

    def send(self, letter: Letter, key: str) -> str:
        """How reports name it, or ""; OSError to be tried again later; `key` names the letter."""


class Symbols(Protocol):
    """Draws QR symbols; the same text gives the same symbol."""

    def svg(self, text: str) -> str:
        """The symbol as an SVG document, quiet zone included; sized by whoever shows it."""

    def png(self, text: str, pixels_per_module: int = 8) -> bytes:
        """The symbol as a black and white PNG to keep on a phone."""


class Reply(Protocol):
    """What another server answered."""

    @property
    def status(self) -> int:
        """The status; a redirect is one too and nobody went there."""

    @property
    def headers(self) -> Mapping[str, str]:
        """By their names in small letters."""

    @property
    def body(self) -> bytes:
        """All of it."""

    def json(self) -> Any:  # noqa: ANN401  whoever asks checks the shape
        """The body as JSON; ValueError where it is none."""


class Outbound(Protocol):
    """Asks servers that people or other services name; never one of a private network."""

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Fetch; OSError where the address is refused or there is no reply."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        """Send; OSError, and then it may or may not have arrived."""


class FederatedIdentity(Protocol):
    """Who signed in at an agency's provider: `issuer` and `subject` together are the identity."""

    @property
    def issuer(self) -> str:
        """The provider."""

    @property
    def subject(self) -> str:
        """The person there, stable for ever."""

    @property
    def email(self) -> str | None:
        """None unless the provider verified it and speaks for its domain; lower case."""

    @property
    def strong(self) -> bool:
        """Whether a second factor was shown there."""


class OpenId(Protocol):
    """The agencies' own sign-ins (OpenID Connect)."""

    def labels(self) -> Sequence[tuple[str, str]]:
        """Key and name of each provider."""

    def begin(self, key: str, state: str, nonce: str, verifier: str) -> str:
        """Where the browser goes; NotFound for an unknown one, Conflict("provider-away")."""

    def finish(
        self, key: str, code: str, issuer: str | None, nonce: str, verifier: str, now: datetime
    ) -> FederatedIdentity:
        """Who signed in there; Unauthenticated("provider-refused") or Conflict("provider-away")."""


@dataclass(frozen=True)
class Reference:
    """Facts that change by decree and not by act: programmes, places, posts, days off."""

    programmes: Mapping[str, Programme]
    posts: Mapping[str, str]
    municipalities: Mapping[str, Mapping[str, str]]
    departments: Mapping[str, str]
    languages: Mapping[str, str]
    occupations: Mapping[str, str]
    calendar: WorkingCalendar
    minimum_wages: Collection[MinimumWage]
    ethics: ParameterSet
    common_passwords: frozenset[str] = frozenset()
    post_places: Mapping[str, Place] = field(default_factory=dict)
    town_departments: Mapping[tuple[str, str], str] = field(default_factory=dict)
    registries: Mapping[Registry, RegistryInfo] = field(default_factory=dict)
    outline: tuple[tuple[Place, ...], ...] = ()
    exchange_rates: Rates = field(default_factory=Rates)
    help_lines: Mapping[str, tuple[HelpLine, ...]] = field(default_factory=dict)
    lists: Shelf | None = None
    questions: QuestionShelf | None = None


@dataclass(frozen=True)
class ChildDuty:
    """Whoever is on duty for children day and night; None where nobody was named."""

    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Ports:
    """Everything outside, chosen once at the door."""

    chance: Chance
    passwords: Passwords
    objects: ObjectStore
    pictures: Pictures
    sheets: Sheets
    malware: Malware
    keys: Keys
    vault: Vault
    tokens: Tokens
    wording: Wording
    texts: Texts
    messenger: Messenger
    symbols: Symbols
    prints: Prints
    outbound: Outbound
    anchor: Anchor
    public: PublicFiles
    lists: SignedLists
    partner_lists: PartnerLists
    openid: OpenId
    reference: Reference
    issuer: str
    public_url: str
    throttle_key: bytes
    seals: ComplaintSeals = field(kw_only=True)
    session_limits: SessionLimits = field(default=SessionLimits(), kw_only=True)
    child_duty: ChildDuty = field(default=ChildDuty(), kw_only=True)
    outside_duty: tuple[str, ...] = field(default=(), kw_only=True)
    scanner_halted: bool = field(default=False, kw_only=True)
    whatsapp: WhatsApp | None = field(default=None, kw_only=True)
    sms_reports: SmsReports | None = field(default=None, kw_only=True)
    watch: WatchList | None = field(default=None, kw_only=True)
    zones: ZoneReader | None = field(default=None, kw_only=True)
    registries: Registries | None = field(default=None, kw_only=True)
    quiet_hours: QuietHours | None = field(default=None, kw_only=True)
    webhooks: Webhooks | None = field(default=None, kw_only=True)
