"""Messages to the complaints office: lines of reasons to look at a case, as codes, to handlers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched

from app.services import notices
from app.services.work import Work
from app.storage.accounts import Account
from permits.notices import Notice, NoticeKind
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.handling import reference_of

LINES_AT_ONCE = 50
"""Cases in one message."""


@dataclass(frozen=True)
class Line:
    """One reason to look at a case: what, how near its end is, and until when."""

    complaint: ComplaintId
    why: str
    state: str
    day: str

    @property
    def text(self) -> str:
        """As the message carries it: codes, which its template turns into words."""
        return "|".join((reference_of(self.complaint), self.why, self.state, self.day))


def write(work: Work, kind: NoticeKind, account: Account, lines: Sequence[Line]) -> None:
    """The key is drawn by chance: none of it leads to a case, or tells when it came."""
    phone = None if account.email else account.phone
    for some in batched(lines, LINES_AT_ONCE, strict=False):
        facts = {
            "lines": "\n".join(one.text for one in some),
            "link": f"{work.ports.public_url}/quejas",
        }
        key = f"{kind.value}:{work.new_id()}"
        notices.leave(work, Notice(kind, "es", key, phone, account.email, facts))
