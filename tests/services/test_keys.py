"""What operators do with keys: counted, refused, logged; and what a compromise turns red."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.services import key_care, keys, status_lists
from app.services.verification import judge
from app.storage import audit
from app.storage.credentials import TEXT, credentials
from permits import keys as law
from permits.audit import Act
from permits.errors import Conflict, NotFound
from permits.keys import PUBLISHED_AHEAD, SETTLES, SIGNS, Key, KeyState
from permits.people import SYSTEM
from permits.signing import KeyUse
from tests import key_acts
from tests.builders import NOW, Story, work_of
from tests.services.border import make_post
from tests.services.key_operator import Operator


@pytest.fixture
def operator(story: Story) -> Operator:
    return Operator(story)


def told(key: Key, state: str) -> dict[str, object]:
    return {"kid": key.name, "use": key.use.value, "state": state}


def permit(story: Story) -> str:
    """Another permit of the story's day; returns its QR text."""
    other = Story(story.session, story.ports, story.now)
    other.start().submit().approve().sign()
    row = story.session.execute(
        select(credentials.c.id, credentials.c.text).order_by(credentials.c.prepared_at.desc())
    ).first()
    assert row is not None
    return story.ports.vault.open(TEXT, row.id, row.text)


@pytest.mark.promise("P10")
@pytest.mark.feature("D7")
def test_a_rotation_is_in_the_log_step_by_step(operator: Operator) -> None:
    first, second = operator.signing(), operator.make()
    with pytest.raises(Conflict) as refused:
        keys.activate_key(operator.work, second.kid)
    assert refused.value.code == "key-too-early"
    operator.story.later(days=7)
    keys.activate_key(operator.work, second.kid)
    assert operator.log() == [
        ("key:make", told(second, "next")),
        ("key:activate", told(second, "active")),
        ("key:retire", told(first, "retired")),
    ]
    subject = audit.list_events(operator.story.session, keys.subject_of(second.kid))
    assert [event.act for event in subject] == [Act.KEY_MADE, Act.KEY_ACTIVATED]


def test_a_key_is_named_by_how_it_begins(operator: Operator) -> None:
    key = operator.signing()
    assert keys.find_key(operator.work, key.name[:6].upper()) == key
    for name in (key.name[:3], "", "zzzz"):
        with pytest.raises(NotFound) as refused:
            keys.find_key(operator.work, name)
        assert refused.value.code == "key-unknown"
    twin = Key(**{**vars(key), "kid": key.kid[:-1] + bytes([key.kid[-1] ^ 1])})
    operator.ring.standing[twin.kid] = twin
    with pytest.raises(Conflict) as ambiguous:
        keys.find_key(operator.work, key.name[:-2])
    assert ambiguous.value.code == "key-ambiguous"


@pytest.mark.promise("P10")
def test_a_key_with_nobody_to_follow_is_not_retired(operator: Operator) -> None:
    key = operator.signing()
    with pytest.raises(Conflict) as refused:
        keys.retire_key(operator.work, key.kid)
    assert refused.value.code == "key-nobody-follows"
    assert (operator.signing(), operator.log()) == (key, [])


@pytest.mark.promise("P10")
def test_what_waits_for_a_retired_key_is_still_signed_with_it(operator: Operator) -> None:
    first, second = operator.signing(), operator.make()
    story = operator.story.later(days=7)
    story.start().submit().approve()
    retired, follower = keys.retire_key(operator.work, first.kid)
    assert (retired.state, follower.kid) == (KeyState.RETIRED, second.kid)
    assert keys.count_pending(operator.work, first.kid) == 1
    story.sign()
    assert keys.count_pending(operator.work, first.kid) == 0
    row = story.session.execute(select(credentials)).one()
    assert (row.state, row.kid) == ("issued", first.kid)
    text = story.ports.vault.open(TEXT, row.id, row.text)
    assert judge_later(story, text) == "ok"


def judge_later(story: Story, text: str, days: int = 10) -> str:
    """The verdict some days after the permit began to count, on lists of that day."""
    work = work_of(story.session, SYSTEM, story.ports, story.now + timedelta(days=days))
    status_lists.publish_status_list(work, 1)
    return judge(work, text).reason.value


@pytest.mark.promise("P10")
@pytest.mark.feature("D7", "O16")
def test_a_cutoff_turns_exactly_what_was_issued_at_or_after_it_red(operator: Operator) -> None:
    story = operator.story
    lost = operator.signing()
    story.now = NOW.replace(microsecond=700_000)
    before = permit(story)
    story.later(seconds=1)
    cutoff = story.now  # in the midst of its second
    at = permit(story)
    story.later(seconds=1)
    after = permit(story)
    assert {judge_later(story, text) for text in (before, at, after)} == {"ok"}

    story.later(hours=1)
    foreseen = keys.foresee_loss(operator.work, lost.kid, cutoff)
    assert (foreseen.uses.standing, foreseen.uses.since, foreseen.uses.pending) == (3, 2, 0)
    assert operator.signing() == lost  # looking changes nothing
    loss = keys.compromise_key(operator.work, lost.kid, cutoff)
    assert loss.uses == foreseen.uses

    verdicts = [judge_later(story, text) for text in (before, at, after)]
    assert verdicts == ["ok", "key-revoked", "key-revoked"]
    assert verdicts.count("key-revoked") == loss.uses.since
    assert operator.log()[-1] == (
        "key:compromise",
        {**told(lost, "compromised"), "cutoff": cutoff.replace(microsecond=0).isoformat()},
    )


@pytest.mark.promise("P10")
def test_without_a_cutoff_all_of_it_is_red_and_the_next_key_signs_at_once(
    operator: Operator,
) -> None:
    story, lost = operator.story, operator.signing()
    text = permit(story)
    second = operator.make()
    loss = keys.compromise_key(operator.work, lost.kid, None)
    assert (loss.uses.standing, loss.uses.since) == (1, 1)
    assert loss.follower is not None
    assert loss.follower.kid == second.kid == operator.signing().kid
    assert judge_later(story, text) == "key-revoked"
    story.later(minutes=1)
    assert judge_later(story, permit(story)) == "ok"


@pytest.mark.promise("P10")
def test_nothing_is_prepared_while_no_key_signs_and_the_next_that_is_made_signs(
    operator: Operator,
) -> None:
    story = operator.story
    loss = keys.compromise_key(operator.work, operator.signing().kid, None)
    assert loss.follower is None
    story.start().submit()
    with pytest.raises(Conflict) as refused:
        story.approve()
    assert refused.value.code == "no-active-key"
    assert operator.make().state is KeyState.ACTIVE


@pytest.mark.promise("P10")
def test_a_standby_root_waits_until_every_device_knows_it(operator: Operator) -> None:
    story = operator.story
    make_post(story.session, story.ports).machine()
    story.later(days=1)
    standby = operator.make(KeyUse.TRUST)
    with pytest.raises(Conflict) as refused:
        keys.activate_key(operator.work, standby.kid)
    assert (refused.value.code, refused.value.facts) == (
        "root-unknown-to-devices",
        {"devices": 1},
    )
    # Where the other root is lost there is nothing to wait for.
    keys.compromise_key(operator.work, operator.signing(KeyUse.TRUST).kid, None)
    assert operator.signing(KeyUse.TRUST).kid == standby.kid


@pytest.mark.promise("P10")
def test_the_worker_lets_the_next_key_sign_when_the_time_has_come(operator: Operator) -> None:
    first = operator.signing()
    assert key_care.rotate_due_keys(operator.work) == 0  # due for years, and nobody follows
    second = operator.make()
    operator.story.later(days=6)
    assert key_care.rotate_due_keys(operator.work) == 0
    operator.story.later(days=1)
    assert key_care.rotate_due_keys(operator.work) == 1
    assert operator.signing().kid == second.kid
    assert operator.log()[-1] == ("key:retire", told(first, "retired"))
    third = operator.make()
    operator.story.later(days=SIGNS.days - 1)
    assert key_care.rotate_due_keys(operator.work) == 0
    operator.story.later(days=1)
    assert key_care.rotate_due_keys(operator.work) == 1
    assert operator.signing().kid == third.kid


@pytest.mark.promise("P10")
def test_a_retired_key_ends_a_month_after_the_last_that_it_signed(operator: Operator) -> None:
    story, first = operator.story, operator.signing()
    permit(story)
    ends = story.session.execute(select(credentials.c.expires)).scalar_one()
    second = operator.make()
    story.later(days=7)
    keys.activate_key(operator.work, second.kid)
    assert key_care.settle_retired_keys(operator.work) == 0  # something may still be prepared
    story.later(days=SETTLES.days)
    assert key_care.settle_retired_keys(operator.work) == 1
    assert key_care.settle_retired_keys(operator.work) == 0
    settled = operator.ring.find(first.kid)
    assert settled is not None
    assert settled.expires == ends + law.KEPT
    assert operator.log()[-1] == (
        "key:settle",
        {"kid": first.name, "ends": settled.expires.isoformat()},
    )


def test_a_key_of_tokens_verifies_as_long_as_a_permit_in_a_wallet_may_last(
    operator: Operator,
) -> None:
    first = operator.signing(KeyUse.TOKEN).kid
    following = operator.make(KeyUse.TOKEN)
    operator.story.later(days=7)
    keys.activate_key(operator.work, following.kid)
    operator.story.later(days=SETTLES.days)
    assert key_care.settle_retired_keys(operator.work) == 1
    settled = operator.ring.find(first)
    assert settled is not None
    assert settled.ended is not None
    assert settled.expires == settled.ended + law.LONGEST_PERMIT + law.KEPT


@pytest.mark.asvs("16.2.1")
def test_what_was_changed_by_no_command_is_noted_once(operator: Operator) -> None:
    count = len(operator.ring.list_keys())
    assert key_care.note_changed_keys(operator.work) == count  # the first keys of the house
    operator.make()
    assert key_care.note_changed_keys(operator.work) == 0
    key_acts.compromise(operator.ring, operator.signing().kid, None, operator.story.now)  # by hand
    assert key_care.note_changed_keys(operator.work) == 1
    noted = operator.log()[-1]
    assert noted[0] == "key:note"
    assert noted[1]["state"] == "compromised"  # type: ignore[index]
    assert key_care.note_changed_keys(operator.work) == 0


def test_permits_that_wait_for_their_signature_are_told(operator: Operator) -> None:
    story = operator.story
    story.start().submit().approve()
    assert key_care.find_waiting_permits(operator.work) == []
    since = story.now
    story.later(minutes=11)
    told_since = since.isoformat(timespec="seconds")
    assert key_care.find_waiting_permits(operator.work) == [
        f"1 permits wait for a signature since {told_since}"
    ]
    story.sign()
    assert key_care.find_waiting_permits(operator.work) == []


def test_what_an_operator_has_to_do_about_keys(operator: Operator) -> None:
    def troubles(now: datetime = NOW) -> list[str]:
        return key_care.list_key_troubles(operator.ring.list_keys(), now)

    for use in (KeyUse.PERMIT, KeyUse.STATUS, KeyUse.TOKEN, KeyUse.LOG, KeyUse.TRUST):
        operator.make(use)
    assert troubles() == []
    keys.make_key(operator.work, KeyUse.FACE)
    assert troubles() == ["a key waits to be published: keys draft-list"]
    key_acts.publish(operator.ring, NOW)
    operator.story.now = NOW + PUBLISHED_AHEAD
    key_care.rotate_due_keys(operator.work)
    soon = NOW + PUBLISHED_AHEAD + SIGNS - key_care.FOLLOWER_AHEAD
    assert troubles(soon - timedelta(seconds=1)) == []
    assert [line.split(" has")[0] for line in troubles(soon)] == [
        f"the {use} key" for use in ("permit", "status", "token", "log")
    ]
