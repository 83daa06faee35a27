"""A backup is brought back: what was revoked or suspended since does not count, once for all."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app.adapters import endings as files
from app.services import status_lists
from app.services.ending_again import EndedAgain, end_again, list_ended
from app.services.ports import Ports
from app.services.work import Work
from app.storage import audit
from app.storage.database import Session
from permits import cose, status_list
from permits.audit import Act
from permits.authorisations import AuthorisationStatus
from permits.endings import Ended
from permits.issuing import CredentialState, RevocationReason
from permits.people import SYSTEM
from permits.revocations import Outcome
from permits.status_list import Status
from tests.builders import NOW, Story, work_of
from tests.rights import RightStory, signed

pytestmark = pytest.mark.promise("P22")

Live = Callable[[], RightStory]


@pytest.fixture
def session(owner_session: Session) -> Session:
    """Who restores works as the owner of the tables."""
    return owner_session


@pytest.fixture
def live(session: Session, ports: Ports) -> Live:
    return lambda: signed(Story(session, ports))


@pytest.fixture
def at(session: Session, ports: Ports) -> Callable[..., Work]:
    def work(days: int = 0) -> Work:
        return work_of(session, SYSTEM, ports, NOW + timedelta(days=days))

    return work


At = Callable[..., Work]


def lost_after(session: Session, steps: Callable[[], object], at: At) -> Ended:
    """What was told to the other place after these steps; then the backup of before is back."""
    backup = session.begin_nested()
    steps()
    ended = list_ended(at())
    backup.rollback()
    session.expire_all()
    return ended


def place_of(lived: RightStory) -> tuple[int, int]:
    card = lived.permit.credential
    return card.status_list, card.status_index


def says(work: Work, place: tuple[int, int]) -> Status:
    """What the list, signed anew, says of a place."""
    published = status_lists.publish_status_list(work, place[0])
    return status_list.read_claims(cose.read_sign1(published.cwt).payload).status(place[1])


def test_a_right_that_was_taken_back_is_taken_back_by_the_same_two_people(
    session: Session, live: Live, at: At
) -> None:
    lived = live()
    place = place_of(lived)
    ended = lost_after(session, lambda: lived.propose().confirm(), at)
    assert (says(at(), place), lived.right.revocations) == (Status.VALID, ())
    assert end_again(at(), ended) == EndedAgain(cards=1, rights=1)
    right = lived.right
    assert right.authorisation.stored is AuthorisationStatus.REVOKED
    (told,) = right.revocations
    assert (told.outcome, told.note, told.hearing) == (Outcome.CONFIRMED, "", "")
    before = ended.revocations[0]
    assert (told.proposed_by, told.decided_by) == (before.proposed_by, before.decided_by)
    assert right.credentials[0].revocation_reason is RevocationReason.AUTHORISATION_ENDED
    assert says(at(), place) is Status.INVALID
    (event,) = [
        one
        for one in audit.list_events(session, right.authorisation.id)
        if one.act is Act.AUTHORISATION_REVOKED
    ]
    assert (event.person, event.facts["proposed_by"]) == (SYSTEM.person, str(told.proposed_by))


def test_a_proposal_that_waited_in_the_backup_is_confirmed(
    session: Session, live: Live, at: At
) -> None:
    lived = live().propose()
    ended = lost_after(session, lived.confirm, at)
    assert end_again(at(), ended).rights == 1
    (told,) = lived.right.revocations
    assert (told.outcome, told.hearing) == (Outcome.CONFIRMED, "Dijo que no sabía nada de eso.")


def test_a_right_that_its_worker_ended_is_ended_as_of_then(
    session: Session, live: Live, at: At
) -> None:
    lived, paused = live(), live()
    place = place_of(lived)
    paused.suspend(days=10)
    ended = lost_after(session, lambda: (lived.end(), paused.reinstate().end()), at)
    assert says(at(days=2), place) is Status.VALID
    done = end_again(at(days=2), ended)
    # Who gave the suspended right back is not known here: it stays an official's.
    assert done == EndedAgain(cards=2, rights=1, by_hand=(paused.right.authorisation.id,))
    right = lived.right.authorisation
    left = {one.authorisation: one.ended_at for one in ended.leavings}
    assert right.stored is AuthorisationStatus.ENDED
    kept = session.execute(text("SELECT ended_at FROM authorisations WHERE id = :id"), vars(right))
    assert kept.scalar_one() == left[right.id]
    assert says(at(days=2), place) is Status.INVALID
    (event,) = [
        one for one in audit.list_events(session, right.id) if one.act is Act.AUTHORISATION_ENDED
    ]
    assert event.person == SYSTEM.person
    assert end_again(at(days=2), ended).rights == 0


def test_a_suspension_runs_again_until_its_own_day(session: Session, live: Live, at: At) -> None:
    lived, over = live(), live()
    place = place_of(lived)
    ended = lost_after(session, lambda: (lived.suspend(days=10), over.suspend(days=2)), at)
    assert end_again(at(days=3), ended) == EndedAgain(suspensions=1)
    assert lived.right.authorisation.stored is AuthorisationStatus.SUSPENDED
    assert lived.right.authorisation.suspended_until == max(s.until for s in ended.suspensions)
    assert over.right.authorisation.stored is AuthorisationStatus.GRANTED
    assert says(at(days=3), place) is Status.SUSPENDED


def test_a_lost_card_is_lost_again_and_the_right_stands(
    session: Session, live: Live, at: At
) -> None:
    lived = live()
    place = place_of(lived)
    ended = lost_after(session, lived.lose_card, at)
    assert end_again(at(), ended) == EndedAgain(cards=1)
    (card,) = lived.right.credentials
    assert (card.state, card.revocation_reason) == (CredentialState.REVOKED, RevocationReason.LOST)
    assert lived.right.authorisation.stored is AuthorisationStatus.GRANTED
    assert says(at(), place) is Status.INVALID


def test_cards_that_the_backup_never_knew_do_not_count_either(
    session: Session, live: Live, at: At
) -> None:
    places: list[tuple[int, int]] = []

    def later() -> None:
        taken, paused, good = live(), live(), live()
        places.extend(place_of(one) for one in (taken, paused, good))
        taken.propose().confirm()
        paused.suspend(days=10)

    ended = lost_after(session, later, at)
    assert end_again(at(), ended) == EndedAgain(places=2)
    told = [says(at(), place) for place in places]
    assert told == [Status.INVALID, Status.SUSPENDED, Status.VALID]
    assert says(at(days=9), places[1]) is Status.SUSPENDED
    assert says(at(days=10), places[1]) is Status.VALID


def test_officials_whom_the_backup_does_not_know_leave_the_act_to_others(
    session: Session, live: Live, at: At
) -> None:
    lived = live()
    place = place_of(lived)
    ended = lost_after(session, lambda: RightStory(lived.story).propose().confirm(), at)
    done = end_again(at(), ended)
    assert (done.by_hand, done.rights, done.cards) == ((lived.right.authorisation.id,), 0, 1)
    assert says(at(), place) is Status.INVALID  # nobody passes with it meanwhile
    lived.propose().confirm()
    assert lived.right.authorisation.stored is AuthorisationStatus.REVOKED


def test_done_twice_is_done_once(session: Session, live: Live, at: At) -> None:
    one, two, three = live(), live(), live()

    def later() -> None:
        one.propose().confirm()
        two.suspend()
        three.lose_card()
        live().propose().confirm()

    ended = lost_after(session, later, at)
    first = end_again(at(), ended)
    assert first == EndedAgain(cards=2, places=1, rights=1, suspensions=1)
    events = len(audit.list_events(session, one.right.authorisation.id))
    assert end_again(at(), ended) == EndedAgain()
    assert len(audit.list_events(session, one.right.authorisation.id)) == events
    still = list_ended(at())
    assert {card.number for card in still.cards} <= {card.number for card in ended.cards}
    assert len(still.revocations) == len(still.suspensions) == 1


def test_the_file_tells_what_was_ended_and_nothing_that_was_said(
    session: Session, live: Live, at: At, tmp_path: Path
) -> None:
    one, two, three = live(), live(), live()
    one.propose().confirm()
    two.suspend()
    three.lose_card()
    live().end()
    ended, file = list_ended(at()), tmp_path / "revoked.jsonl"
    files.write(file, ended, NOW, "passphrase")
    assert files.read(file, "passphrase") == (ended, NOW.isoformat())
    text_ = file.read_text("utf-8")
    for said in ("Dijo que", "El documento que", "Hay que confirmar", "María", "Gutiérrez"):
        assert said not in text_
    assert (file.stat().st_mode & 0o777) == 0o600
    lines = text_.splitlines(keepends=True)
    assert [line.split('"')[3] for line in lines].count("card") == 4
    assert '"what": "leaving"' in text_

    for spoilt in (
        "".join(lines[1:]),
        "".join(lines[:-1]),
        text_.replace('"invalid"', '"suspended"', 1),
        text_.replace('"made_at": "2026', '"made_at": "2027'),
        "",
        "[]\n",
    ):
        file.write_text(spoilt, "utf-8")
        with pytest.raises(files.BadEndings):
            files.read(file, "passphrase")
    file.write_text(text_, "utf-8")
    with pytest.raises(files.BadEndings, match="another VEREDA_KEY_PASSPHRASE"):
        files.read(file, "another")
