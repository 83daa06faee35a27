"""What is forgotten of a complaint whose key is destroyed: nobody can read it any more."""

from sqlalchemy import delete, select

from app.storage.complaint_files import complaint_custody, complaint_files
from app.storage.complaint_messages import complaint_messages
from app.storage.complaint_outside import complaint_outside
from app.storage.complaint_referrals import complaint_referrals
from app.storage.complaint_remedies import complaint_follow_ups, complaint_remedies
from app.storage.complaint_steps import complaint_notes, complaint_steps
from app.storage.database import Session
from recruitment.complaints.filed import ComplaintId

BESIDE = (
    *(complaint_files, complaint_messages, complaint_steps, complaint_notes),
    *(complaint_remedies, complaint_follow_ups, complaint_referrals, complaint_outside),
)
"""What was written, done, planned and handed over in a case."""


def shred_content(session: Session, complaint: ComplaintId) -> None:
    """Forget the content of a case, and the way that its files went."""
    own = select(complaint_files.c.id).where(complaint_files.c.complaint == complaint)
    session.execute(delete(complaint_custody).where(complaint_custody.c.file.in_(own)))
    for table in BESIDE:
        session.execute(delete(table).where(table.c.complaint == complaint))
