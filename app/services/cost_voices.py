"""A payment told by voice (N9): cleaned of what tells on people, sealed, heard by who may read it.

What phones record is taken as complaints take it. Each voice lies sealed under a key of its own,
which goes with its row: what is left of the file then opens to nobody.
"""

import base64

from app.services.documents import A_DAY, UnfitFile, is_malware
from app.services.erasing import EFFECT
from app.services.throttling import allow_try
from app.services.work import Work
from app.storage import outbox
from permits.applications import Application
from permits.errors import Fault, NotFound
from recruitment.complaints.evidence import find_kind, without_metadata
from recruitment.complaints.filed import FILE_LIMIT_BYTES, Evidence
from recruitment.costs import CostEntry, Voice

SECRET = "cost_entries.voice_sealed"  # noqa: S105  a place, no secret
SOUND = f"{SECRET}/sound"
"""What the key of a voice seals; its own place is the part before the slash."""

FIELD = "voice"


def keep_voice(work: Work, own: Application, entry: CostEntry, data: bytes) -> Voice:
    """Seal what was recorded and keep it: the object first, then its row.

    UnfitFile for what is no sound of a phone, too large or infected; Outage where nobody can say.
    """
    media = _check(work, own, data)
    plain = without_metadata(media, data).data
    secret = work.ports.vault.make_key(SECRET, entry.id)
    text = base64.b64encode(plain).decode()
    sealed = work.ports.vault.seal_under(secret, SOUND, entry.id, text)
    key = f"costs/{own.id}/{work.new_id()}.voice"
    work.ports.objects.put(key, sealed, "application/octet-stream")
    return Voice(key, media, secret)


def voice_of(work: Work, entry: CostEntry) -> tuple[bytes, str]:
    """The sound of an entry and its media type; NotFound where there is none."""
    voice = entry.voice
    if voice is None:
        raise NotFound("no-such-document")
    sealed = work.ports.objects.get(voice.key)
    text = work.ports.vault.open_under(voice.secret, SOUND, entry.id, sealed)
    return base64.b64decode(text), voice.media


def forget_voice(work: Work, entry: CostEntry) -> None:
    """Let the file go; its key goes with the row."""
    if entry.voice is not None:
        key = entry.voice.key
        outbox.put(work.session, outbox.Effect(EFFECT, f"delete:{key}", {"key": key}), work.now)


def _check(work: Work, own: Application, data: bytes) -> str:
    if len(data) > FILE_LIMIT_BYTES:
        limit = FILE_LIMIT_BYTES // 1024**2
        raise UnfitFile([Fault("file-too-large", FIELD, {"limit_mb": limit})])
    found = find_kind(data)
    if found is None or found[0] is not Evidence.VOICE:
        raise UnfitFile([Fault("voice-unknown", FIELD)])
    if is_malware(work, data):
        raise UnfitFile([Fault("file-infected", FIELD)])
    if not allow_try(work, A_DAY, str(own.worker)):
        raise UnfitFile([Fault("too-many-files", FIELD, {"limit": A_DAY.tries})])
    return found[1]
