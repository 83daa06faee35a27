"""Codes by SMS by the address that asks: who is known is held up by nobody else's asking."""

from collections.abc import Callable

import pytest

from app.services import employer_accounts, registrations, returning
from app.services.phone_codes import PER_ADDRESS, PER_PHONE, REGISTERING
from app.services.throttling import allow_try, give_back
from tests.builders import PHONE, Story
from tests.registered import FARM_PHONE, verified
from tests.services.test_returning import ADDRESS, NEW_PHONE, At, Sent, ask, at, send, sent

__all__ = ["at", "sent"]


@pytest.fixture
def used_up(at: At) -> Callable[[], None]:
    """Somebody asked for as many codes from the address as it has, and typed none."""

    def ask_all() -> None:
        for _ in range(PER_ADDRESS.tries):
            allow_try(at(), PER_ADDRESS, ADDRESS)

    return ask_all


@pytest.mark.promise("P19")
@pytest.mark.asvs("6.3.1")
def test_who_is_known_is_sent_a_code_whatever_others_asked_for_from_the_address(
    story: Story, at: At, sent: Sent, used_up: Callable[[], None]
) -> None:
    story.start().submit()
    ask(at())
    proved = returning.return_by_code(at(), "browser", sent(PHONE)[-1], ADDRESS)
    known = proved.signed_in.known
    used_up()
    assert not ask(at(), "stranger")
    assert not returning.ask_to_return(at(), NEW_PHONE, "elsewhere", "es", ADDRESS, known)
    assert returning.ask_to_return(at(), PHONE, "own", "es", ADDRESS, known)
    assert ask(at(), "another address", address="192.0.2.8")


@pytest.mark.promise("P19")
def test_the_browser_of_a_draft_that_a_stranger_began_is_not_known_to_the_phone(
    story: Story, at: At, sent: Sent, used_up: Callable[[], None]
) -> None:
    story.start()
    ask(at())
    known = returning.return_by_code(at(), "browser", sent(PHONE)[-1], ADDRESS).signed_in.known
    used_up()
    assert known
    assert not returning.ask_to_return(at(), PHONE, "own", "es", ADDRESS, known)


@pytest.mark.promise("P19")
@pytest.mark.feature("E1")
def test_a_stranger_who_uses_up_the_codes_of_a_phone_shuts_out_nobody_who_is_known(
    story: Story, at: At, sent: Sent, used_up: Callable[[], None]
) -> None:
    """A telephone is no secret: the number of a farm stands on its gate."""
    story.start().submit()
    verified(story.session, story.ports, FARM_PHONE, story.now)
    ask(at())
    worker = returning.return_by_code(at(), "browser", sent(PHONE)[-1], ADDRESS).signed_in.known
    registrations.ask_for_code(at(), FARM_PHONE, "farm", "es", ADDRESS)
    send(at())
    came_in = employer_accounts.come_in(at(), "farm", sent(FARM_PHONE)[-1], ADDRESS)
    assert came_in is not None
    assert came_in.signed_in is not None
    grower = came_in.signed_in.known
    for phone in (PHONE, FARM_PHONE):
        for _ in range(PER_PHONE.tries):
            allow_try(at(), PER_PHONE, phone)
    used_up()
    stranger = "192.0.2.8"
    assert not ask(at(), "stranger", address=stranger)
    assert not registrations.ask_for_code(at(), FARM_PHONE, "stranger", "es", stranger)
    assert not registrations.ask_for_code(at(), FARM_PHONE, "worker", "es", stranger, worker)
    for _ in range(PER_PHONE.tries):
        assert returning.ask_to_return(at(), PHONE, "own", "es", ADDRESS, worker)
        assert registrations.ask_for_code(at(), FARM_PHONE, "own", "es", ADDRESS, grower)
    assert not returning.ask_to_return(at(), PHONE, "own", "es", ADDRESS, worker)
    assert not registrations.ask_for_code(at(), FARM_PHONE, "own", "es", ADDRESS, grower)


def test_a_code_that_was_typed_counts_against_nobody(story: Story, at: At, sent: Sent) -> None:
    story.start()
    for _ in range(PER_ADDRESS.tries - 1):
        allow_try(at(), PER_ADDRESS, ADDRESS)
    assert ask(at())
    assert not ask(at(), "stranger", NEW_PHONE)
    returning.return_by_code(at(), "browser", sent(PHONE)[-1], ADDRESS)
    give_back(at(), PER_ADDRESS, ADDRESS)  # the stranger's
    assert ask(at(), "stranger", NEW_PHONE)


@pytest.mark.promise("P19")
@pytest.mark.feature("E1")
def test_strangers_phones_use_up_a_part_of_the_messages_and_workers_get_theirs(
    story: Story, at: At, sent: Sent
) -> None:
    story.start()
    verified(story.session, story.ports, FARM_PHONE, story.now)
    for _ in range(REGISTERING.tries):
        allow_try(at(), REGISTERING, "")
    assert registrations.ask_for_code(at(), NEW_PHONE, "farm", "es", ADDRESS)
    assert registrations.ask_for_code(at(), FARM_PHONE, "grower", "es", ADDRESS)
    assert ask(at())
    assert sent(NEW_PHONE) == []
    # Workers get theirs, and whoever is verified hires on.
    assert (len(sent(PHONE)), len(sent(FARM_PHONE))) == (1, 1)
