"""A right that nobody takes up: its worker is told, it ends by time, and its place comes back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.services import journeys, replacements, return_surveys, unused_rights
from app.services.case import load_case
from app.storage import audit, endings, permit_shields
from app.storage.database import Session
from permits.audit import Act
from permits.authorisations import AuthorisationStatus, RightEnding
from permits.issuing import CredentialState, RevocationReason
from permits.journeys import JourneyStep
from permits.people import SYSTEM
from permits.retaliation import Shield, ShieldId
from permits.status_list import Status
from tests.builders import Story
from tests.farmed import add_farm
from tests.rights import RightStory, listed, signed, told, work_off
from tests.services.test_employer_changes import ask as ask_employer

FIRST = date(2026, 12, 1)
"""The first day of the story's right; it can be used until the end of December."""

MORNING = 15


def on(lived: RightStory, day: date) -> RightStory:
    """Nine in the morning of a day at the office."""
    lived.story.now = datetime(day.year, day.month, day.day, MORNING, tzinfo=UTC)
    return lived


def tell(lived: RightStory) -> int:
    count = unused_rights.tell_unused(lived.story.work(SYSTEM))
    work_off(lived)
    return count


def end(lived: RightStory) -> int:
    return unused_rights.end_unused(lived.story.work(SYSTEM))


def warned(story: Story) -> RightStory:
    """Told a week before the thirty days are over."""
    lived = on(signed(story), FIRST + timedelta(days=23))
    assert tell(lived) == 1
    return lived


@pytest.mark.feature("O16")
def test_it_ends_after_its_days_and_a_week_s_notice_and_its_place_comes_back(
    story: Story, session: Session
) -> None:
    lived = on(signed(story), FIRST + timedelta(days=22))
    work_off(lived)
    assert tell(lived) == end(lived) == 0
    assert tell(on(lived, FIRST + timedelta(days=23))) == 1
    assert (tell(lived), told(lived).count("right-unused")) == (0, 1)
    worker = story.work(story.worker)
    assert unused_rights.find_use_by(worker, lived.right.authorisation) == date(2026, 12, 31)
    assert tell(on(lived, date(2026, 12, 31))) == end(lived) == 0  # the last day counts
    assert end(on(lived, date(2027, 1, 1))) == 1
    assert end(lived) == 0
    right = lived.right.authorisation
    assert (right.stored, right.ending) == (AuthorisationStatus.ENDED, RightEnding.UNUSED)
    assert [card.state for card in lived.right.credentials] == [CredentialState.REVOKED]
    held = text("SELECT count(*) FROM quota_places WHERE application = :case")
    assert session.execute(held, {"case": story.id}).scalar_one() == 0
    work_off(lived)
    assert told(lived)[-1] == "right-lapsed"
    assert listed(lived, lived.permit.credential.status_index) is Status.INVALID
    assert Act.AUTHORISATION_LAPSED in {one.act for one in audit.list_events(session, right.id)}
    # A restore ends it again as what it was, and nobody asks how the season went.
    (leaving,) = endings.list_leavings(session, date(2027, 1, 1))
    assert (leaving.ending, leaving.ended_at) == (RightEnding.UNUSED, right.ended_at)
    assert return_surveys.ask_returned(on(lived, date(2027, 1, 2)).story.work(SYSTEM)) == 0


def test_nobody_loses_a_right_of_which_the_message_did_not_go_out(story: Story) -> None:
    lived = warned(story)
    sent = text("UPDATE outbox SET done_at = :at WHERE key LIKE 'right-unused:%'")
    late = datetime(2026, 12, 26, MORNING, tzinfo=UTC)
    story.session.execute(sent, {"at": late})
    assert end(on(lived, date(2027, 1, 2))) == 0
    assert end(on(lived, date(2027, 1, 3))) == 1  # a week after it went out


def cross(lived: RightStory) -> None:
    passing = """
        INSERT INTO crossings (id, number, direction, post, device, agent, device_time,
          received_at, verdict, reason, offline, anomalies)
        VALUES (gen_random_uuid(), :number, 'entry', 'HN-GT-1', 'd', gen_random_uuid(), :now,
          :now, 'green', 'ok', false, '{}')"""
    number = lived.permit.credential.number
    lived.story.session.execute(text(passing), {"number": number, "now": lived.story.now})


def pass_gate(lived: RightStory) -> None:
    story = lived.story
    passing = """
        INSERT INTO farm_movements (id, farm, application, worker, direction, how, belonging,
          happened_at, recorded_at, recorded_by, offline)
        VALUES (gen_random_uuid(), :farm, :case, :worker, 'entry', 'list', 'authorised',
          :now, :now, :farm, false)"""
    farm = add_farm(story.work(story.setrass), employer_of(lived))
    story.session.execute(text(passing), {**case_of(lived), "farm": farm, "now": story.now})


def pay(lived: RightStory) -> None:
    paid = """
        INSERT INTO payslips (application, first_day, version, worker, vacancy, employer, content,
          digest, findings, written_by, written_at)
        SELECT :case, '2026-12-01', 1, :worker, id, employer, '{}', encode(sha256('{}'), 'hex'),
          '[]', gen_random_uuid(), :now FROM vacancies WHERE employer = :employer"""
    told = {**case_of(lived), "employer": employer_of(lived), "now": lived.story.now}
    lived.story.session.execute(text(paid), told)


def employer_of(lived: RightStory) -> UUID:
    case = load_case(lived.story.work(lived.story.worker), lived.story.id)
    assert case.offer is not None
    return UUID(case.offer.employer)


def case_of(lived: RightStory) -> dict[str, UUID]:
    return {"case": lived.story.id, "worker": lived.story.worker.person}


def note(step: JourneyStep) -> Callable[[RightStory], None]:
    def noted(lived: RightStory) -> None:
        story, day = lived.story, lived.story.now.date()
        journeys.note_step(story.work(story.worker), story.id, step, day)

    return noted


def shield(lived: RightStory) -> None:
    story = lived.story
    stands = Shield(ShieldId(uuid4()), story.worker.person, FIRST, None)
    event = story.work(SYSTEM).event(Act.SHIELD_SET, stands.id)
    permit_shields.add_shield(story.session, stands, event=event)


def renew(lived: RightStory) -> None:
    anew = """
        INSERT INTO applications (id, worker, programme, status, round, version, renews,
          held_by_name, created_at, updated_at, answers, worker_name, search_text, search_keys,
          employer_name)
        SELECT gen_random_uuid(), worker, programme, 'draft', 0, 1, :right, '', :now, :now,
          answers, worker_name, search_text, search_keys, employer_name
        FROM applications WHERE id = :case"""
    right = lived.right.authorisation.id
    told = {"case": lived.story.id, "right": right, "now": lived.story.now}
    lived.story.session.execute(text(anew), told)


def replace_card(lived: RightStory) -> None:
    story, card = lived.story, lived.permit.credential
    lost = RevocationReason.LOST
    replacements.replace_credential(
        story.work(story.worker), card.id, lost, seen_version=card.version
    )
    story.sign()


SIGNS: dict[str, Callable[[RightStory], object]] = {
    "a crossing": cross,
    "a movement at a farm": pass_gate,
    "a payslip": pay,
    "a departure": note(JourneyStep.DEPARTED),
    "an arrival": note(JourneyStep.ARRIVED),
    "a visa that is asked for": note(JourneyStep.VISA_SUBMITTED),
    "a suspension": lambda lived: lived.suspend(),
    "a suspension that is over": lambda lived: lived.suspend().reinstate(),
    "a proposal to take it back": lambda lived: lived.propose(),
    "a proposal that was dropped": lambda lived: lived.propose().drop(),
    "a wish for another employer": lambda lived: ask_employer(lived.story),
    "a renewal": renew,
    "a complaint's shield": shield,
    "another card": replace_card,
}


@pytest.mark.feature("O16")
def test_what_takes_it_up_or_stands_in_the_way_keeps_it(story: Story, session: Session) -> None:
    lived = warned(story)
    ends_on = on(lived, date(2027, 1, 1))
    for sign, happens in SIGNS.items():
        savepoint = session.begin_nested()
        happens(on(lived, date(2026, 12, 30)))
        found = unused_rights.find_use_by(story.work(SYSTEM), lived.right.authorisation)
        assert (end(on(lived, date(2027, 1, 1))), found) == (0, None), sign
        savepoint.rollback()
    assert end(ends_on) == 1


def test_what_was_overtaken_is_told_anew_before_it_ends(story: Story, session: Session) -> None:
    lived = warned(story)
    shield(lived)
    assert end(on(lived, date(2027, 1, 10))) == tell(lived) == 0
    session.execute(text("DELETE FROM permit_shields"))
    assert end(lived) == 0  # the notice is from December
    assert tell(lived) == 0  # today's task is done
    assert tell(on(lived, date(2027, 1, 11))) == 1
    assert end(on(lived, date(2027, 1, 18))) == 0
    assert end(on(lived, date(2027, 1, 19))) == 1
