"""What time alone does: a right that nobody takes up ends, and a draft is reminded of."""

from sqlalchemy import text

from app.services import sign_in, unsent_drafts, unused_rights
from app.services.returning import WAY
from permits.people import SYSTEM
from tests.builders import Story


def lapsed(story: Story) -> Story:
    """Told a week before its thirty days are over, and ended; the message went out at once."""
    story.start().submit().approve().sign().later(days=31)
    assert unused_rights.tell_unused(story.work(SYSTEM))
    sent = text("UPDATE outbox SET done_at = :now WHERE key LIKE 'right-unused:%'")
    story.session.execute(sent, {"now": story.now})
    assert unused_rights.end_unused(story.later(days=8).work(SYSTEM))
    return story


def prove_phone(story: Story, way: str = WAY) -> Story:
    """The worker came back by a code on the phone, or by another way."""
    sign_in.open_for_worker(story.work(story.worker), story.worker.person, way, "")
    return story


def reminded(story: Story) -> Story:
    """A draft that was left, on a telephone that was proved."""
    prove_phone(story.start()).later(days=4)
    assert unsent_drafts.remind_unsent(story.work(SYSTEM))
    return story
