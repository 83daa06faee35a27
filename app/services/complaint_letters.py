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
    """One reason to look at a case: what, how near its end is, and until when.

    Without a case it is about the office itself.
    """

    complaint: ComplaintId | None
    why: str
    state: str
    day: str

    @property
    def text(self) -> str:
        """As the message carries it: codes, which its template turns into words."""
        reference = reference_of(self.complaint) if self.complaint else ""
        return "|".join((reference, self.why, self.state, self.day))


def write(work: Work, kind: NoticeKind, account: Account, lines: Sequence[Line]) -> None:
    """The key is drawn by chance: none of it leads to a case, or tells when it came.

    To the e-mail address, else to the telephone. Danger goes to both: nobody looks at their mail
    at night. The SMS says that there is danger and where to read it, and names no case; it is a
    message of its own, so that a gateway that is away sends no e-mail twice.
    """
    for some in batched(lines, LINES_AT_ONCE, strict=False):
        told = "\n".join(one.text for one in some)
        if account.email:
            _leave(work, kind, None, account.email, told)
        elif account.phone:
            _leave(work, kind, account.phone, None, told)
    if kind is NoticeKind.COMPLAINT_DANGER and account.email and account.phone:
        _leave(work, kind, account.phone, None, "")


def _leave(work: Work, kind: NoticeKind, phone: str | None, email: str | None, told: str) -> None:
    facts = {"lines": told, "link": f"{work.ports.public_url}/quejas"}
    notices.leave(work, Notice(kind, "es", f"{kind.value}:{work.new_id()}", phone, email, facts))
