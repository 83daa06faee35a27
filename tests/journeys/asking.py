"""What workers of the cast ask: to be come along with, corrected, and looked at again."""

from datetime import date

from app.services import appeals, companions, own_data
from app.services.work import token_hash
from app.storage.companions import ask_companion
from permits.audit import Act
from permits.companions import Relation
from permits.data_requests import RequestKind
from tests.builders import Story


def ask_along(story: Story) -> str:
    """A worker told of a grown companion; the link on their phone."""
    work, token = story.work(story.worker), "asked-to-come-along"
    wife = companions.Told(Relation.SPOUSE, "Ana Inventada", date(1995, 1, 2), phone="+50255512399")
    added = companions.add_companion(work, story.id, wife)
    event = work.event(Act.COMPANION_ASKED, story.id)
    ask_companion(story.session, added.id, token_hash(token), story.now, event=event)
    return f"/acompanar/{token}"


def ask_office(story: Story) -> str:
    """A worker asks that what was sealed be corrected."""
    asked = own_data.ask_office(
        story.work(story.worker), story.id, RequestKind.CORRECTION, "Mi apellido es Méndez."
    )
    return str(asked.id)


def contest(story: Story) -> str:
    """A worker asks that a refusal be looked at again."""
    words = "El documento es mío y está vigente."
    return str(appeals.file_appeal(story.work(story.worker), story.id, words).id)
