"""Papers that show something of an employer: what they are about, and which files are taken."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault, Invalid
from recruitment.assessments import Criterion
from recruitment.recruiters import LicenceKey

MOST_PAPERS = 60
"""Of one registration or one vacancy; each is looked at by a person."""

PDF_HEAD, PDF_TAIL = b"%PDF-", b"%%EOF"

ACTIVE = (
    *(b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/AA"),
    *(b"/EmbeddedFile", b"/RichMedia", b"/XFA", b"/Encrypt"),
)
"""Names by which a PDF does something when it is opened, or hides what it says."""


_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
"""A character of a name in hexadecimal: another spelling of the same name (ISO 32000-1, 7.3.5)."""


class About(StrEnum):
    """What a paper shows."""

    REGISTRATION = "registration"
    IRIS = "iris"
    VERIFICATION = "verification"
    """What an official saw, and keeps a copy of."""
    LABOUR_MARKET = "labour-market"
    """A step that SETRASS recorded for a vacancy."""


@dataclass(frozen=True)
class Paper:
    """One kept file: of a registration, or of a vacancy.

    `subject` is the criterion of IRIS, or the kind of evidence that an official saw; "" else.
    `licence` is that of the recruiter whose criterion it shows, None for an employer's.
    """

    id: UUID
    about: About
    subject: str
    registration: UUID | None
    vacancy: UUID | None
    object_key: str
    media_type: str
    size_bytes: int
    sha256: str
    attached_by: UUID
    attached_at: datetime
    licence: LicenceKey | None = None

    @property
    def is_picture(self) -> bool:
        """Whether a page may show it; any other is handed out as a file."""
        return self.media_type == "image/jpeg"


def of_criterion(
    papers: Iterable[Paper], criterion: Criterion, licence: LicenceKey | None = None
) -> tuple[Paper, ...]:
    """Those that show a criterion of IRIS: of a licence, or else of the employer."""
    return tuple(
        one
        for one in papers
        if (one.about, one.subject, one.licence) == (About.IRIS, criterion.value, licence)
    )


def check_removable(paper: Paper, decided_at: datetime | None) -> None:
    """Conflict("paper-looked-at") for a paper of the registration on which SETRASS has decided.

    Whoever was verified by a false paper cannot make it vanish.
    """
    looked_at = decided_at is not None and paper.attached_at <= decided_at
    if looked_at and paper.about is About.REGISTRATION:
        raise Conflict("paper-looked-at")


def is_removable(paper: Paper, own: UUID, decided_at: datetime | None) -> bool:
    """Whether the employer may take it away: their own, and not decided on."""
    try:
        check_removable(paper, decided_at)
    except Conflict:
        return False
    return paper.attached_by == own


def is_pdf(data: bytes) -> bool:
    """Whether a file says of itself that it is a PDF."""
    return data.startswith(PDF_HEAD)


def check_pdf(data: bytes, field: str) -> None:
    """Invalid for a PDF that is cut off, encrypted, carries files or acts when it is opened.

    It is kept as it came, since only a picture can be drawn anew, and handed out as a file that no
    page of ours opens. Names inside compressed parts are not seen: the malware scan looks there.
    """
    if PDF_TAIL not in data[-1024:]:
        raise Invalid([Fault("pdf-broken", field)])
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)
    if any(_has_name(plain, name) for name in ACTIVE):
        raise Invalid([Fault("pdf-active", field)])


def _has_name(data: bytes, name: bytes) -> bool:
    """Whether a name stands in it as a whole: "/AA" is not "/AAB"."""
    at = data.find(name)
    while at >= 0:
        after = data[at + len(name) : at + len(name) + 1]
        if not after.isalnum():
            return True
        at = data.find(name, at + 1)
    return False
