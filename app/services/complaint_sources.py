"""Whether several complaints are of one person: a keyed hash of who told, kept for thirty days.

Its key is in no table and its place is its own, so that it is equal to nothing that an account, a
phone or a permit is found by. An anonymous complaint has none: nothing ties it to another (R37
counts it as its own source).
"""

from app.services.complaint_filing import read_told
from app.services.complaint_keys import CaseSeal
from app.services.work import Work
from app.storage import complaint_messages
from recruitment.complaints.filed import Filed, Told, told_by
from recruitment.complaints.words import Filing

SOURCE = "complaints.source"


def source_of(work: Work, filing: Filing, told: Told) -> bytes | None:
    """The token of whose experience is told; None where nobody said it."""
    person = told_by(filing, told)
    return work.ports.vault.index(SOURCE, person) if person else None


def find_source(work: Work, seal: CaseSeal, filed: Filed) -> bytes | None:
    """The token of a case that is open, by what was told when it was filed."""
    first, *_ = complaint_messages.list_messages(work.session, filed.id)
    return source_of(work, filed.filing, read_told(work, seal, first))
