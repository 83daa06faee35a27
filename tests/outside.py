"""The outside world as the tests have it: real keys and hashes in memory, letters in a list."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from app.adapters.chance import SystemChance
from app.adapters.complaint_seals import ComplaintSeals
from app.adapters.list_reader import ListReader
from app.adapters.malware import NoMalwareScan
from app.adapters.openid import OpenIdProviders
from app.adapters.outbound import Outbound
from app.adapters.passwords import Argon2Passwords
from app.adapters.pictures import Reencoder
from app.adapters.prints import TypstPrints
from app.adapters.reference_rows import read_registries
from app.adapters.sheets import SheetFiles
from app.adapters.symbols import Symbols
from app.adapters.vault import DataKeys, MemoryVault
from app.services.ports import ChildDuty, Letter, Ports, Reference
from app.web import assets
from app.web.print_voice import print_voice
from app.web.templating import TEMPLATES, Site
from permits import keys, programme_files, trust_list
from permits.deadlines import WorkingCalendar
from permits.errors import Conflict
from permits.help_lines import HelpLine
from permits.keys import Key, KeyState
from permits.notices import Notice
from permits.partners import Partner
from permits.signing import KeyUse, Signer, kid_of, sign_es256
from permits.texts import Said
from permits.travel import Place
from permits.trust_list import TrustList
from recruitment.ethics import parameter_file
from tests.anchors import MemoryAnchor
from tests.house_texts import TEXTS
from tests.memory_files import MemoryFiles, MemoryObjects, MemorySources
from tests.plain_tokens import PlainTokens

ISSUER = "https://vereda.example"
PROGRAMMES = Path("app/reference/programmes")
ETHICS = Path("app/reference/ethics.toml")
REGISTRIES = Path("app/reference/registries.csv")
LONG_AGO, FAR = 1_600_000_000, 4_000_000_000
FIELD_KEYS = DataKeys(b"test", {b"test": b"t" * 32}, b"i" * 32)
"""The same in every process, so that one reads what another sealed."""


@dataclass
class MemorySigner:
    """A key that lives as long as the test."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def kid(self) -> bytes:
        return kid_of(self.key.public_key())

    def sign(self, message: bytes) -> bytes:
        return sign_es256(self.key, message)


@dataclass
class MemoryKeys:
    """One key for each use, and a root; others may be made, published and changed."""

    signers: Mapping[KeyUse, MemorySigner] = field(
        default_factory=lambda: {use: MemorySigner() for use in KeyUse}
    )
    made: dict[bytes, MemorySigner] = field(default_factory=dict)
    lists: dict[str, bytes] = field(default_factory=dict)
    partners: list[Partner] = field(default_factory=list)

    @cached_property
    def standing(self) -> dict[bytes, Key]:
        """The register."""
        return {s.kid: _old_key(s, use) for use, s in self.signers.items()}

    def signer(self, use: KeyUse) -> Signer:
        signing = keys.find_signing(self.list_keys(), use)
        if signing is None:
            raise Conflict("no-active-key", use=use.value)
        return self.signer_of(signing.kid)

    def signer_of(self, kid: bytes) -> Signer:
        if kid in self.standing and self.standing[kid].state is KeyState.COMPROMISED:
            raise Conflict("key-compromised", kid=kid.hex())
        for signer in (*self.signers.values(), *self.made.values()):
            if signer.kid == kid:
                return signer
        raise Conflict("no-such-key")

    def find(self, kid: bytes) -> Key | None:
        return self.standing.get(kid)

    def list_keys(self) -> Sequence[Key]:
        return tuple(self.standing.values())

    def create(self, use: KeyUse, now: datetime, noting: Callable[[Key], None]) -> Key:
        signer = MemorySigner()
        key = keys.make_key(self.list_keys(), use, signer.key.public_key(), now)
        noting(key)
        self.made[key.kid], self.standing[key.kid] = signer, key
        return key

    def change(self, act: Callable[[tuple[Key, ...]], Sequence[Key]]) -> Sequence[Key]:
        changed = act(tuple(self.standing.values()))
        self.standing.update({key.kid: key for key in changed})
        return changed

    def list_partners(self) -> Sequence[Partner]:
        return self.partners

    def put_partner(self, partner: Partner) -> None:
        self.remove_partner(partner.issuer)
        self.partners.append(partner)

    def remove_partner(self, issuer: str) -> None:
        self.partners[:] = [one for one in self.partners if one.issuer != issuer]

    def roots(self) -> Sequence[ec.EllipticCurvePublicKey]:
        return self.publics(KeyUse.TRUST)

    def publics(self, use: KeyUse) -> Sequence[ec.EllipticCurvePublicKey]:
        return [key.public for key in self.list_keys() if key.use is use]

    def renew_trust_list(self, now: datetime) -> TrustList | None:
        return None

    def is_list_due(self, now: datetime) -> bool:
        return False

    def trust_list(self) -> bytes:
        listed = [
            trust_list.trusted(key, ISSUER, ("HND",))
            for key in self.list_keys()
            if key.use in keys.LISTED
        ]
        listed += [key for partner in self.partners for key in partner.keys]
        content = str([(key.kid, key.state, key.cutoff, key.expires) for key in listed])
        if content not in self.lists:
            version = len(self.lists) + 1
            made = TrustList(ISSUER, version, LONG_AGO, FAR, {key.kid: key for key in listed})
            self.lists[content] = trust_list.sign(made, self.signer(KeyUse.TRUST))
        return self.lists[content]


def _old_key(signer: MemorySigner, use: KeyUse) -> Key:
    made, ends = (datetime.fromtimestamp(at, UTC) for at in (LONG_AGO, FAR))
    public = signer.key.public_key()
    return Key(
        signer.kid, use, KeyState.ACTIVE, made, ends, made, public, published=made, signs_from=made
    )


@dataclass(frozen=True)
class PlainLetter:
    """A letter as the tests read it."""

    channel: str
    recipient: str
    subject: str
    body: str


class PlainWording:
    """Says the kind and the facts of a notice, without templates."""

    def render(self, notice: Notice, said: Said | None = None) -> Sequence[Letter]:
        body = f"{notice.kind.value} {dict(notice.facts)}"
        ways = (("sms", notice.phone), ("email", notice.email))
        return [PlainLetter(way, to, notice.kind.value, body) for way, to in ways if to]

    def say(self, notice: Notice, said: Said | None = None) -> str:
        return f"{notice.kind.value} {dict(notice.facts)}"

    def plain(self, text: str) -> str:
        return f"plain {text}"


@dataclass
class Letterbox:
    """Everything that was sent, by key; `broken` makes the channel fail."""

    letters: dict[str, Letter] = field(default_factory=dict)
    broken: bool = False

    def send(self, letter: Letter, key: str) -> str:
        if self.broken:
            raise OSError("no line")
        self.letters[key] = letter
        return ""


@cache
def reference() -> Reference:
    """The programmes of the reference data, and just enough places, posts and languages."""
    read = [
        programme_files.read(tomllib.loads(path.read_text("utf-8")))
        for path in sorted(PROGRAMMES.glob("*.toml"))
    ]
    return Reference(
        programmes={programme.code: programme for programme in read},
        posts={"HN-GT-1": "El Florido", "HN-GT-2": "Agua Caliente", "HN-GT-3": "Corinto"},
        post_places={"HN-GT-1": Place(14.8, -89.2), "HN-GT-3": Place(15.6, -88.4)},
        municipalities={"GTM": {"2004": "Jocotán"}, "HND": {"0404": "Copán Ruinas"}},
        departments={"HN-CP": "Copán", "HN-LE": "Lempira"},
        town_departments={("GTM", "2004"): "GT-20", ("HND", "0404"): "HN-CP"},
        languages={"spa": "Español", "caa": "Ch'orti'"},
        occupations={"9211": "Peón agrícola"},
        calendar=WorkingCalendar(frozenset(), frozenset()),
        minimum_wages=(),
        registries=read_registries(REGISTRIES),
        help_lines={
            "HND": (HelpLine("hn-emergency", "HND", "Peligro o golpes", "Danger", "911"),),
            "CAN": (HelpLine("ca-workers", "CAN", "Si le maltratan", "Ill-treated", "1-866-6"),),
            "ESP": (HelpLine("es-emergency", "ESP", "Peligro o golpes", "Danger", "112"),),
        },
        outline=((Place(13.0, -87.5), Place(15.8, -84.5), Place(15.8, -88.3)),),
        ethics=parameter_file.read(tomllib.loads(ETHICS.read_text("utf-8"))),
    )


def ports() -> Ports:
    """A world of its own for one test."""
    symbols = Symbols()
    return Ports(
        chance=SystemChance(),
        passwords=Argon2Passwords(memory_kib=64),
        objects=MemoryObjects(),
        pictures=Reencoder(),
        sheets=SheetFiles(),
        malware=NoMalwareScan(),
        keys=MemoryKeys(),
        vault=MemoryVault(FIELD_KEYS),
        tokens=PlainTokens(),
        wording=PlainWording(),
        texts=TEXTS,
        messenger=Letterbox(),
        symbols=symbols,
        prints=TypstPrints(
            TEMPLATES / "print", assets.FONTS, symbols, print_voice, Site.help_phone
        ),
        anchor=MemoryAnchor(),
        public=MemoryFiles(),
        partner_lists=MemorySources(),
        lists=ListReader(),
        outbound=Outbound(),
        openid=OpenIdProviders({}, Outbound(), "http://localhost:8000/entrar/retorno"),
        reference=reference(),
        issuer=ISSUER,
        public_url="http://localhost:8000",
        throttle_key=b"throttle",
        seals=ComplaintSeals(memory_kib=64),
        outside_duty=("conadeh@example.org", "+50422000001"),
        child_duty=ChildDuty("ninez@example.org", "+50422000000"),
    )
