"""The messages of a case: each with its state and its words, for the two agencies alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.services import case_messages, effects, retention
from app.services.case_messages import MessageState
from app.services.effects import EffectFailed
from app.services.ports import Letter
from app.storage import outbox
from app.storage.outbox import Message
from permits.approvals import Opinion
from permits.people import SYSTEM
from tests.builders import PHONE, Story


class Away:
    """A gateway that takes nothing."""

    def send(self, letter: Letter, key: str) -> str:
        raise ConnectionError(letter.channel)


def try_(story: Story, times: int) -> None:
    """The next message is tried in vain so often."""
    work = replace(story.work(SYSTEM), ports=replace(story.ports, messenger=Away()))
    for _ in range(times):
        with pytest.raises(EffectFailed) as failed, story.session.begin_nested():
            effects.run_next_effect(work)
        effects.postpone_effect(work, failed.value.due, failed.value.reason)
        work = replace(work, now=work.now + timedelta(hours=2))


def told(story: Story) -> list[tuple[str, MessageState, str]]:
    seen = case_messages.list_seen(story.work(story.setrass), story.id)
    return [(one.kind, one.state, one.channel) for one in seen]


@pytest.mark.feature("N6", "W11")
def test_a_message_is_told_with_its_state_and_words_until_it_is_forgotten(story: Story) -> None:
    other = Story(story.session, story.ports).start().submit()
    story.start().submit()
    assert told(story) == [("application-submitted", MessageState.WAITING, "")]
    while effects.run_next_effect(story.work(SYSTEM)):
        pass
    by_whatsapp = f"application-submitted:{story.id}:{story.application.version}:whatsapp"
    way = (by_whatsapp, "application-submitted", "es", "whatsapp", PHONE, "", "hola", story.now)
    outbox.add_message(story.session, Message(*way, provider_id="wamid.1"))
    outbox.note_report(story.session, "wamid.1", story.now, delivered=True)
    sent = [
        ("application-submitted", MessageState.DELIVERED, "whatsapp"),
        ("application-submitted", MessageState.SENT, "sms"),
    ]
    assert told(story) == sent

    story.decide(story.setrass, Opinion.RETURN)
    returned = "application-returned"
    try_(story, 1)
    assert told(story) == [(returned, MessageState.TRIED, ""), *sent]
    try_(story.later(days=1), effects.TRIES_OF_NOTICE - 1)
    assert told(story) == [(returned, MessageState.GIVEN_UP, ""), *sent]
    lost = case_messages.list_seen(story.work(story.inm), story.id)[0]
    assert lost.is_lost
    assert str(story.application.receipt) in lost.text
    assert case_messages.list_seen(story.work(story.consul), story.id) == ()
    count, since = effects.read_given_up(story.session, story.now)
    assert (count, since) == (1, lost.at)

    other_one, *_ = case_messages.list_seen(story.work(story.setrass), other.id)
    assert str(other.application.receipt) in other_one.text
    retention.run_retention(story.later(days=60).work(SYSTEM))
    forgotten = case_messages.list_seen(story.work(story.setrass), story.id)
    assert [(one.kind, one.state, one.text) for one in forgotten] == [
        (returned, MessageState.GIVEN_UP, ""),
        ("application-submitted", MessageState.SENT, ""),
    ]
    assert effects.read_given_up(story.session, story.now) == (0, None)
