"""A worker ends the own right: the cards end with it, the place is free, nothing is held against
them."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.services import leaving, own_data
from app.storage.database import Session
from permits.authorisations import AuthorisationStatus
from permits.errors import Conflict, Forbidden, Hidden, Stale
from permits.issuing import CredentialState
from tests.builders import Story
from tests.rights import RightStory


@pytest.fixture
def lived(story: Story) -> RightStory:
    return RightStory(story.start().submit().approve().sign())


@pytest.mark.feature("O16")
def test_the_right_and_its_cards_end_and_do_not_come_back(
    lived: RightStory, session: Session
) -> None:
    lived.end()
    right = lived.right.authorisation
    assert right.stored is AuthorisationStatus.ENDED
    assert [card.state for card in lived.right.credentials] == [CredentialState.REVOKED]
    held = text("SELECT count(*) FROM quota_places WHERE application = :case")
    assert session.execute(held, {"case": lived.story.id}).scalar_one() == 0
    with pytest.raises(Conflict, match="no-such-right-move"):
        lived.end()
    with pytest.raises(Conflict, match="no-such-right-move"):
        lived.suspend()
    back = text("UPDATE authorisations SET status = 'granted', ended_at = NULL WHERE id = :id")
    with pytest.raises(IntegrityError, match="back"), session.begin_nested():
        session.execute(back, {"id": right.id})
    tables = own_data.read_own_data(lived.story.work(lived.story.worker), "json").tables
    assert tables["authorisations"][0]["ended_at"] is not None


@pytest.mark.feature("O16")
def test_only_the_worker_ends_it_and_not_to_run_from_a_revocation(
    lived: RightStory, session: Session
) -> None:
    found = lived.right.authorisation
    stranger = Story(session, lived.story.ports).start().worker
    with pytest.raises((Hidden, Forbidden)):
        leaving.end_own_right(lived.story.work(stranger), found.id, seen_version=found.version)
    with pytest.raises(Forbidden):
        leaving.end_own_right(
            lived.story.work(lived.story.inm), found.id, seen_version=found.version
        )
    with pytest.raises(Stale):
        leaving.end_own_right(lived.story.work(lived.story.worker), found.id, seen_version=99)
    lived.propose()
    with pytest.raises(Conflict, match="revocation-waits"):
        lived.end()


def test_no_card_stands_under_an_ended_right(lived: RightStory, session: Session) -> None:
    ended = text(
        "UPDATE authorisations SET status = 'ended', ending = 'worker',"
        " ended_at = now() WHERE id = :id"
    )
    right = lived.right.authorisation
    with pytest.raises(IntegrityError, match="ck_credentials_right_stands"), session.begin_nested():
        session.execute(ended, {"id": right.id})
