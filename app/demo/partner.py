"""The demonstration's partner: an issuer of Guatemala, invented, whose permits count here too.

It lives by itself as a partner would: it signs its status list every hour where `vereda partners`
says that we take it from, and it has issued one permit, to a Honduran picker of coffee over there.
Its keys stand here for everybody to read, so it is added in the demonstration and nowhere else.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from app.services import key_care, partners
from app.services.published import SAMPLE
from app.services.work import Work
from permits import cose, permit_numbers, status_list
from permits.credentials import ToBeSigned, find_faults, seal
from permits.deadlines import end_of, legal_day, start_of
from permits.partners import Partner, StatusSource
from permits.permit_claims import PermitClaims, write_claims
from permits.signing import KeyUse, kid_of, sign_es256
from permits.status_list import LIFETIME, StatusList, list_uri
from permits.submissions import Sex
from permits.trust_list import TrustedKey

ISSUER, NAME = "https://permisos.mintrab.example", "Ministerio de Trabajo de Guatemala"
LIST = "demo/partner.cwt"
"""Where its list stands in the public folder."""

FROM, UNTIL = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2026, 2036))
SIGNED_EVERY = timedelta(hours=1)
DAYS = 60
PLACE = 20_202


class DemoSigner:
    """A key that everybody knows."""

    def __init__(self, secret: int) -> None:
        self._key = ec.derive_private_key(secret, ec.SECP256R1())

    @property
    def public(self) -> ec.EllipticCurvePublicKey:
        """Its public half."""
        return self._key.public_key()

    @property
    def kid(self) -> bytes:
        """Its name."""
        return kid_of(self.public)

    def sign(self, message: bytes) -> bytes:
        """The ES256 signature."""
        return sign_es256(self._key, message)


PERMITS, STATUSES = DemoSigner(0xDE30_0001), DemoSigner(0xDE30_0002)


def partner_of(folder: Path) -> Partner:
    """The partner whose list lies in this public folder."""
    keys = tuple(
        TrustedKey(signer.kid, signer.public, ISSUER, use, FROM, UNTIL, ("GTM",))
        for signer, use in ((PERMITS, KeyUse.PERMIT), (STATUSES, KeyUse.STATUS))
    )
    source = StatusSource(list_uri(ISSUER, 1), (folder / LIST).as_uri())
    return Partner(ISSUER, NAME, ("GTM",), keys, (source,))


def keep_partner(work: Work, folder: Path) -> int:
    """Do what the partner does by itself, and add it where it is not known; 1 where it was not."""
    public = work.ports.public
    if _is_due(public.get(LIST), work.now):
        public.put(LIST, sign_list(work.now))
    if not _lasts(public.get(SAMPLE), work.now):
        public.put(SAMPLE, f"{issue(work.now)}\n{work.now.isoformat()}\n".encode())
    partner = partner_of(folder)
    if partner in partners.list_partners(work):
        return 0
    partners.add_partner(work, partner)
    key_care.renew_trust_list(work)
    partners.take_lists(work)
    return 1


def sign_list(now: datetime) -> bytes:
    """Its status list, on which nothing is revoked."""
    seconds = int(now.timestamp())
    packed = status_list.pack([])
    listed = StatusList(list_uri(ISSUER, 1), seconds, seconds + LIFETIME, packed)
    return status_list.sign(listed, STATUSES)


def issue(now: datetime) -> str:
    """Its permit, from today on; signed by it alone, so no clearance of ours is asked."""
    today = legal_day(now)
    claims = PermitClaims(
        issuer=ISSUER,
        number=permit_numbers.make(0xDE30),
        issued_at=now,
        valid_from=start_of(today),
        expires=end_of(today + timedelta(days=DAYS)),
        document_number="0801199012345",
        full_name="Elsa Marina Cáceres Pineda",
        date_of_birth=date(1990, 5, 14),
        sex=Sex.FEMALE,
        nationality="HND",
        document_country="HND",
        kind="cafe-gt",
        employer_name="Finca La Esperanza, Chiquimula",
        employer_id="GT-4711",
        occupation="9211",
        departments=("GT-20",),
        agencies=("mintrab", "igm"),
        status_uri=list_uri(ISSUER, 1),
        status_index=PLACE,
    )
    if find_faults(claims):
        raise ValueError("the demonstration's permit is not in form")
    prepared = ToBeSigned(PERMITS.kid, write_claims(claims))
    return seal(prepared, PERMITS.sign(prepared.message))


def _is_due(token: bytes | None, now: datetime) -> bool:
    if token is None:
        return True
    listed = status_list.read_claims(cose.read_sign1(token).payload)
    return now.timestamp() - listed.issued_at >= SIGNED_EVERY.total_seconds()


def _lasts(sample: bytes | None, now: datetime) -> bool:
    if sample is None:
        return False
    made = datetime.fromisoformat(sample.decode().splitlines()[1])
    return timedelta(0) <= now - made < timedelta(days=DAYS - 1)
